import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { newId } from '../db/ids.js';
import { Refusal } from '../workflows/domain/errors.js';
import { maxArchiveBytes, maxSourceBytes, sourceKinds, type SourceKind } from '../workflows/domain/sources.js';

/** A file that came in, on disk with its hash. The caller removes it. */
export type Upload = { kind: SourceKind; name: string; path: string; sha256: string; bytes: number };

const mebibyte = 1024 * 1024;

/** What a source may not exceed, as a refusal. */
export function tooLarge(kind: SourceKind): Refusal {
  return new Refusal('too_large', `A ${kind} has at most ${maxSourceBytes[kind] / mebibyte} MB.`, {
    maxBytes: maxSourceBytes[kind],
  });
}

type Limit = { maxBytes: number; refusal: () => Refusal };
const limitOf = (kind: SourceKind): Limit => ({ maxBytes: maxSourceBytes[kind], refusal: () => tooLarge(kind) });
const archiveLimit: Limit = {
  maxBytes: maxArchiveBytes,
  refusal: () =>
    new Refusal('too_large', `A ZIP has at most ${maxArchiveBytes / mebibyte} MB. Split it and send the parts.`, {
      maxBytes: maxArchiveBytes,
    }),
};

function isKind(value: string): value is SourceKind {
  return sourceKinds.some((kind) => kind === value);
}

/** Streams bytes to a fresh file, hashing and counting as they pass; ends at the limit. */
async function toDisk(
  input: Readable,
  { maxBytes, refusal }: Limit,
  path: string,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      if (bytes > maxBytes) return next(refusal());
      hash.update(chunk);
      next(null, chunk);
    },
  });
  await pipeline(input, count, createWriteStream(path, { mode: 0o600, flush: true }));
  return { sha256: hash.digest('hex'), bytes };
}

/** The same stream for Node. The cast holds because Node's and the DOM's types describe one and the same class. */
export function nodeStream(body: ReadableStream): Readable {
  return Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
}

async function freshPath(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${newId()}.part`);
}

/** Bytes in hand, on disk like any other upload. */
export async function receiveBytes(
  folder: string,
  { kind, name, bytes }: { kind: SourceKind; name: string; bytes: Uint8Array },
): Promise<Upload> {
  const path = await freshPath(folder);
  try {
    return { kind, name, path, ...(await toDisk(Readable.from([bytes]), limitOf(kind), path)) };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function busboyFor(headers: IncomingHttpHeaders & { 'content-type': string }) {
  try {
    return new Busboy({ headers, limits: { files: 1, fields: 8, fieldSize: 1000, parts: 10, headerPairs: 50 } });
  } catch {
    throw new Refusal('invalid_request', 'Send the file as multipart/form-data, with its kind before it.');
  }
}

type Received = Omit<Upload, 'kind'>;

/** The one file of a multipart request, streamed to disk; `limit` is asked when its bytes begin. */
async function receive(
  folder: string,
  { contentType, body }: { contentType: string; body: ReadableStream },
  heard: { field: (name: string, value: string) => void; limit: () => Limit | undefined; words: string },
): Promise<Received> {
  const path = await freshPath(folder);
  const busboy = busboyFor({ 'content-type': contentType });
  let writing: Promise<Received> | undefined;
  busboy.on('field', heard.field);
  busboy.on('file', (_field, stream, filename) => {
    const limit = heard.limit();
    if (limit === undefined || writing !== undefined) {
      stream.resume();
      busboy.destroy(new Refusal('invalid_request', heard.words));
      return;
    }
    writing = toDisk(stream, limit, path).then((stored) => ({ name: filename.slice(0, 200), path, ...stored }));
    // The first thing wrong ends the request; nothing more is read of a file that is too large.
    writing.catch((error: unknown) => busboy.destroy(error instanceof Error ? error : undefined));
  });
  try {
    await pipeline(nodeStream(body), busboy);
    if (writing === undefined) throw new Refusal('invalid_request', `No file came with this. ${heard.words}`);
    return await writing;
  } catch (error) {
    await writing?.catch(() => undefined);
    await rm(path, { force: true });
    if (error instanceof Refusal) throw error;
    throw new Refusal('invalid_request', 'The upload broke off. Nothing was kept; send it again.');
  }
}

/** One multipart file, streamed to disk. `kind` comes before `file`, so that its limit is known when bytes arrive. */
export async function receiveFile(folder: string, contentType: string, body: ReadableStream): Promise<Upload> {
  const words = 'Say first of what kind the file is, then send the file.';
  let said: SourceKind | undefined;
  let kind: SourceKind | undefined;
  const received = await receive(
    folder,
    { contentType, body },
    {
      field: (name, value) => {
        if (name === 'kind' && isKind(value)) said = value;
      },
      limit: () => {
        kind = said;
        return kind && limitOf(kind);
      },
      words,
    },
  );
  if (kind === undefined) throw new Refusal('invalid_request', words);
  return { ...received, kind, name: received.name || kind };
}

/** A ZIP as the one multipart file, streamed to disk. The caller removes it. */
export function receiveArchive(folder: string, contentType: string, body: ReadableStream): Promise<Received> {
  const words = 'Send one ZIP as multipart/form-data, in the field file.';
  return receive(folder, { contentType, body }, { field: () => undefined, limit: () => archiveLimit, words });
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Removes what was coming in when a process ended: uploads after a day, recordings that nobody went on with after two
 * weeks. What belongs to a run-through of `keep` stays, however old.
 */
export async function sweepIncoming(folder: string, now = Date.now(), keep: readonly string[] = []): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (keep.some((id) => name.startsWith(id))) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    const age = name.endsWith('.recording') ? 14 * dayMs : dayMs;
    if (found !== undefined && now - found.mtimeMs > age) await rm(path, { force: true, recursive: true });
  }
}
