import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Trouble } from '../trouble.js';

export const BackupNote = z.object({
  v: z.literal(1),
  madeAt: z.string(),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number(), sha256: z.string() })),
});
export type BackupNote = z.infer<typeof BackupNote>;

/** What is in a data folder and not in a backup: what is made again, and what holds the place of the running programs. */
export const NOT_KEPT = new Set([
  'postgres',
  'temporal',
  'run',
  'logs',
  'bin',
  'git',
  'credentials.json',
  'owner-link.txt',
]);

/** Tables whose rows open doors for a while only: people sign in again after a restore. */
export const PASSING = new Set(['session', 'verification']);

export const noteFile = (folder: string) => path.join(folder, 'backup.json');
export const tableFile = (folder: string, name: string) => path.join(folder, 'tables', `${name}.copy`);
export const dataOf = (folder: string) => path.join(folder, 'data');

/** The note of a whole backup; a backup that was cut off has none. */
export function readNote(folder: string): BackupNote {
  try {
    return BackupNote.parse(JSON.parse(readFileSync(noteFile(folder), 'utf8')));
  } catch {
    throw new Trouble(`${folder} is not a whole backup: give the folder that "backup --out" wrote.`);
  }
}

/** The digest of a file of any size. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
