import { grouped } from '../grouped.js';

/** A published version of a contract's run. */
export type PublishedVersion = { runId: string; draftVersion: number; publishedAt: string };

/** The version in force, and those before it, newest first. */
export type Family<T extends PublishedVersion> = { shown: T; earlier: T[] };

/** The first run of a chain; a chain that bites its own tail ends where it was entered. */
function rootOf(run: string, supersedes: ReadonlyMap<string, string>): string {
  const seen = new Set<string>();
  let at = run;
  for (;;) {
    seen.add(at);
    const before = supersedes.get(at);
    if (before === undefined || seen.has(before)) return at;
    at = before;
  }
}

/**
 * One entry of the register for each contract with what supersedes it. The run that was first published last is in
 * force, with its newest version: a repair of an older one does not bring that back.
 *
 * @param supersedes for each run the one that it says to supersede, published or not.
 */
export function families<T extends PublishedVersion>(
  published: readonly T[],
  supersedes: ReadonlyMap<string, string>,
): Family<T>[] {
  const first = new Map<string, string>();
  for (const { runId, publishedAt } of published) {
    const known = first.get(runId);
    if (known === undefined || publishedAt < known) first.set(runId, publishedAt);
  }
  const newestFirst = (a: T, b: T) =>
    (first.get(b.runId) ?? '').localeCompare(first.get(a.runId) ?? '') ||
    b.runId.localeCompare(a.runId) ||
    b.draftVersion - a.draftVersion;
  const groups = grouped(published.toSorted(newestFirst), ({ runId }) => rootOf(runId, supersedes));
  return groups.flatMap(([shown, ...earlier]) => (shown === undefined ? [] : [{ shown, earlier }]));
}
