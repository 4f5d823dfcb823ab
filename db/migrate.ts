import { drizzle } from 'drizzle-orm/postgres-js';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { join } from 'node:path';
import { cloneFolder } from './migrate/folders.js';
import { applyFunctionsAndGrants } from './migrate/functions.js';
import { ensureRoles, type Credentials, type RoleOptions } from './migrate/roles.js';
import { fillWords } from './migrate/words.js';

export { readCredentials, type Credentials } from './migrate/roles.js';
export { functionsAreCurrent } from './migrate/functions.js';

export type MigrateOptions = RoleOptions & {
  ownerUrl: string;
  /** The clone's own where absent. */
  migrationsFolder?: string;
};

/** Any number that nobody else locks: two migrators of one database take turns. */
const migrationLock = 4_747_001;

async function appliedHashes(sql: postgres.Sql): Promise<Set<string>> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (table?.['name'] === null) return new Set();
  const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`;
  return new Set(rows.map((row) => row.hash));
}

/** drizzle skips a file older than the newest applied without a word; here that, and an unknown hash, stop the start. */
async function migrateTables(sql: postgres.Sql, migrationsFolder: string): Promise<void> {
  const onDisk = new Set(readMigrationFiles({ migrationsFolder }).map((file) => file.hash));
  for (const hash of await appliedHashes(sql)) {
    if (!onDisk.has(hash)) {
      throw new Error('This database was migrated by another version: it holds a migration that is not on disk.');
    }
  }
  await runMigrations(drizzle(sql), { migrationsFolder });
  const applied = await appliedHashes(sql);
  for (const hash of onDisk) {
    if (!applied.has(hash)) throw new Error('A migration on disk is older than the newest applied and was skipped.');
  }
}

/** Brings a database to this version: tables, roles, words, functions, grants. Safe to run at every start, and twice at once. */
export async function migrate(options: MigrateOptions): Promise<Credentials> {
  const sql = postgres(options.ownerUrl, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  // drizzle changes the parsers of the client that it is given, so it has one of its own.
  const tables = postgres(options.ownerUrl, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await migrateTables(tables, options.migrationsFolder ?? cloneFolder(join('db', 'migrations')));
    const credentials = await ensureRoles(sql, options.ownerUrl, options);
    await fillWords(sql);
    await applyFunctionsAndGrants(sql);
    return credentials;
  } finally {
    await Promise.allSettled([tables.end({ timeout: 3 }), sql.end({ timeout: 3 })]);
  }
}
