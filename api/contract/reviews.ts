import { z } from 'zod';
import { errorStatus, type ErrorCode } from '../../workflows/domain/errors.js';
import { frozenPolicySchema } from '../../workflows/domain/policy.js';
import { observationSchema } from '../../workflows/domain/sop-drafting/facts.js';
import { fieldKeys } from '../../workflows/domain/contract-summary/schema.js';
import { decisions, reviewStates } from '../../workflows/domain/states.js';
import { cursor, digest, id, person, reason, time, track } from './common.js';
import { draftSchemas, version } from './drafts.js';
import { askedDrafter, decisionFacts, runSummary } from './runs.js';
import { runThrough } from './run-through.js';
import { sourceWithReading } from './sources.js';

/** `GET /api/inbox`. `assignee`: a person's id, `me`, or `nobody`. */
export const inboxQuery = z.object({
  track: track.optional(),
  state: z.enum(['open']).optional(),
  assignee: z.union([id, z.enum(['me', 'nobody'])]).optional(),
  cursor: cursor.optional(),
});

export const inboxItem = z.object({
  reviewId: id,
  runId: id,
  track,
  title: z.string(),
  round: z.int(),
  openedAt: time,
  dueAt: time,
  assignee: person.optional(),
  claimedBy: person.optional(),
  claimExpiresAt: time.optional(),
  /** How many requirements are open: the same number as on the Approve button. */
  missing: z.int(),
  /** The open ones in words, for the reading pane. */
  missingWords: z.array(z.string()),
  sample: z.boolean(),
});
export type InboxItem = z.infer<typeof inboxItem>;

export const inbox = z.object({
  items: z.array(inboxItem),
  next: cursor.optional(),
  /** Runs that need a person and have no review: kept human, uncertain, failed, drafting in trouble. First page only. */
  attention: z.array(runSummary),
});
export type Inbox = z.infer<typeof inbox>;

export const requirement = z.object({
  key: z.string(),
  kind: z.enum(['confirm', 'served', 'run-through', 'impossible']),
  label: z.string(),
  valueDigest: digest,
  fulfilled: z.boolean(),
  by: person.optional(),
  at: time.optional(),
  /** What must be opened first: `<source>:<page>`, or `absence:<field>`. */
  place: z.string().optional(),
});
export type Requirement = z.infer<typeof requirement>;

export const rendition = z.object({
  sha256: digest,
  mediaType: z.string(),
  bytes: z.int(),
  target: z.object({ id, name: z.string() }),
  /** Exactly where it would go: the target's address and the path. */
  address: z.string(),
  recipients: z.array(z.string()),
  /** As rendered for reading; sanitized by the server. */
  html: z.string(),
  markdown: z.string(),
  assets: z.array(
    z.object({ path: z.string(), sha256: digest, mediaType: z.string(), bytes: z.int(), url: z.string() }),
  ),
});
export type Rendition = z.infer<typeof rendition>;

const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];
/** Whether this person may do it now, and in words why not. */
export const permission = z.object({
  ok: z.boolean(),
  code: z.enum(errorCodes).optional(),
  why: z.string().optional(),
});
export type Permission = z.infer<typeof permission>;

/** `GET /api/reviews/:id`. */
const anyReview = z.object({
  id,
  runId: id,
  title: z.string(),
  round: z.int(),
  state: z.enum(reviewStates),
  subjectDigest: digest,
  draftVersion: z.int(),
  versions: z.array(version),
  renditions: z.array(rendition),
  requirements: z.array(requirement),
  policy: frozenPolicySchema,
  openedAt: time,
  dueAt: time,
  closedAt: time.optional(),
  assignee: person.optional(),
  claimedBy: person.optional(),
  claimExpiresAt: time.optional(),
  decision: decisionFacts.optional(),
  /** What may be done by the person asking. `mayApprove` says the first thing in the way, requirements included. */
  mayApprove: permission,
  /** Asking for changes and rejecting. */
  mayDecide: permission,
  mayEdit: permission,
  /** True where an approval by this person would be recorded as single-person. */
  singlePerson: z.boolean(),
  sources: z.array(sourceWithReading),
  runThroughs: z.array(runThrough),
  /** Where finished run-throughs did not go as written. */
  observations: z.array(observationSchema),
  run: runSummary,
  /** The person's words that this round answers. */
  feedback: z.string().optional(),
});

