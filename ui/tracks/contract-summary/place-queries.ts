import { queryOptions } from '@tanstack/react-query';
import type { FieldKey } from '../../../workflows/domain/contract-summary/schema.js';
import { ask } from '../../shared/api.js';
import type { Here } from './spots.js';

/** A page's words never change, and its first key holds for hours: asked for once while the review is open. */
const kept = { staleTime: 6 * 3_600_000, gcTime: Infinity, retry: 1 } as const;

/** One page of a document, with the first key. */
export const pageQuery = (review: string, source: string, page: number) =>
  queryOptions({
    queryKey: ['document-page', review, source, page],
    queryFn: ({ signal }) =>
      ask('get /api/reviews/{id}/pages/{source}/{page}', { params: { id: review, source, page }, signal }),
    ...kept,
  });

/** The proof that the documents say nothing on a point, with the first key. */
export const absenceQuery = (review: string, field: FieldKey) =>
  queryOptions({
    queryKey: ['absence', review, field],
    queryFn: ({ signal }) => ask('get /api/reviews/{id}/absences/{field}', { params: { id: review, field }, signal }),
    ...kept,
  });

/** The query behind what the left pane shows. */
export function queryKeyOf(review: string, here: Here): readonly unknown[] {
  return here.is === 'absence'
    ? absenceQuery(review, here.field).queryKey
    : pageQuery(review, here.place.source, here.place.page).queryKey;
}
