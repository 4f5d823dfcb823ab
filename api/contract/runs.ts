import { z } from 'zod';
import { readRecordingLink } from '../../workflows/domain/recording-link.js';
import { askedDrafters } from '../../workflows/domain/drafters.js';
import { publicationStates, reviewStates, runStates, decisions } from '../../workflows/domain/states.js';
import { cursor, digest, doer, id, person, reason, time, track, week } from './common.js';
import { version } from './drafts.js';
import { source } from './sources.js';

export const runState = z.enum(runStates);
/** A drafter by name, or `default`: whichever this server uses by itself. */
export const askedDrafter = z.enum(askedDrafters);

/** Kept and shown as a link, and never fetched. */
const recordingLink = z
  .string()
  .superRefine((text, context) => {
    const reading = readRecordingLink(text);
    if (!reading.ok) context.addIssue({ code: 'custom', message: reading.words });
  })
  .describe('An https link to the recording, at most 500 characters. Kept as a link; nothing here fetches it.');

/** `POST /api/runs`. */
export const startRun = z.strictObject({
  track,
  title: z.string().trim().min(1).max(200).optional(),
  sources: z.array(id).max(60),
  input: z.looseObject({ recordingLink: recordingLink.optional() }).optional(),
  drafter: askedDrafter.optional(),
});
/** What stands in `input` is JSON. */
export const runInput = z.record(z.string(), z.json()).default({});
export const runStarted = z.object({ id, state: runState });
export const idempotencyHeader = z.object({ 'idempotency-key': z.string().min(1).max(200).optional() });

export const publication = z.object({
  id,
  /** The target's name. */
  target: z.string(),
  address: z.string(),
  state: z.enum(publicationStates),
  attempts: z.int(),
  settledAt: time.optional(),
  /** What went wrong, in words. */
  trouble: z.string().optional(),
  receiptUrl: z.string().optional(),
});
export type Publication = z.infer<typeof publication>;

/** Why a run is kept human: the words stand in the source. */
export const kept = z.object({ rule: z.string(), label: z.string(), words: z.string() });
/** Why drafting waits or has failed; `words` are for a person. */
export const trouble = z.object({
  code: z.string(),
  words: z.string(),
  since: time.optional(),
  attempts: z.int().optional(),
});

export const decisionFacts = z.object({
  id,
  reviewId: id,
  decision: z.enum(decisions),
  reason: z.string().optional(),
  by: person,
  decidedAt: time,
  singlePerson: z.boolean(),
  outcome: z.enum(['as-drafted', 'with-edits']).optional(),
  /** Share of the drafter's words kept, 0 to 1. */
  keptShare: z.number().optional(),
  subjectDigest: digest,
  signature: z.string(),
  keyId: z.string(),
  /** Until when it can be undone; absent where there is no grace. */
  graceUntil: time.optional(),
  undoneAt: time.optional(),
});
export type DecisionFacts = z.infer<typeof decisionFacts>;

export const runSummary = z.object({
  id,
  track,
  title: z.string(),
  slug: z.string(),
  state: runState,
  round: z.int(),
  /** The open review, or else the last one. */
  reviewId: id.optional(),
  draftVersion: z.int().optional(),
  publications: z.array(publication),
  sample: z.boolean(),
  startedBy: doer,
  /** Which drafter a person asked for. */
  drafter: askedDrafter,
  createdAt: time,
  movedAt: time,
  kept: kept.optional(),
  trouble: trouble.optional(),
  /** Where the recording is, as the person who started the run gave it. */
  recordingLink: z.string().optional(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** `GET /api/runs`: `state` may name several, with commas. */
export const runsQuery = z.object({
  track: track.optional(),
  state: z.string().max(200).optional(),
  week: week.optional(),
  cursor: cursor.optional(),
});
export const runList = z.object({ runs: z.array(runSummary), next: cursor.optional() });

export const reviewRound = z.object({
  id,
  round: z.int(),
  state: z.enum(reviewStates),
  openedAt: time,
  closedAt: time.optional(),
});

/** `GET /api/runs/:id`. */
export const runDetail = runSummary.extend({
  sources: z.array(source),
  versions: z.array(version),
  reviews: z.array(reviewRound),
  decisions: z.array(decisionFacts),
  /** A person's words for the next round. */
  feedback: z.string().optional(),
});
export type RunDetail = z.infer<typeof runDetail>;

/** `POST /api/runs/:id/withdraw`, `/release`, `/repair`. */
export const withReason = z.strictObject({ reason });
/** `POST /api/runs/:id/retry`: draft again, with the usual drafter or with one by name. */
export const retryRun = z.strictObject({ drafter: askedDrafter });
/** `POST /api/runs/:id/sources`: a screenshot, given after the start. */
export const addRunSource = z.strictObject({ source: id });
export const runMoved = z.object({ id, state: runState });

/** `POST /api/publications/:id/resolve`. */
export const resolvePublication = z.strictObject({ resolution: z.enum(['arrived', 'send-again']), reason });
export const publicationResolved = z.object({ id, state: z.enum(publicationStates) });
