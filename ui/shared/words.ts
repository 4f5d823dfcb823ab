/** `1 thing`, `3 things`: counts stand before nouns. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `Ines, Tobias and Owen` */
export function list(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/** `640 bytes`, `12 KB`, `3.4 MB` */
export function bytes(n: number): string {
  if (n < 1024) return count(n, 'byte');
  if (n < 1024 * 1024) return `${Math.round(n / 1024)} KB`;
  if (n < 1024 * 1024 * 1024) return `${(n / 1024 / 1024).toFixed(1)} MB`;
  return `${(n / 1024 / 1024 / 1024).toFixed(1)} GB`;
}

/** A fingerprint in groups of four, as far as an eye compares: `7f3a 91c2 e04b`. */
export function fingerprint(digest: string, groups = 3): string {
  return (digest.slice(0, groups * 4).match(/.{4}/g) ?? []).join(' ');
}
