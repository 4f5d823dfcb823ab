/** First letters of the first and last name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

/** A person as a small ring with initials; the full name is said and shown on pointing. */
export function Who({ name, what }: { name: string; what?: string }) {
  return (
    <span className="who" title={what ?? name}>
      <span aria-hidden="true">{initials(name)}</span>
      <span className="vh">{what ?? name}</span>
    </span>
  );
}

/** The first name, for short sentences. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
