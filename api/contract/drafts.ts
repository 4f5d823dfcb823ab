import { z } from 'zod';
import { sopEditSchema } from '../../workflows/domain/sop-drafting/edits.js';
import { sopSchema } from '../../workflows/domain/sop-drafting/schema.js';
import type { TrackKey } from '../../workflows/domain/tracks.js';
import { digest, id, person, time } from './common.js';

/** What a draft of each track holds, and what an edit of it is. */
export const draftSchemas = { 'sop-drafting': sopSchema } as const satisfies Record<TrackKey, z.ZodType>;
export const editSchemas = { 'sop-drafting': sopEditSchema } as const satisfies Record<TrackKey, z.ZodType>;

export const draftPayload = draftSchemas['sop-drafting'];
export type DraftPayload = z.infer<typeof draftPayload>;

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
  edits: z.array(editSchemas['sop-drafting']).min(1).max(500),
});
export const draftEdited = z.object({ version: z.int(), subjectDigest: digest });
