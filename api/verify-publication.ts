import { createHash, createPublicKey, verify } from 'node:crypto';
import { read } from '../db/files.js';
import type { PublicationDetail } from '../db/queries/publications.js';
import { manifestSchema } from '../workflows/domain/manifest.js';
import { sha256Hex } from '../workflows/domain/canonical.js';

/** True where the signature was made over exactly this text by the key. */
export function signatureHolds(text: string, signature: string, publicKey: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
}

async function hashOf(data: string, sha256: string): Promise<string | undefined> {
  const bytes = await read(data, sha256).catch(() => undefined);
  return bytes === undefined ? undefined : createHash('sha256').update(bytes).digest('hex');
}

/** Checks a publication again from what is stored: signature, subject, and the bytes of page and pictures. */
export async function verifyPublication(
  data: string,
  found: PublicationDetail,
): Promise<{ ok: boolean; words: string }> {
  const fail = (words: string) => ({ ok: false, words });
  if (found.publicKey === undefined || !signatureHolds(found.signedText, found.signature, found.publicKey))
    return fail('The signature of the approval does not hold.');
  if (
    sha256Hex(found.manifest) !== found.subjectDigest ||
    !found.signedText.includes(`subject: ${found.subjectDigest}\n`)
  )
    return fail('The approval is for something else than what was published.');
  const rendition = manifestSchema
    .parse(JSON.parse(found.manifest))
    .renditions.find((one) => one.sha256 === found.renditionSha256);
  if (rendition === undefined) return fail('What was published was not part of what was approved.');
  for (const { sha256 } of [rendition, ...rendition.assets])
    if ((await hashOf(data, sha256)) !== sha256) return fail('The bytes kept here have changed since the approval.');
  return { ok: true, words: 'The signature and all fingerprints hold.' };
}
