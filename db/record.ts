import { randomBytes } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
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

/** Once, whole or not at all: a copy that is there already is evidence, and is never replaced by what the database says now. */
async function writeCheckpoint(dataFolder: string, row: CheckpointRow, publicKey: string): Promise<void> {
  const path = checkpointPath(dataFolder, row.number);
  await mkdir(join(path, '..'), { recursive: true });
  const fresh = `${path}.${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(fresh, `${canonicalJson({ ...row, publicKey })}\n`, { flag: 'wx', mode: 0o644, flush: true });
    await link(fresh, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

/**
 * Seals the record as it stands: body, signature, row, then the file beside the published ones. Answers `undefined`
 * where nothing has happened since the last one, or where another process sealed it first. A last file that is
 * missing is written then: the process may have been cut off between row and file.
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
