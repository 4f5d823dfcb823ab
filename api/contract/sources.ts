import { z } from 'zod';
import { sourceKinds } from '../../workflows/domain/sources.js';
import { readingSchema } from '../../workflows/domain/reading.js';
import { digest, doer, id, reason, time } from './common.js';

export const sourceKind = z.enum(sourceKinds);

/** The JSON form of `POST /api/sources`; the other is multipart with `kind` before `file`. */
export const sourceText = z.strictObject({
  kind: sourceKind,
  name: z.string().trim().min(1).max(200),
  text: z.string().min(1),
});

export const sourceAdded = z.object({
  id,
  sha256: digest,
  kind: sourceKind,
  mediaType: z.string(),
  bytes: z.int(),
  name: z.string(),
  /** What the reader had to leave out or mend, in words. */
  warnings: z.array(z.string()),
});
export type SourceAdded = z.infer<typeof sourceAdded>;

/** A file of a ZIP: a source by now, or in words why it is none and what to do. */
export const unpackedEntry = z.union([
  z.object({ name: z.string(), source: sourceAdded }),
  z.object({ name: z.string(), refused: z.string() }),
]);
export type UnpackedEntry = z.infer<typeof unpackedEntry>;

/** `POST /api/archives`: in the order of the ZIP. */
export const unpacked = z.object({ entries: z.array(unpackedEntry) });

export const reading = readingSchema;

export const source = z.object({
  id,
  kind: sourceKind,
  /** Empty once erased. */
  name: z.string(),
  mediaType: z.string(),
  sha256: digest,
  bytes: z.int(),
  addedBy: doer,
  addedAt: time,
  erasedAt: time.optional(),
  /** Where its bytes are; absent once erased. */
  url: z.string().optional(),
});
export type Source = z.infer<typeof source>;

export const sourceWithReading = source.extend({ reading });
export type SourceWithReading = z.infer<typeof sourceWithReading>;

export const eraseSource = z.strictObject({ reason });
