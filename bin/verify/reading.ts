import { createHash, createPublicKey, verify as verifySignature, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** The first thing wrong, in one line. */
export class Wrong extends Error {}

/** Stops at the first thing wrong. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Wrong(otherwise);
}

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** One JSON object whose fields are asked for by name and type; anything else is the first thing wrong. */
export class Row {
  constructor(
    private readonly value: Map<string, unknown>,
    readonly where: string,
  ) {}

  static of(value: unknown, where: string): Row {
    must(typeof value === 'object' && value !== null && !Array.isArray(value), `${where} is not a JSON object.`);
    return new Row(new Map(Object.entries(value)), where);
  }

  static parse(text: string, where: string): Row {
    return Row.of(parsed(text, where), where);
  }

  has(name: string): boolean {
    return (this.value.get(name) ?? null) !== null;
  }

  text(name: string): string {
    const found = this.value.get(name);
    must(typeof found === 'string', `${this.where} has no text “${name}”.`);
    return found;
  }

  int(name: string): number {
    const found = this.value.get(name);
    must(typeof found === 'number' && Number.isSafeInteger(found), `${this.where} has no number “${name}”.`);
    return found;
  }

  flag(name: string): boolean {
    const found = this.value.get(name);
    must(typeof found === 'boolean', `${this.where} has no true or false “${name}”.`);
    return found;
  }

  row(name: string): Row {
    return Row.of(this.value.get(name), `${this.where}, ${name}`);
  }

  rows(name: string): Row[] {
    const found = this.value.get(name);
    must(Array.isArray(found), `${this.where} has no list “${name}”.`);
    return found.map((item: unknown, index) => Row.of(item, `${this.where}, ${name} ${index + 1}`));
  }
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Wrong(`${where} is not JSON.`);
  }
}

/** A file's bytes. */
export function bytesOf(path: string): Buffer {
  must(existsSync(path), `${path} is missing.`);
  return readFileSync(path);
}

/** One JSON object a line. */
export function linesOf(path: string): Row[] {
  const lines = bytesOf(path).toString('utf8').split('\n');
  must(lines.pop() === '', `${path} does not end with a line break: it was cut off.`);
  return lines.map((line, index) => Row.parse(line, `${path}, line ${index + 1}`));
}

/** Name of a public key: the first 16 hex digits of the SHA-256 of its 32 raw bytes. */
export function keyIdOf(raw: string): string {
  return sha256(Buffer.from(raw, 'base64url')).slice(0, 16);
}

/** True where the Ed25519 signature (base64url) covers exactly this text. */
export function signatureHolds(text: string, signature: string, rawPublicKey: string): boolean {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: rawPublicKey }, format: 'jwk' });
  } catch {
    return false;
  }
  return verifySignature(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
}

/** Raw public keys of a file that the reader trusts: PEM, the server's well-known key list, an export's keys.json, or base64url. */
export function trustedKeys(path: string): string[] {
  const text = bytesOf(path).toString('utf8').trim();
  if (text.includes('-----BEGIN')) {
    const { x, crv } = createPublicKey(text).export({ format: 'jwk' });
    must(crv === 'Ed25519' && x !== undefined, `${path} does not hold an Ed25519 key.`);
    return [x];
  }
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return [text];
  const value = parsed(text, path);
  if (Array.isArray(value)) return value.map((item: unknown) => Row.of(item, path).text('publicKey'));
  const row = Row.of(value, path);
  return row.has('keys') ? row.rows('keys').map((key) => key.text('x')) : [row.text('x')];
}
