import type { Context } from 'hono';
import { member } from '../db/queries/members.js';
import { personBySession } from '../db/queries/person.js';
import type { Db } from '../db/connect.js';
import { sessionToken, verifyKey, type Auth } from './auth.js';
import type { AppEnv, Caller } from './kit.js';

const nobody: Caller = { kind: 'nobody' };

async function byKey(auth: Auth, db: Db, header: string): Promise<Caller> {
  const key = await verifyKey(auth, header.slice('Bearer '.length).trim());
  if (key === undefined) return nobody;
  // A key holds only as long as the member who made it.
  const { maker, ...rest } = key;
  return (await member(db, maker))?.active === true ? { kind: 'key', ...rest } : nobody;
}

async function byCookie(auth: Auth, db: Db, c: Context<AppEnv>): Promise<Caller> {
  const token = await sessionToken(auth, c);
  const person = token === undefined ? undefined : await personBySession(db, token);
  return token === undefined || person === undefined ? nobody : { kind: 'person', token, ...person };
}

/** Who asks: the holder of an API key, a member with a live session, or nobody. A key makes the cookie count for nothing. */
export async function callerOf(c: Context<AppEnv>, auth: Auth, db: Db): Promise<Caller> {
  const authorization = c.req.header('authorization');
  if (authorization?.startsWith('Bearer ') === true) return byKey(auth, db, authorization);
  if (c.req.header('cookie') === undefined) return nobody;
  return byCookie(auth, db, c);
}
