import { createHmac, randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Role } from '../../workflows/domain/roles.js';
import type { App } from './app.js';
import { Client } from './client.js';

export type TestPerson = { id: string; name: string; email: string; role: Role; token: string; client: Client };

/** The cookie that better-auth would have set: the token and its HMAC under the server's secret. */
export function sessionCookie(token: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}

/** A member with a live session, put there by the database's owner: hashing passwords would take seconds. */
export async function addPerson(app: App, role: Role, name: string = role): Promise<TestPerson> {
  const id = newId();
  const token = randomBytes(24).toString('base64url');
  const email = `${id}@team.example`;
  await app.owner`insert into "user" (id, name, email, email_verified) values (${id}, ${name}, ${email}, true)`;
  await app.owner`insert into member (user_id, role, active, granted_at) values (${id}, ${role}, true, now())`;
  await app.owner`
    insert into session (id, token, user_id, expires_at) values (${newId()}, ${token}, ${id}, now() + interval '1 day')`;
  const client = new Client(app.url);
  client.useCookie(sessionCookie(token, app.secret));
  return { id, name, email, role, token, client };
}
