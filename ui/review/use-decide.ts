import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DecisionFacts, ReviewDetail } from '../../api/contract/index.js';
import type { AskedDrafter } from '../../workflows/domain/drafters.js';
import { ApiError, ask, sentenceOf } from '../shared/api.js';

/** `about`: the only parts that the next version may change; without it, all of them. `drafter`: who drafts it. */
export type Asked = { about?: string[]; drafter?: AskedDrafter };

export type Decide = {
  approve: () => void;
  withReason: (decision: 'request-changes' | 'reject', reason: string, more?: Asked) => Promise<unknown>;
  approving: boolean;
  /** Why it was refused, where the page itself does not show that by now. */
  error: string | undefined;
};

/** Refusals that the page answers by showing what is now the case. */
const shownByThePage = new Set<string>(['already_decided', 'stale_subject']);

/** Decides on exactly the fingerprint that was read, and then asks what is the case, whatever the answer. */
export function useDecide(review: ReviewDetail): Decide {
  const client = useQueryClient();
  const deed = useMutation({
    mutationFn: (given: { decision: DecisionFacts['decision']; reason?: string } & Asked) =>
      ask('post /api/reviews/{id}/decision', {
        params: { id: review.id },
        body: { ...given, subjectDigest: review.subjectDigest },
      }),
    onSettled: () => client.invalidateQueries(),
  });
  const quiet = deed.error instanceof ApiError && shownByThePage.has(deed.error.code);
  return {
    approve: () => deed.mutate({ decision: 'approve' }),
    withReason: (decision, reason, more) =>
      deed.mutateAsync({ decision, reason, ...more }).catch((error: unknown) => {
        // Somebody else was first: the page says so, and the dialog has nothing left to ask.
        if (!(error instanceof ApiError && shownByThePage.has(error.code))) throw error;
      }),
    approving: deed.isPending && deed.variables.decision === 'approve',
    error: deed.isError && !quiet ? sentenceOf(deed.error) : undefined,
  };
}
