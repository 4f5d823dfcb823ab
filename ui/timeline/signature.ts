import type { DecisionFacts } from '../../api/contract/index.js';
import { decisionText } from '../../workflows/domain/decision-text.js';
import { send } from '../shared/api.js';

export type Checked = 'valid' | 'not-valid' | 'not-here';

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

function publicKeyOf(answer: unknown, keyId: string): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('keys' in answer) || !Array.isArray(answer.keys))
    return undefined;
  const keys: unknown[] = answer.keys;
  for (const key of keys)
    if (
      typeof key === 'object' &&
      key !== null &&
      'kid' in key &&
      key.kid === keyId &&
      'x' in key &&
      typeof key.x === 'string'
    )
      return key.x;
  return undefined;
}

/** Checks a decision's signature in this browser, against the server's published key. */
export async function checkSignature(decision: DecisionFacts): Promise<Checked> {
  const x = publicKeyOf(await send('GET', '/.well-known/countersign-keys.json'), decision.keyId);
  if (x === undefined) return 'not-valid';
  const text = decisionText({
    decisionId: decision.id,
    reviewId: decision.reviewId,
    subjectDigest: decision.subjectDigest,
    decision: decision.decision,
    personId: decision.by.id,
    decidedAt: new Date(decision.decidedAt).toISOString(),
    keyId: decision.keyId,
  });
  // Absent over plain http, and without Ed25519 in older browsers: then it is said, not guessed.
  if (!('crypto' in globalThis) || !('subtle' in crypto)) return 'not-here';
  try {
    const key = await crypto.subtle.importKey('raw', bytesOf(x), { name: 'Ed25519' }, false, ['verify']);
    const ok = await crypto.subtle.verify('Ed25519', key, bytesOf(decision.signature), new TextEncoder().encode(text));
    return ok ? 'valid' : 'not-valid';
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return 'not-here';
    return 'not-valid';
  }
}
