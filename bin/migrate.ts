import { mkdirSync } from 'node:fs';
import { migrated } from './addresses.js';
import type { BinEnv } from './env.js';
import { say } from './say.js';
import { Trouble } from './trouble.js';

/** Migrates a database given from outside: a step of its own where api and worker run as services. */
export async function migrateOnly(env: BinEnv): Promise<void> {
  if (env.databaseUrl === undefined)
    throw new Trouble('Set DATABASE_URL to the database to migrate; "npm start" migrates the embedded one.');
  mkdirSync(env.data, { recursive: true });
  await migrated(env, env.databaseUrl);
  say('The database is at this version.');
}
