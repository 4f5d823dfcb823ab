import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../db/ids.js';
import { Refusal } from '../workflows/domain/errors.js';
import { maxSourceBytes } from '../workflows/domain/sources.js';
import { tooLarge } from './uploads.js';

/** A part of a browser's recording while it comes in. Each is one file, so that what came outlives browser and server. */
export type Spool = { folder: string; runThrough: string; part: number };

const pathOf = ({ folder, runThrough, part }: Spool) => join(folder, `${runThrough}.part-${part}.recording`);
/** A part that is being made a source takes no more bytes: its file may be the stored one by then. */
const closedPath = ({ folder, runThrough, part }: Spool) => join(folder, `${runThrough}.part-${part}.closed.recording`);

export type Spooled = { received: number; closed: boolean; lastChunkAt?: string };

/** How much of a part has come. */
export async function spooled(spool: Spool): Promise<Spooled> {
  for (const [path, closed] of [
    [closedPath(spool), true],
    [pathOf(spool), false],
  ] as const) {
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined) return { received: found.size, closed, lastChunkAt: found.mtime.toISOString() };
  }
  return { received: 0, closed: false };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The stretch of a file from `from`, at most `length` bytes. */
export async function stretch(path: string, from: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await file.read(bytes, 0, length, from);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Writes a chunk at exactly that offset, and answers how much has come. Bytes that came before must come again alike,
 * and are then left as they are, so that a repeated or half-written chunk is mended by sending it again. On disk
 * (`fdatasync`) before it is answered: neither a killed server nor a lost machine takes back what was acknowledged.
 */
export async function appendToPart(spool: Spool, offset: number, chunk: Uint8Array): Promise<number> {
  const { received, closed } = await spooled(spool);
  const elsewhere = (words: string) => new Refusal('wrong_state', words, { received, part: spool.part });
  if (offset > received) throw elsewhere('Bytes of the recording are missing before these.');
  const known = Math.min(received - offset, chunk.length);
  if (known > 0) {
    const before = await stretch(closed ? closedPath(spool) : pathOf(spool), offset, known);
    if (!before.equals(chunk.subarray(0, known))) throw elsewhere('Other bytes of the recording came here before.');
  }
  if (known === chunk.length) return received;
  if (closed) throw elsewhere('This part of the recording is closed.');
  if (offset + chunk.length > maxSourceBytes.recording) throw tooLarge('recording');
  await mkdir(spool.folder, { recursive: true, mode: 0o700 });
  const file = await open(pathOf(spool), received === 0 ? 'a+' : 'r+', 0o600);
  try {
    await file.write(chunk, known, chunk.length - known, received);
    await file.datasync();
  } finally {
    await file.close();
  }
  if (received === 0) await syncFolder(spool.folder);
  return offset + chunk.length;
}

/** Closes a part and gives its bytes under a name of their own, to be made a source; the part's file stays for a retry. */
export async function closePart(spool: Spool): Promise<{ path: string; sha256: string; bytes: number }> {
  if (!(await spooled(spool)).closed) await rename(pathOf(spool), closedPath(spool));
  const path = join(spool.folder, `${newId()}.part`);
  await link(closedPath(spool), path);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { path, sha256: hash.digest('hex'), bytes };
}

/** Forgets a part once it is tied to the run-through as a source. */
export async function dropPart(spool: Spool): Promise<void> {
  await rm(closedPath(spool), { force: true });
}

/** True where anything of a browser's recording waits for this run-through. */
export async function hasSpool(folder: string, runThrough: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).some((name) => name.startsWith(`${runThrough}.part-`));
}
