import path from 'node:path';
import { migrate } from '../db/migrate.js';
import type { BinEnv } from './env.js';

/** Where the migrator keeps the addresses of the two roles, for the owner of the data folder alone. */
export const credentialsFile = (env: BinEnv) => path.join(env.data, 'credentials.json');

/** Migrates, and answers how the api and the worker reach the database, each in its own role. */
export async function migrated(env: BinEnv, ownerUrl: string): Promise<{ apiUrl: string; workerUrl: string }> {
  const { databaseApiUrl, databaseWorkerUrl } = env;
  if (databaseApiUrl !== undefined && databaseWorkerUrl !== undefined) {
    await migrate({ ownerUrl, passwords: { api: passwordOf(databaseApiUrl), worker: passwordOf(databaseWorkerUrl) } });
    return { apiUrl: databaseApiUrl, workerUrl: databaseWorkerUrl };
  }
  return migrate({ ownerUrl, credentialsFile: credentialsFile(env) });
}

const passwordOf = (url: string) => decodeURIComponent(new URL(url).password);
