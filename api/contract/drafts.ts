import { z } from 'zod';
import { contractEditSchema } from '../../workflows/domain/contract-summary/edits.js';
import { contractSchema } from '../../workflows/domain/contract-summary/schema.js';
import { letterEditSchema } from '../../workflows/domain/notice-letter/edits.js';
import { letterSchema } from '../../workflows/domain/notice-letter/schema.js';
import { sopEditSchema } from '../../workflows/domain/sop-drafting/edits.js';
import { sopSchema } from '../../workflows/domain/sop-drafting/schema.js';
import type { TrackKey } from '../../workflows/domain/tracks.js';
import { digest, id, person, time } from './common.js';

/** What a draft of each track holds, and what an edit of it is. */
export const draftSchemas = {
  'sop-drafting': sopSchema,
  'contract-summary': contractSchema,
  'notice-letter': letterSchema,
} as const satisfies Record<TrackKey, z.ZodType>;
export const editSchemas = {
  'sop-drafting': sopEditSchema,
  'contract-summary': contractEditSchema,
  'notice-letter': letterEditSchema,
} as const satisfies Record<TrackKey, z.ZodType>;

export const draftPayload = z.union([
  draftSchemas['sop-drafting'],
  draftSchemas['contract-summary'],
  draftSchemas['notice-letter'],
]);
export type DraftPayload = z.infer<typeof draftPayload>;
export type SopPayload = z.infer<(typeof draftSchemas)['sop-drafting']>;
export type ContractPayload = z.infer<(typeof draftSchemas)['contract-summary']>;
export type LetterPayload = z.infer<(typeof draftSchemas)['notice-letter']>;

/** Which drafter wrote a version, and what it took. */
export const drafterStamp = z.object({
  drafter: z.string(),
  model: z.string().nullable(),
  promptVersion: z.string().nullable(),
  costUsd: z.number().nullable(),
  seconds: z.number().nullable(),
});

/** One immutable version: either `author` or `drafter` is there. */
export const version = z.object({
  version: z.int(),
  round: z.int(),
  baseVersion: z.int().optional(),
  author: person.optional(),
  drafter: drafterStamp.optional(),
  /** A drafter's late version, kept beside what a person had begun. */
  alternative: z.boolean(),
  createdAt: time,
});
export type Version = z.infer<typeof version>;

/** `GET /api/runs/:id/drafts/:version`. */
export const draftVersion = version.extend({ runId: id, draft: draftPayload });
export type DraftVersion = z.infer<typeof draftVersion>;
export const draftParams = z.object({ id, version: z.coerce.number().int().positive() });

/** `PATCH /api/runs/:id/draft`. On version 0 a person writes the first one by hand. */
export const editDraft = z.strictObject({
  baseVersion: z.int().nonnegative(),
  edits: z
    .array(z.union([editSchemas['sop-drafting'], editSchemas['contract-summary'], editSchemas['notice-letter']]))
    .min(1)
    .max(500),
});
export const draftEdited = z.object({ version: z.int(), subjectDigest: digest });
