import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { migrate } from '../../db/migrate.js';
import type { Places } from '../gate/house.js';

const credentials = z.object({ apiUrl: z.string(), workerUrl: z.string() });

/** The Temporal binary that `npm start` uses. */
export function temporalBinary(): string {
  const root = path.resolve(import.meta.dirname, '../..');
  return execFileSync(process.execPath, ['bin/setup.mjs', 'temporal-path'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
}

/** Migrates, and says where everything is, for scripts that furnish a house outside of vitest. */
export async function migratedPlaces(address: string, ownerUrl: string, folder: string): Promise<Places> {
  const credentialsFile = path.join(folder, 'credentials.json');
  await migrate({ ownerUrl, credentialsFile });
  const data = path.join(folder, 'data');
  mkdirSync(data, { recursive: true });
  return { address, ownerUrl, data, ...credentials.parse(JSON.parse(readFileSync(credentialsFile, 'utf8'))) };
}
