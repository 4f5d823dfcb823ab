import { z } from 'zod';
import { canonicalJson } from './canonical.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What lies beside a published file. It carries all that `countersign verify` needs, and nothing else. */
export const receiptSchema = z.strictObject({
  v: z.literal(1),
  publicationId: z.uuid(),
  runId: z.uuid(),
  track: z.string(),
  subjectDigest: digest,
  renditionSha256: digest,
  /** Target address and path: where exactly. */
  address: z.string().min(1),
  assets: z.array(z.strictObject({ path: z.string(), sha256: digest })),
  decision: z.strictObject({
    id: z.uuid(),
    person: z.uuid(),
    decidedAt: z.string(),
    singlePerson: z.boolean(),
    signature: z.string(),
    keyId: z.string(),
  }),
  /** The exact text the signature covers, and the raw Ed25519 key in base64url. */
  signedText: z.string(),
  publicKey: z.string(),
  /** The manifest's stored text; its SHA-256 is the subject digest. */
  manifest: z.string(),
  /** Left out of the receipt that is part of a commit: the commit cannot know when it was pushed. */
  deliveredAt: z.string().optional(),
  /** The commit it came in, in the receipt that this server keeps. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .optional(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** The receipt's exact text: canonical JSON and a newline. */
export function receiptText(receipt: Receipt): string {
  return `${canonicalJson(receiptSchema.parse(receipt))}\n`;
}

/** Where a file's receipt lies: beside it, as `v<N>.receipt.json`. */
export function receiptPathOf(path: string): string {
  return path.replace(/\.[^./]+$/, '.receipt.json');
}
