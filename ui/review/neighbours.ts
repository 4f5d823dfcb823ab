import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { inboxQuery } from '../shared/queries.js';

export type Neighbours = {
  /** True once the inbox was read. */
  known: boolean;
  /** 1 for the first; undefined where the review is no longer in the list. */
  place: number | undefined;
  count: number;
  /** Titles by way of what comes next: the list itself is the inbox's. */
  next: (() => void) | undefined;
  previous: (() => void) | undefined;
};

/** Where this review stands in the inbox, and the way to the one before and after it. */
export function useNeighbours(reviewId: string): Neighbours {
  const navigate = useNavigate();
  const { data } = useQuery(inboxQuery({}));
  const ids = data?.items.map((item) => item.reviewId) ?? [];
  const at = ids.indexOf(reviewId);
  // A decided review leaves the list: what then stands at its place is the next one.
  const last = useRef(0);
  if (at >= 0) last.current = at;
  const go = (id: string | undefined) =>
    id === undefined ? undefined : () => void navigate({ to: '/reviews/$id', params: { id } });
  return {
    known: data !== undefined,
    place: at < 0 ? undefined : at + 1,
    count: ids.length,
    next: go(at < 0 ? (ids[last.current] ?? ids[0]) : ids[at + 1]),
    previous: go(at < 0 ? ids[last.current - 1] : ids[at - 1]),
  };
}
