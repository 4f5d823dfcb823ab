import { z } from 'zod';
import { digest, id, person, time } from './common.js';
import { source } from './sources.js';

export const tickResult = z.enum(['as-written', 'differed', 'exception']);

export const tick = z.object({
  step: z.string(),
  stepDigest: digest,
  result: tickResult,
  note: z.string(),
  at: time,
  /** True while the step still reads as it did when it was ticked. */
  current: z.boolean(),
});
export type Tick = z.infer<typeof tick>;

export const runThrough = z.object({
  id,
  draftVersion: z.int(),
  person,
  startedAt: time,
  finishedAt: time.optional(),
  /** The first part: kept for readers that know of one recording only. */
  recording: source.optional(),
  /** Every part in order: one for a file, several where a recording in the browser broke off and went on. */
  recordings: z.array(source),
  ticks: z.array(tick),
});
export type RunThrough = z.infer<typeof runThrough>;

/** `POST /api/runs/:id/run-throughs`: the caller gives the id, so that a repeated request is the same one. */
export const startRunThrough = z.strictObject({ id: id.optional() });
export const runThroughParams = z.object({ id, rt: id });

/** `PATCH …/:rt`. A note is asked for where the step differed or met an exception. */
export const tickStep = z.strictObject({
  step: z.string().min(1).max(100),
  stepDigest: digest,
  result: tickResult,
  /** What really happened, or what to do then. */
  note: z.string().trim().max(2000).optional(),
  /** What came up, where it was an exception. */
  cameUp: z.string().trim().max(500).optional(),
});

/**
 * `POST …/:rt/recording` as JSON: a recording that is already a source, or (on a sample run) the sample's.
 * As bytes: one chunk, query `offset` and, on the last one, `last=true`. With `part` it is what a browser records
 * (WebM or MP4, exactly at the offset, up to 16 MB a chunk); without it, a file that is attached.
 */
export const attachRecording = z.union([z.strictObject({ sourceId: id }), z.strictObject({ sample: z.literal(true) })]);
export const chunkQuery = z.object({
  part: z.coerce.number().int().positive().optional(),
  offset: z.coerce.number().int().nonnegative().optional(),
  last: z.enum(['true', 'false']).optional(),
});
export const recordingAnswer = z.object({
  /** The offset of the next chunk: of part `part`, or of the file that is coming in. */
  received: z.int(),
  /** The part that this answer is about; in answer to GET the one that is open or comes next. */
  part: z.int(),
  /** When the newest chunk of that part came, where one has come. */
  lastChunkAt: time.optional(),
  /** How much has come of a file that is being attached. */
  fileReceived: z.int().optional(),
  /** What is tied to the run-through, in order. */
  parts: z.array(source),
  /** The first of them. */
  recording: source.optional(),
});

export const runThroughFinished = z.object({
  /** Requirement keys that this run-through met, and those of steps that are still open. */
  met: z.array(z.string()),
  open: z.array(z.object({ key: z.string(), label: z.string() })),
});
