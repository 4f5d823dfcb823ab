import { queryOptions, useQueries } from '@tanstack/react-query';
import type { DraftPayload, DraftVersion } from '../../api/contract/index.js';
import { ask } from '../shared/api.js';
import type { ItemChange, TrackFace } from './track-pages.js';

/** One version of a run's draft. A version never changes, so it is asked for once. */
export const versionQuery = (run: string, version: number) =>
  queryOptions({
    queryKey: ['draft', run, version],
    queryFn: ({ signal }) => ask('get /api/runs/{id}/drafts/{version}', { params: { id: run, version }, signal }),
    staleTime: Infinity,
  });

/** Who last touched each item, and when: found by comparing each version with the one before it. */
export function lastHands(pages: TrackFace, versions: readonly DraftVersion[]): Map<string, DraftVersion> {
  const hands = new Map<string, DraftVersion>();
  versions.forEach((version, index) => {
    const before = versions[index - 1];
    if (!before) return;
    for (const item of pages.changes(before.draft, version.draft))
      if (item.state !== 'same') hands.set(item.key, version);
  });
  return hands;
}

export type Compared = { items: ItemChange[]; hands: Map<string, DraftVersion> };

/** The changes from one version to the shown draft, with whose they are; undefined while loading. */
export function useCompared(
  pages: TrackFace,
  run: string,
  from: number | undefined,
  to: { version: number; draft: DraftPayload },
  numbers: readonly number[],
): { compared: Compared | undefined; error: unknown } {
  const wanted =
    from === undefined ? [] : numbers.filter((n) => n >= from && n <= to.version).toSorted((a, b) => a - b);
  return useQueries({
    queries: wanted.map((n) => versionQuery(run, n)),
    combine: (answers) => {
      const error: unknown = answers.find((answer) => answer.isError)?.error;
      const versions = answers.flatMap((answer) => (answer.data ? [answer.data] : []));
      const first = versions[0];
      if (first === undefined || versions.length < wanted.length) return { compared: undefined, error };
      return {
        compared: { items: pages.changes(first.draft, to.draft), hands: lastHands(pages, versions) },
        error,
      };
    },
  });
}
