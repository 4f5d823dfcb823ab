import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pino from 'pino';
import postgres from 'postgres';
import { z } from 'zod';
import { createApp } from '../../api/app.js';
import { createAuth, permissionsOf } from '../../api/auth.js';
import type { Deps } from '../../api/deps.js';
import type { Change } from '../../api/events.js';
import { createSignInLimit } from '../../api/rate-limit.js';
import { openSigner } from '../../api/signing.js';
import { registerSigningKey } from '../../db/commands/checkpoint.js';
import { close, connect, type Db } from '../../db/connect.js';
import { newId } from '../../db/ids.js';
import type { KeyScope, Role } from '../../workflows/domain/roles.js';
import { freshDatabase, freshFolder } from '../support/harness.js';
import { readerBundle, unzipperBundle } from '../support/reader-bundle.js';

export const publicUrl = 'http://countersign.test';

export type Answer = { status: number; body: unknown; headers: Headers; text: string; bytes: Uint8Array };
export type Asking = { body?: unknown; headers?: Record<string, string>; raw?: BodyInit };
export type Person = { id: string; name: string; email: string; role: Role; token: string; cookie: string };
/** Whoever asks: a person with a session, a key, or nobody. */
export type As = Person | { key: string } | undefined;

export type ApiUnderTest = {
  deps: Deps;
  db: Db;
  data: string;
  owner: postgres.Sql;
  workerUrl: string;
  woken: () => number;
  change: (change: Change) => void;
  ask: (as: As, method: string, path: string, asking?: Asking) => Promise<Answer>;
  person: (role: Role, name?: string) => Promise<Person>;
  /** The same person, signed in once more. */
  again: (person: Person) => Promise<Person>;
  key: (maker: Person, scopes: readonly KeyScope[]) => Promise<{ key: string; id: string }>;
  events: () => Promise<number>;
  stop: () => Promise<void>;
};

function headersOf(as: As, asking: Asking): Record<string, string> {
  const json: Record<string, string> = asking.body === undefined ? {} : { 'content-type': 'application/json' };
  if (as === undefined) return { origin: publicUrl, ...json, ...asking.headers };
  if ('key' in as) return { authorization: `Bearer ${as.key}`, ...json, ...asking.headers };
  return { origin: publicUrl, cookie: as.cookie, ...json, ...asking.headers };
}

function parsed(text: string, type: string | null): unknown {
  return type?.includes('json') === true && text !== '' ? JSON.parse(text) : text;
}

/** The api over a database and a data folder of its own, asked in this process, as a browser or a program would. */
export async function startApi(over: Partial<Deps> = {}): Promise<ApiUnderTest> {
  const database = await freshDatabase();
  const data = freshFolder('api');
  const log = pino({ level: 'silent' });
  const secret = randomBytes(32).toString('base64url');
  const db = connect(database.apiUrl, { name: 'api-test', max: 8 });
  const owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
  const signer = openSigner(join(data, 'keys', 'signing-ed25519.pem'));
  await registerSigningKey(db, signer);
  const listeners = new Set<(change: Change) => void>();
  let wakes = 0;
  const deps: Deps = {
    ...{ db, signer, log, publicUrl, data, timeZone: 'UTC', version: '0.0.0-test' },
    auth: createAuth({ db, publicUrl, secret, log }),
    relay: { wake: () => (wakes += 1) },
    changes: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    engine: { temporal: () => Promise.resolve(true), worker: () => Promise.resolve(true) },
    signInLimit: createSignInLimit(),
    drafter: {
      name: 'rules',
      label: 'No model, rules only',
      usesModel: false,
      choices: [{ name: 'rules', label: 'Rules, no model' }],
    },
    readerFile: await readerBundle(),
    unzipperFile: await unzipperBundle(),
    ...over,
  };
  const app = createApp(deps);
  const signedIn = async (id: string) => {
    const token = randomBytes(24).toString('base64url');
    await owner`insert into session (id, token, user_id, expires_at)
      values (${newId()}, ${token}, ${id}, now() + interval '1 day')`;
    const signature = createHmac('sha256', secret).update(token).digest('base64');
    return { token, cookie: `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}` };
  };

  return {
    ...{ deps, db, data, owner, workerUrl: database.workerUrl },
    woken: () => wakes,
    change: (change) => listeners.forEach((listener) => listener(change)),
    ask: async (as, method, path, asking = {}) => {
      const body = asking.raw ?? (asking.body === undefined ? undefined : JSON.stringify(asking.body));
      const answer = await app.request(path, {
        method,
        headers: headersOf(as, asking),
        ...(body === undefined ? {} : { body, duplex: 'half' }),
      });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const text = new TextDecoder().decode(bytes);
      return {
        status: answer.status,
        headers: answer.headers,
        ...{ text, bytes },
        body: parsed(text, answer.headers.get('content-type')),
      };
    },
    person: async (role, name = `${role} person`) => {
      const id = newId();
      const email = `${id}@team.example`;
      await owner`insert into "user" (id, name, email, email_verified) values (${id}, ${name}, ${email}, true)`;
      await owner`insert into member (user_id, role, active, granted_at) values (${id}, ${role}, true, now())`;
      return { id, name, email, role, ...(await signedIn(id)) };
    },
    again: async (person) => ({ ...person, ...(await signedIn(person.id)) }),
    key: async (maker, scopes) => {
      const made = await deps.auth.api.createApiKey({
        body: { name: 'test key', userId: maker.id, permissions: permissionsOf(scopes) },
      });
      return { key: made.key, id: made.id };
    },
    events: async () => {
      const [row] = await owner`select count(*)::int as n from event`;
      return z.object({ n: z.int() }).parse(row).n;
    },
    stop: async () => {
      await close(db);
      await owner.end({ timeout: 2 });
      await database.drop();
    },
  };
}
