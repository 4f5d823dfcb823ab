/** A fresh key for a request that must count once however often it is sent. Works over plain http, where randomUUID does not. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
