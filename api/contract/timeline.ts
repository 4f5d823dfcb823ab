import { z } from 'zod';
import { eventVerbs, verbs, type EventKind } from '../../workflows/domain/verbs.js';
import { cursor, doer, id, time, track, week } from './common.js';

const kinds = Object.keys(eventVerbs) as [EventKind, ...EventKind[]];

/** `GET /api/timeline`: a week, or all of one run. The week that now is where neither is given. */
export const timelineQuery = z.object({
  week: week.optional(),
  run: id.optional(),
  verb: z.enum(verbs).optional(),
  cursor: cursor.optional(),
});

export const timelineEvent = z.object({
  position: z.int(),
  stream: z.string(),
  seq: z.int(),
  at: time,
  actor: z.string(),
  by: doer,
  verb: z.enum(verbs),
  kind: z.enum(kinds),
  runId: id.optional(),
  title: z.string().optional(),
  track: track.optional(),
  /** Ids, enumerations and numbers; never text. */
  body: z.record(z.string(), z.unknown()),
  /** Names of the people whose ids stand in the body. */
  names: z.record(z.string(), z.string()),
  /** A person's words about something published, until they are erased. */
  words: z.string().optional(),
  hash: z.string(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const timeline = z.object({
  week: week.optional(),
  events: z.array(timelineEvent),
  next: cursor.optional(),
  /** True where every chain shown was recomputed and is whole. */
  verified: z.boolean(),
  /** Where it is not: the first broken event. */
  broken: z.object({ stream: z.string(), seq: z.int() }).optional(),
  /** Events by verb in the whole span. */
  counts: z.record(z.enum(verbs), z.int()),
  checkpoint: z.object({ number: z.int(), at: time }).optional(),
});
export type Timeline = z.infer<typeof timeline>;

/** `POST /api/checkpoints` and `GET /api/checkpoints`. */
export const checkpoint = z.object({
  number: z.int(),
  at: time,
  digest: z.string(),
  events: z.int(),
  keyId: z.string(),
});
export const checkpointList = z.object({ checkpoints: z.array(checkpoint) });
