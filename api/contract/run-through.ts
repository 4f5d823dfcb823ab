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
  recording: source.optional(),
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
 * As bytes: one chunk, `Content-Type` the recording's, query `offset` and, on the last one, `last=true`.
 */
export const attachRecording = z.union([z.strictObject({ sourceId: id }), z.strictObject({ sample: z.literal(true) })]);
export const chunkQuery = z.object({
  offset: z.coerce.number().int().nonnegative().optional(),
  last: z.enum(['true', 'false']).optional(),
});
/** `received` is the offset of the next chunk. */
export const recordingAnswer = z.object({ received: z.int(), recording: source.optional() });

export const runThroughFinished = z.object({
  /** Requirement keys that this run-through met, and those of steps that are still open. */
  met: z.array(z.string()),
  open: z.array(z.object({ key: z.string(), label: z.string() })),
});
