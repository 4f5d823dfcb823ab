import canonicalize from 'canonicalize';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * RFC 8785 (JSON Canonicalization Scheme) text of a JSON value. Made once, stored as text and hashed
 * as stored; nobody re-serialises it.
 * @throws TypeError where the value is not JSON (undefined, a function, NaN).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only JSON values have a canonical form.');
  return text;
}

/** SHA-256 of UTF-8 text, as 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 over the canonical JSON of a value, as 64 lower-case hex digits: a "value digest". */
export function valueDigest(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
