import { z } from 'zod';
import { canonicalJson } from './canonical.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What must be confirmed or shown before approval. `kind` says which act can meet it. */
export const requirementSchema = z.strictObject({
  key: z.string().min(1).max(200),
  /** `confirm`: one act on this value. `served`: the same, by somebody to whom `place` was served. `run-through`: only a finished, recorded run-through. `impossible`: nothing but another version. */
  kind: z.enum(['confirm', 'served', 'run-through', 'impossible']),
  label: z.string().min(1).max(500),
  valueDigest: digest,
  /** What must have been served: `<source>:<page>`, or `absence:<field>`. */
  place: z.string().min(1).max(200).optional(),
});
export type Requirement = z.infer<typeof requirementSchema>;

/** A file that travels with a rendition, such as a screenshot. `path` is relative to the rendition's folder. */
export const assetSchema = z.strictObject({
  path: z.string().min(1),
  sha256: digest,
  mediaType: z.string().min(1),
  bytes: z.int().nonnegative(),
});
export type Asset = z.infer<typeof assetSchema>;

/** The bytes for one target. `address` = the target's own address, then `path`. */
export const renditionSchema = z.strictObject({
  sha256: digest,
  mediaType: z.string().min(1),
  bytes: z.int().nonnegative(),
  targetId: z.uuid(),
  targetName: z.string().min(1),
  /** The target's address when this was rendered; delivery is refused where it has changed since. */
  targetAddress: z.string().min(1),
  /** Path below the target's address, with forward slashes. */
  path: z.string().min(1),
  recipients: z.array(z.string()),
  assets: z.array(assetSchema),
});
export type Rendition = z.infer<typeof renditionSchema>;

/** Exactly what would be published. Its stored text is hashed by Postgres; that digest is what a person approves. */
export const manifestSchema = z.strictObject({
  v: z.literal(1),
  run: z.uuid(),
  track: z.string(),
  draftVersion: z.int().positive(),
  renditions: z.array(renditionSchema).min(1),
  requirements: z.array(requirementSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest's canonical text, which is stored and hashed as it is. */
export function manifestText(manifest: Manifest): string {
  return canonicalJson(manifestSchema.parse(manifest));
}
