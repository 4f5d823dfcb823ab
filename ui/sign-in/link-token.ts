/** The one-time token of a link: behind `#` (which no server log sees), or as `?token=`. */
export function linkToken(location: Pick<Location, 'hash' | 'search'> = window.location): string {
  const behind = location.hash.replace(/^#/, '');
  const named = new URLSearchParams(behind).get('token');
  return named ?? new URLSearchParams(location.search).get('token') ?? (behind.includes('=') ? '' : behind);
}

/** Where to go after signing in: an address of this house only. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/';
}
