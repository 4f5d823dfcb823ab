import { z } from 'zod';
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
  /** Checked again for this answer: signature, fingerprints of the stored bytes. */
  verified: z.object({ ok: z.boolean(), words: z.string() }),
});
export type PublishedDetail = z.infer<typeof publishedDetail>;
