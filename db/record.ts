import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../workflows/domain/canonical.js';
import { Refusal } from '../workflows/domain/errors.js';
import { checkpointSignedText, checkpointText } from '../workflows/domain/record/checkpoint.js';
import { sealCheckpoint } from './commands/checkpoint.js';
import type { Db } from './connect.js';
import { checkpoints, nextCheckpoint, type CheckpointRow } from './queries/record.js';

/** Who signs: the api process alone holds the key. */
export type Sealer = { keyId: string; publicKey: string; sign: (text: string) => string };

/** Where checkpoints leave the database: beside the published files. */
export function checkpointPath(dataFolder: string, number: number): string {
  return join(dataFolder, 'published', 'checkpoints', `${number}.json`);
}

async function writeCheckpoint(dataFolder: string, row: CheckpointRow, publicKey: string): Promise<void> {
  const path = checkpointPath(dataFolder, row.number);
  await mkdir(join(path, '..'), { recursive: true });
  const fresh = await open(`${path}.new`, 'w', 0o644);
  try {
    await fresh.writeFile(`${canonicalJson({ ...row, publicKey })}\n`);
    await fresh.sync();
  } finally {
    await fresh.close();
  }
  await rename(`${path}.new`, path);
}

/**
 * Seals the record as it stands: body, signature, row, then the file beside the published ones. Answers `undefined`
 * where nothing has happened since the last one, or where another process sealed it first. The last file is written
 * again each time, so that one cut off between row and file is made up for.
 */
export async function seal(
  db: Db,
  { sealer, dataFolder, now = new Date() }: { sealer: Sealer; dataFolder: string; now?: Date },
): Promise<CheckpointRow | undefined> {
  const last = (await checkpoints(db)).at(-1);
  if (last !== undefined && last.keyId === sealer.keyId) await writeCheckpoint(dataFolder, last, sealer.publicKey);
  const body = await nextCheckpoint(db, now);
  if (body === undefined) return undefined;
  const text = checkpointText(body);
  const row: CheckpointRow = {
    number: body.number,
    at: body.at,
    ...text,
    signature: sealer.sign(checkpointSignedText(body.number, text.digest, sealer.keyId)),
    keyId: sealer.keyId,
  };
  try {
    await sealCheckpoint(db, row);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'wrong_state') return undefined;
    throw error;
  }
  await writeCheckpoint(dataFolder, row, sealer.publicKey);
  return row;
}
