/** The middle value; of an even number the mean of the two in the middle. Undefined of none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** One approval of a published page: whose draft it was, and the share of that draft's words that stayed. */
export type KeptRow = { drafter: string; promptVersion: string | null; keptShare: number };
export type KeptFigure = { drafter: string; promptVersion: string | null; n: number; median: number; whole: number };

/**
 * The share of the draft kept, by drafter and prompt version. Counted once for each version published: the words of the
 * drafter's last draft that still stand, in order, in the version approved, over all words of that draft. `whole` is how
 * many were approved exactly as drafted.
 */
export function keptFigures(rows: readonly KeptRow[]): KeptFigure[] {
  const groups = new Map<string, KeptRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.drafter, row.promptVersion]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, found]) => {
      const [first] = found;
      const middle = median(found.map((row) => row.keptShare));
      if (first === undefined || middle === undefined) return [];
      const { drafter, promptVersion } = first;
      const whole = found.filter((row) => row.keptShare === 1).length;
      return [{ drafter, promptVersion, n: found.length, median: middle, whole }];
    });
}
