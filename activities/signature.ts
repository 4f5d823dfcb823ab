import { createPublicKey, verify } from 'node:crypto';

/** True where an Ed25519 signature (base64url) covers exactly this text under this raw public key (base64url). */
export function signatureHolds(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
  } catch {
    // A key or signature that cannot even be read covers nothing.
    return false;
  }
}
