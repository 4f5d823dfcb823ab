import { z } from 'zod';
import { documentFactsSchema, documentSchema } from './document.js';
import { transcriptSchema } from './transcript.js';

/** What was read from a source: by what it is. Stored with the source and shown with it. */
export const readingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('transcript'), transcript: transcriptSchema }),
  z.strictObject({
    kind: z.literal('image'),
    width: z.int().positive(),
    height: z.int().positive(),
    warnings: z.array(z.string()).max(10),
  }),
  z.strictObject({ kind: z.literal('document'), document: documentSchema }),
  /** A document as pages show it: its words are asked for page by page. */
  z.strictObject({ kind: z.literal('document-facts'), facts: documentFactsSchema }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type Reading = z.infer<typeof readingSchema>;
