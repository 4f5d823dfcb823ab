import { z } from 'zod';
import { canonicalJson, sha256Hex } from '../canonical.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What a checkpoint says: where every stream stood that moved since the one before, and how many events there were. */
export const checkpointBodySchema = z.strictObject({
  v: z.literal(1),
  number: z.int().positive(),
  /** RFC 3339 in UTC with milliseconds. */
  at: z.string(),
  /** Digest of the checkpoint before; 64 zeros for the first. */
  previous: digest,
  /** Events in all streams up to these heads. */
  events: z.int().nonnegative(),
  heads: z.array(z.strictObject({ stream: z.string(), seq: z.int().positive(), hash: digest })),
});
export type CheckpointBody = z.infer<typeof checkpointBodySchema>;

/** A checkpoint's stored text and its digest. */
export function checkpointText(body: CheckpointBody): { body: string; digest: string } {
  const text = canonicalJson(checkpointBodySchema.parse(body));
  return { body: text, digest: sha256Hex(text) };
}

/** The text that a checkpoint's signature covers. */
export function checkpointSignedText(number: number, digestHex: string, keyId: string): string {
  return ['countersign checkpoint v1', `number: ${number}`, `digest: ${digestHex}`, `key: ${keyId}`, ''].join('\n');
}