/** A review of each track; `track` says what `draft` is. */
export const sopReview = anyReview.extend({
  track: z.literal('sop-drafting'),
  draft: draftSchemas['sop-drafting'],
});
export type SopReview = z.infer<typeof sopReview>;
export const contractReview = anyReview.extend({
  track: z.literal('contract-summary'),
  draft: draftSchemas['contract-summary'],
});
export type ContractReview = z.infer<typeof contractReview>;
export const letterReview = anyReview.extend({
  track: z.literal('notice-letter'),
  draft: draftSchemas['notice-letter'],
});
export type LetterReview = z.infer<typeof letterReview>;
export const reviewDetail = z.discriminatedUnion('track', [sopReview, contractReview, letterReview]);
export type ReviewDetail = z.infer<typeof reviewDetail>;

/** `POST /api/reviews/:id/claim` and `/unclaim` take an empty object or nothing; `/assign` a person, null for nobody, or nothing for oneself. */
export const claimReview = z.strictObject({});
export const claimed = z.object({ claimedBy: person, claimExpiresAt: time });
export const assignReview = z.strictObject({ person: id.nullable().optional() });

/** `POST /api/reviews/:id/fulfilments`. */
export const fulfil = z.strictObject({
  key: z.string().min(1).max(200),
  valueDigest: digest,
  viewToken: z.string().max(500).optional(),
  evidence: z.record(z.string(), z.union([z.string().max(200), z.number(), z.boolean(), z.null()])).optional(),
});
export const fulfilled = z.object({ key: z.string(), fulfilled: z.literal(true) });

/** `POST /api/reviews/:id/decision`. */
export const decide = z.strictObject({
  decision: z.enum(decisions),
  subjectDigest: digest,
  reason: reason.optional(),
  /** With `request-changes`: the only parts that the next version may change, by id of an item or name of a part. */
  about: z.array(z.string().min(1).max(40)).min(1).max(400).optional(),
  /** With `request-changes`: which drafter the next version is asked of; without it, the same as before. */
  drafter: askedDrafter.optional(),
});
export const decided = z.object({
  id,
  decision: z.enum(decisions),
  decidedAt: time,
  singlePerson: z.boolean(),
  signature: z.string(),
  keyId: z.string(),
  graceUntil: time.optional(),
});
export type Decided = z.infer<typeof decided>;

/** `GET /api/reviews/:id/pages/:source/:page`. */
export const pageParams = z.object({ id, source: id, page: z.coerce.number().int().min(1).max(2_000) });
export const documentPage = z.object({
  source: id,
  page: z.int(),
  pages: z.int(),
  format: z.enum(['pdf', 'docx', 'text']),
  width: z.number(),
  height: z.number(),
  words: z.enum(['text', 'recognised', 'image']),
  /** The page's words; `from` is their offset in the whole document. */
  from: z.int(),
  text: z.string(),
  /** Six numbers a run: `from` and `to` in the whole document, then x, y, width and height in points. */
  runs: z.array(z.number()),
  /** Where the file's bytes are. */
  url: z.string(),
  /** Proves that this page was given out to this session. Absent for an API key. */
  viewToken: z.string().optional(),
});
export type DocumentPage = z.infer<typeof documentPage>;

/** `GET /api/reviews/:id/absences/:field`: the proof that the documents say nothing on a point. */
export const absenceParams = z.object({ id, field: z.enum(fieldKeys) });
export const absence = z.object({
  field: z.enum(fieldKeys),
  documents: z.array(
    z.object({
      source: id,
      name: z.string(),
      pages: z.int(),
      /** Pages read as text, recognised by machine, and not readable by code. */
      text: z.int(),
      recognised: z.int(),
      image: z.int(),
      words: z.int(),
      searched: z.array(z.object({ words: z.string(), sentences: z.int() })),
      /** The places that come nearest, at most three. */
      nearest: z.array(z.object({ page: z.int(), from: z.int(), to: z.int(), text: z.string() })),
    }),
  ),
  viewToken: z.string().optional(),
});
export type Absence = z.infer<typeof absence>;
