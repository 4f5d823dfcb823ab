import { fileTypeFromBuffer } from 'file-type';
import { sealRecording } from '../db/commands/run-through.js';
import { filePath } from '../db/files.js';
import { runThrough, type RunThroughRow } from '../db/queries/run-through.js';
import type { SourceRow } from '../db/queries/sources.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { Deps } from './deps.js';
import { incoming, takeIn } from './intake.js';
import { appendToPart, closePart, dropPart, hasSpool, spooled, stretch, type Spool } from './part-spool.js';
import { nodeStream } from './uploads.js';

/** The largest chunk of a browser's recording: a second is some hundred KB, and what waited is sent together. */
const maxChunkBytes = 16 * 1024 * 1024;
const sniffedBytes = 4100;

export type Chunk = { part: number; offset: number; last: boolean; body: ReadableStream | null };
export type Taken = { received: number; part: number };

const turns = new Map<string, Promise<unknown>>();

/** One at a time for each run-through: a repeated chunk may overtake the one it repeats. */
function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
  turns.set(id, turn);
  const forget = () => {
    if (turns.get(id) === turn) turns.delete(id);
  };
  turn.then(forget, forget);
  return turn;
}

async function bytesOf(body: ReadableStream | null): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body === null ? [] : nodeStream(body)) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.length;
    if (bytes > maxChunkBytes)
      throw new Refusal('too_large', 'A piece of a recording has at most 16 MB.', { maxBytes: maxChunkBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function assertVideo(head: Uint8Array): Promise<void> {
  const type = await fileTypeFromBuffer(head.subarray(0, sniffedBytes));
  if (type?.mime === 'video/webm' || type?.mime === 'video/mp4') return;
  throw new Refusal(
    'unreadable_source',
    'This is not a recording that a browser makes: it begins as neither WebM nor MP4.',
  );
}

const spoolOf = (deps: Deps, rt: RunThroughRow, part: number): Spool => ({
  folder: incoming(deps.data),
  runThrough: rt.id,
  part,
});

async function seal(deps: Deps, token: string, rt: RunThroughRow, part: number): Promise<void> {
  const spool = spoolOf(deps, rt, part);
  if ((await spooled(spool)).received === 0) return;
  const upload = {
    kind: 'recording',
    name: `Run-through recording, part ${part}`,
    ...(await closePart(spool)),
  } as const;
  const { id } = await takeIn(deps, { token }, upload);
  await sealRecording(deps.db, { token, runThrough: rt.id, part, source: id });
  await dropPart(spool);
}

/** The run-through as it is now: another request may have sealed a part meanwhile. */
async function fresh(deps: Deps, rt: RunThroughRow): Promise<RunThroughRow> {
  const found = await runThrough(deps.db, rt.id);
  if (found === undefined) throw new Refusal('not_found', 'There is no such run-through.');
  return found;
}

/** Makes what came of an unended part the next part of the run-through's recording; nothing where nothing came. */
export async function sealOpenPart(deps: Deps, token: string, rt: RunThroughRow): Promise<void> {
  if (!(await hasSpool(incoming(deps.data), rt.id))) return;
  await inTurn(rt.id, async () => {
    const now = await fresh(deps, rt);
    await seal(deps, token, now, now.recordings.length + 1);
  });
}

/** A part that is sealed takes nothing more, but answers a repeated chunk as it did before. */
async function repeated(deps: Deps, sealed: SourceRow, { part, offset }: Chunk, chunk: Buffer): Promise<Taken> {
  const next = new Refusal('wrong_state', `Part ${part} of the recording is closed.`, { received: sealed.bytes, part });
  if (sealed.erasedAt !== undefined || offset + chunk.length > sealed.bytes) throw next;
  if (!(await stretch(filePath(deps.data, sealed.sha256), offset, chunk.length)).equals(chunk)) throw next;
  return { received: sealed.bytes, part };
}

/**
 * One chunk of what a browser records. Part N + 1 may begin once part N is sealed; where the browser crashed it is
 * sealed here with what came.
 */
export async function takePartChunk(deps: Deps, token: string, rt: RunThroughRow, given: Chunk): Promise<Taken> {
  const { part, offset, last } = given;
  const chunk = await bytesOf(given.body);
  if (offset === 0 && chunk.length > 0) await assertVideo(chunk);
  return inTurn(rt.id, async () => {
    const { recordings } = await fresh(deps, rt);
    const sealed = recordings[part - 1];
    if (sealed !== undefined) return repeated(deps, sealed, given, chunk);
    const next = recordings.length + 1;
    if (part !== next) {
      const { received } = await spooled(spoolOf(deps, rt, next));
      if (part !== next + 1 || received === 0 || offset !== 0 || chunk.length === 0)
        throw new Refusal('wrong_state', `Part ${next} of the recording comes next.`, { received, part: next });
      await seal(deps, token, rt, next);
    }
    if (offset === 0 && chunk.length === 0)
      return { received: (await spooled(spoolOf(deps, rt, part))).received, part };
    const received = await appendToPart(spoolOf(deps, rt, part), offset, chunk);
    if (last) await seal(deps, token, rt, part);
    return { received, part };
  });
}

/** The part that is open or comes next, and how much of it has come. */
export async function openPart(deps: Deps, rt: RunThroughRow) {
  const part = rt.recordings.length + 1;
  const { received, lastChunkAt } = await spooled(spoolOf(deps, rt, part));
  return { part, received, ...(lastChunkAt !== undefined && received > 0 && { lastChunkAt }) };
}
