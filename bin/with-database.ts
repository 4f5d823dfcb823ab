import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BinEnv } from './env.js';
import { lockFolder, runningOver } from './folder-lock.js';
import { startEmbeddedPostgres } from './supervisor.js';
import { Trouble } from './trouble.js';

/** The owner's address of the database: the one given, the one that runs, or an embedded one started for this only. */
export async function withDatabase<T>(env: BinEnv, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  if (env.databaseUrl !== undefined) return work(env.databaseUrl);
  const running = runningOver(env.data);
  if (running) return work(urlOfRunning(env, running.postgresPort));
  if (!existsSync(path.join(env.data, 'postgres', 'cluster', 'PG_VERSION'))) {
    throw new Trouble(
      `There is no database in ${env.data}: start Countersign once, or set COUNTERSIGN_DATA or DATABASE_URL.`,
    );
  }
  return withOwnPostgres(env, work);
}

/** Starts the embedded Postgres of the data folder for as long as the work takes, holding the folder meanwhile. */
export async function withOwnPostgres<T>(env: BinEnv, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const lock = lockFolder(env.data);
  try {
    const postgres = await startEmbeddedPostgres(env);
    try {
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    lock.release();
  }
}

function urlOfRunning(env: BinEnv, port: number | undefined): string {
  if (port === undefined) throw new Trouble('Countersign is still starting: try again in a moment.');
  const password = readFileSync(path.join(env.data, 'postgres', 'password'), 'utf8').trim();
  return `postgres://countersign:${encodeURIComponent(password)}@127.0.0.1:${port}/countersign`;
}
