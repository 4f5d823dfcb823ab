import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { ask } from '../shared/api.js';

export type Span = { week: string } | { run: string };

export const timelineQuery = (span: Span) =>
  infiniteQueryOptions({
    queryKey: ['timeline', span],
    queryFn: ({ pageParam, signal }) =>
      ask('get /api/timeline', { query: { ...span, ...(pageParam === '' ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });

/** Every event of the span, newest first; later pages come by themselves, since the table counts by day. */
export function useTimeline(span: Span) {
  const query = useInfiniteQuery(timelineQuery(span));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const pages = query.data?.pages;
  const events = useMemo(
    () => (pages ?? []).flatMap((page) => page.events).toSorted((a, b) => b.position - a.position),
    [pages],
  );
  return {
    query,
    first: pages?.[0],
    last: pages?.at(-1),
    events,
    whole: !hasNextPage,
    broken: pages?.find((page) => !page.verified),
  };
}
