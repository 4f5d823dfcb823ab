import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unzipInChild, type UnzippedEntry } from '../activities/readers/unzip.js';
import type { Actor } from '../db/commands/start-run.js';
import { newId } from '../db/ids.js';
import type { UnpackedEntry } from './contract/sources.js';
import type { Deps } from './deps.js';
import { isOurs, refusalOf } from './errors.js';
import { incoming, readInTurn, takeIn, turnOf } from './intake.js';

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Makes a source of each file of a ZIP that has come in, as if each had come by itself. What cannot be one says why, and
 * stops no other. The ZIP and what it was unpacked to go, whatever happens.
 */
export async function takeApart(deps: Deps, actor: Actor, { path }: { path: string }): Promise<UnpackedEntry[]> {
  const into = join(incoming(deps.data), `${newId()}.unpacked`);
  try {
    await mkdir(into, { mode: 0o700 });
    const limits = deps.unzipperFile === undefined ? {} : { unzipperFile: deps.unzipperFile };
    const entries = await readInTurn(turnOf(actor), () => unzipInChild({ path, into }, limits));
    // The ZIP is not needed while its files are read.
    await rm(path, { force: true });
    return await Promise.all(entries.map((entry) => takeEntry(deps, actor, entry)));
  } finally {
    await Promise.all([rm(path, { force: true }), rm(into, { force: true, recursive: true })]);
  }
}

async function takeEntry(deps: Deps, actor: Actor, entry: UnzippedEntry): Promise<UnpackedEntry> {
  const { name } = entry;
  if ('refusal' in entry) return { name, refused: entry.refusal };
  try {
    const { path, bytes } = entry;
    const upload = { kind: 'document' as const, name, path, bytes, sha256: await hashOf(path) };
    return { name, source: await takeIn(deps, actor, upload) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (isOurs(refusal.code)) deps.log.error({ err: error }, 'a file of a ZIP could not be taken in');
    return { name, refused: refusal.message };
  }
}
