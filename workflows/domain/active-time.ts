/** A gap between two acts that is longer than this was not work on it. */
export const longestGapMs = 10 * 60_000;

/** Milliseconds spent at something, from the moments at which somebody did something: the sum of the gaps that are short enough. */
export function activeMs(moments: readonly string[]): number {
  const at = moments.map((moment) => Date.parse(moment)).sort((a, b) => a - b);
  return at.reduce((sum, now, index) => {
    const gap = now - (at[index - 1] ?? now);
    return gap > longestGapMs ? sum : sum + gap;
  }, 0);
}
