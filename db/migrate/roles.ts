import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import postgres from 'postgres';
import { z } from 'zod';
import { appRoles, type AppRole } from './grants.js';

const credentialsSchema = z.object({ apiUrl: z.string().min(1), workerUrl: z.string().min(1) });
/** Where the api and the worker connect, each as its own role. */
export type Credentials = z.infer<typeof credentialsSchema>;

/** The stored credentials, or `undefined` where there are none yet. */
export function readCredentials(file: string): Credentials | undefined {
  return existsSync(file) ? credentialsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

function keepCredentials(file: string, credentials: Credentials): void {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
}

function urlAs(ownerUrl: string, role: AppRole, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.toString();
}

async function mayEnter(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** Roles belong to the whole cluster: another database's migrator may be writing the same row. */
async function patiently(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await act();
      return;
    } catch (error) {
      const known = error instanceof postgres.PostgresError && ['XX000', '42710', '23505'].includes(error.code);
      if (!known || attempt === 20) throw error;
    }
  }
}

async function ensureRole(sql: postgres.Sql, role: AppRole): Promise<void> {
  await patiently(async () => {
    const [known] = await sql`select 1 from pg_roles where rolname = ${role}`;
    if (!known) await sql.unsafe(`create role ${role} login noinherit nosuperuser nocreatedb nocreaterole`);
  });
}

/** ALTER ROLE takes no parameters; the password is our own hex or is refused. */
function quoted(password: string): string {
  if (!/^[A-Za-z0-9_-]{1,200}$/.test(password)) {
    throw new Error('A database password may hold letters, digits, _ and - only.');
  }
  return `'${password}'`;
}

export type RoleOptions = { credentialsFile?: string; passwords?: { api: string; worker: string } };

/**
 * Makes the two roles where they are absent. Credentials that exist are kept, and their passwords set again
 * only where they no longer open the door.
 */
export async function ensureRoles(sql: postgres.Sql, ownerUrl: string, options: RoleOptions): Promise<Credentials> {
  for (const role of appRoles) await ensureRole(sql, role);
  const kept = options.credentialsFile === undefined ? undefined : readCredentials(options.credentialsFile);
  const passwordOf = (given: string | undefined, keptUrl: string | undefined): string =>
    given ?? (keptUrl === undefined ? randomBytes(24).toString('hex') : decodeURIComponent(new URL(keptUrl).password));
  // The address comes from the owner's: an embedded server may have moved to another port since.
  const urls = {
    apiUrl: urlAs(ownerUrl, 'countersign_api', passwordOf(options.passwords?.api, kept?.apiUrl)),
    workerUrl: urlAs(ownerUrl, 'countersign_worker', passwordOf(options.passwords?.worker, kept?.workerUrl)),
  };
  // Kept before it is set: cut off between the two, the next start sets it.
  if (options.credentialsFile !== undefined) keepCredentials(options.credentialsFile, urls);
  for (const [role, url] of [
    ['countersign_api', urls.apiUrl],
    ['countersign_worker', urls.workerUrl],
  ] as const) {
    if (!(await mayEnter(url))) {
      await patiently(() => sql.unsafe(`alter role ${role} password ${quoted(new URL(url).password)}`));
    }
  }
  return urls;
}
