import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ReviewDetail } from '../../api/contract/index.js';
import type { SopEdit } from '../../workflows/domain/sop-drafting/edits.js';
import { ask, sentenceOf } from '../shared/api.js';
import { focusRow, rowInFocus } from './lead.js';
import type { RoomMove } from './search.js';
import type { Act } from './track-pages.js';

/** Does what a button beside a missing thing says. */
export function useActs(review: ReviewDetail, move: RoomMove) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const confirm = useMutation({
    mutationFn: (given: { key: string; valueDigest: string }) =>
      ask('post /api/reviews/{id}/fulfilments', { params: { id: review.id }, body: given }),
    onSettled: () => client.invalidateQueries({ queryKey: ['review', review.id] }),
  });
  const take = useMutation({
    mutationFn: (given: { key: string; edits: SopEdit[] }) =>
      ask('patch /api/runs/{id}/draft', {
        params: { id: review.runId },
        body: { baseVersion: review.draftVersion, edits: given.edits },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['review', review.id] }),
  });
  // The row that had the focus is gone once it is met: the focus goes on to the one that stands in its place.
  const left = useRef<ReturnType<typeof rowInFocus>>(undefined);
  useEffect(() => {
    const row = left.current;
    if (row === undefined || !review.requirements.some((item) => item.key === row.key && item.fulfilled)) return;
    left.current = undefined;
    focusRow(row.place);
  }, [review]);
  const act = (given: Act): void => {
    switch (given.kind) {
      case 'run-through':
        void navigate({
          to: '/run-throughs/$id',
          params: { id: review.runId },
          search: given.step === undefined ? {} : { step: given.step },
        });
        return;
      case 'edit':
        move({ edit: given.at, view: undefined }, { step: true });
        return;
      case 'confirm':
        left.current = rowInFocus();
        confirm.mutate({ key: given.key, valueDigest: given.valueDigest });
        return;
      case 'take':
        take.mutate({ key: given.key, edits: given.edits });
        return;
      case 'show':
        move({ at: given.at, view: 'text' });
    }
  };
  return {
    act,
    busy: confirm.isPending ? confirm.variables.key : take.isPending ? take.variables.key : undefined,
    refused: confirm.isError ? sentenceOf(confirm.error) : take.isError ? sentenceOf(take.error) : undefined,
  };
}
