import { z } from 'zod';
import { runStates } from '../../workflows/domain/states.js';
import { cursor, digest, id, person, time, track } from './common.js';
import { decisionFacts, publication } from './runs.js';
import { rendition } from './reviews.js';

/** `GET /api/published`, newest first. */
export const publishedQuery = z.object({
  track: track.optional(),
  q: z.string().max(200).optional(),
  cursor: cursor.optional(),
});
export const publishedItem = z.object({
  publicationId: id,
  runId: id,
  track,
  title: z.string(),
  draftVersion: z.int(),
  target: z.string(),
  address: z.string(),
  publishedAt: time,
  approvedBy: person,
  singlePerson: z.boolean(),
  sample: z.boolean(),
  /** The version in force, where it is a later one than this. */
  supersededBy: z.object({ publicationId: id, draftVersion: z.int() }).optional(),
});
export type PublishedItem = z.infer<typeof publishedItem>;
export const publishedList = z.object({ items: z.array(publishedItem), next: cursor.optional() });

/** `GET /api/published/:id/export`. */
export const exportQuery = z.object({ format: z.enum(['md', 'docx', 'pdf']) });

/** `GET /api/published/:id`, by publication. The receipt as a file: `receiptUrl`. */
export const publishedDetail = publishedItem.extend({
  publication,
  decision: decisionFacts,
  subjectDigest: digest,
  rendition,
  /** The receipt's exact text. */
  receipt: z.string(),
  receiptUrl: z.string(),
  /** Other versions of the same run that were published. */
  versions: z.array(z.object({ publicationId: id, draftVersion: z.int(), publishedAt: time })),
  /** What readers reported, oldest first; `answered` once a repair was opened after it. */
  reports: z.array(
    z.object({
      id,
      by: person,
      at: time,
      version: z.int(),
      words: z.string(),
      about: z.string().optional(),
      answered: z.boolean(),
    }),
  ),
  /** Checked again for this answer: signature, fingerprints of the stored bytes. */
  verified: z.object({ ok: z.boolean(), words: z.string() }),
});
export type PublishedDetail = z.infer<typeof publishedDetail>;

/** `POST /api/published/:id/reports`: `report` is made by the page, so that a second press is the same report. */
export const reportProblem = z.strictObject({
  report: id,
  words: z.string().trim().min(1).max(1000),
  /** The step that it is about. */
  step: z.string().max(40).optional(),
});
/** `opened`: whether it opened the repair of the run. */
export const problemReported = z.object({ run: id, opened: z.boolean(), state: z.enum(runStates) });
