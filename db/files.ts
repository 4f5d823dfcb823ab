import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { link, mkdir, open as openFile, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** The content-addressed store: `<data>/files/ab/cdef…`. API and worker share it; a name is a hash, so nothing is ever overwritten. */
export type Stored = { sha256: string; bytes: number };

const digest = /^[0-9a-f]{64}$/;

/** Where a file lies. Only 64 hex digits make a path, so no name leads out of the folder. */
export function filePath(dataFolder: string, sha256: string): string {
  if (!digest.test(sha256)) throw new TypeError('A file is named by 64 hex digits.');
  return join(dataFolder, 'files', sha256.slice(0, 2), sha256.slice(2));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await openFile(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whole or not at all: written and synced under another name, then linked under its own. */
async function place(dataFolder: string, fresh: string, sha256: string): Promise<void> {
  const path = filePath(dataFolder, sha256);
  const folder = join(path, '..');
  await mkdir(folder, { recursive: true, mode: 0o750 });
  try {
    await link(fresh, path);
  } catch (error) {
    // The same bytes were here first.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  await syncFolder(folder);
}

async function written(dataFolder: string, write: (file: FileHandle) => Promise<Stored>): Promise<Stored> {
  const incoming = join(dataFolder, 'files', 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o750 });
  const fresh = join(incoming, `${process.pid}-${randomBytes(8).toString('hex')}`);
  try {
    const file = await openFile(fresh, 'wx', 0o640);
    let stored: Stored;
    try {
      stored = await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(dataFolder, fresh, stored.sha256);
    return stored;
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Stores bytes under their hash. */
export function putBytes(dataFolder: string, bytes: Uint8Array): Promise<Stored> {
  return written(dataFolder, async (file) => {
    await file.writeFile(bytes);
    return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  });
}

/** Stores text as UTF-8. */
export function putText(dataFolder: string, text: string): Promise<Stored> {
  return putBytes(dataFolder, Buffer.from(text, 'utf8'));
}

/**
 * Stores a stream as it comes, in constant memory.
 * @throws RangeError where it is longer than `maxBytes`.
 */
export function putStream(
  dataFolder: string,
  stream: Readable | AsyncIterable<Uint8Array>,
  maxBytes = Number.MAX_SAFE_INTEGER,
): Promise<Stored> {
  return written(dataFolder, async (file) => {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new RangeError(`More than ${maxBytes} bytes came.`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    return { sha256: hash.digest('hex'), bytes };
  });
}

/** A file as a stream, or a part of it (both ends included). */
export function open(dataFolder: string, sha256: string, range: { start?: number; end?: number } = {}): ReadStream {
  return createReadStream(filePath(dataFolder, sha256), range);
}

/** A whole file. The caller hashes it again where that matters. */
export function read(dataFolder: string, sha256: string): Promise<Buffer> {
  return readFile(filePath(dataFolder, sha256));
}

/** A file's size, or `undefined` where it is not here. */
export async function sizeOf(dataFolder: string, sha256: string): Promise<number | undefined> {
  const found = await stat(filePath(dataFolder, sha256)).catch(() => undefined);
  return found?.size;
}

/** True where the file is here. */
export async function has(dataFolder: string, sha256: string): Promise<boolean> {
  return (await sizeOf(dataFolder, sha256)) !== undefined;
}

/** Removes an erased source's bytes. The caller knows that nothing else names them. */
export function removeFile(dataFolder: string, sha256: string): Promise<void> {
  return rm(filePath(dataFolder, sha256), { force: true });
}

/** Takes over a whole file of the same disk under the hash that its writer computed; the caller removes the old name. */
export async function putFile(dataFolder: string, fresh: string, sha256: string): Promise<void> {
  const file = await openFile(fresh, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await place(dataFolder, fresh, sha256);
}
