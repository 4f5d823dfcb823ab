import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../workflows/domain/errors.js';
import { maxSourceBytes } from '../workflows/domain/sources.js';
import { nodeStream, tooLarge } from './uploads.js';

/** A recording file that is being attached to a run-through, while it is coming in: one per run-through. */
function pathOf(folder: string, runThrough: string): string {
  return join(folder, `${runThrough}.recording`);
}

/** How many bytes have come: the offset of the next chunk. */
export async function received(folder: string, runThrough: string): Promise<number> {
  const found = await stat(pathOf(folder, runThrough)).catch(() => undefined);
  return found?.size ?? 0;
}

/**
 * Writes one chunk where it belongs. A chunk that came before is written again over itself, so a repeated request
 * changes nothing; one that leaves a gap is refused with the offset that is asked for.
 */
export async function appendChunk(
  folder: string,
  runThrough: string,
  offset: number,
  body: ReadableStream | null,
): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(pathOf(folder, runThrough), 'r+').catch(() => open(pathOf(folder, runThrough), 'w+', 0o600));
  try {
    const { size } = await file.stat();
    if (offset > size)
      throw new Refusal('wrong_state', 'A part of the recording is missing before this one.', { received: size });
    let at = offset;
    if (body !== null)
      await pipeline(nodeStream(body), async (chunks: AsyncIterable<Uint8Array>) => {
        for await (const chunk of chunks) {
          if (at + chunk.length > maxSourceBytes.recording) throw tooLarge('recording');
          await file.write(chunk, 0, chunk.length, at);
          at += chunk.length;
        }
      });
    return Math.max(at, size);
  } finally {
    await file.close();
  }
}

/** The whole file, with its hash, once the last chunk is there. */
export async function wholeRecording(
  folder: string,
  runThrough: string,
): Promise<{ path: string; sha256: string; bytes: number }> {
  const path = pathOf(folder, runThrough);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { path, sha256: hash.digest('hex'), bytes };
}

/** Forgets what came in, after it has become a source or was given up. */
export async function dropRecording(folder: string, runThrough: string): Promise<void> {
  await rm(pathOf(folder, runThrough), { force: true });
}
