import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { migrate } from '../db/migrate.js';
import type { BinEnv } from './env.js';

const Credentials = z.object({ apiUrl: z.string(), workerUrl: z.string() });

/** Migrates, and answers how the api and the worker reach the database, each in its own role. */
export async function migrated(env: BinEnv, ownerUrl: string): Promise<{ apiUrl: string; workerUrl: string }> {
  const credentialsFile = path.join(env.data, 'credentials.json');
  await migrate({ ownerUrl, credentialsFile });
  const kept = Credentials.parse(JSON.parse(readFileSync(credentialsFile, 'utf8')));
  return {
    apiUrl: env.databaseApiUrl ?? asRole(kept.apiUrl, ownerUrl),
    workerUrl: env.databaseWorkerUrl ?? asRole(kept.workerUrl, ownerUrl),
  };
}

/** The role and password of one address at the server and database of another: the embedded port may have moved. */
export function asRole(roleUrl: string, serverUrl: string): string {
  const role = new URL(roleUrl);
  const url = new URL(serverUrl);
  url.username = role.username;
  url.password = role.password;
  return url.href;
}
