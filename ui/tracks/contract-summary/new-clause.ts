/** An id for a new clause: a letter and eight hex digits, made here so that a repeated request is the same edit. */
export function newClauseId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return `p-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
