import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SopReview, RunThrough, Tick } from '../../api/contract/index.js';
import { ask, sentenceOf } from '../shared/api.js';
import { newUuid } from './new-uuid.js';
import { unfinished, type StepStanding } from './standing.js';

export type Ticking = {
  through: RunThrough | undefined;
  tick: (step: StepStanding, result: Tick['result'], note?: string, cameUp?: string) => Promise<unknown>;
  /** The run-through to attach a recording to: started now where nothing was ticked yet. */
  start: () => Promise<RunThrough>;
  ticking: boolean;
  error: string | undefined;
  reload: () => Promise<void>;
};

/** The run-through of the person signed in. It begins with the first thing done in it, not with opening the page. */
export function useRunThrough(review: SopReview, me: string): Ticking {
  const client = useQueryClient();
  const reload = () => client.invalidateQueries({ queryKey: ['review', review.id] });
  const through = unfinished(review, me);
  const start = async (): Promise<RunThrough> =>
    through ??
    (await ask('post /api/runs/{id}/run-throughs', { params: { id: review.runId }, body: { id: newUuid() } }));
  const deed = useMutation({
    mutationFn: async (given: {
      step: StepStanding;
      result: Tick['result'];
      note: string | undefined;
      cameUp: string | undefined;
    }) => {
      const { id } = await start();
      return ask('patch /api/runs/{id}/run-throughs/{rt}', {
        params: { id: review.runId, rt: id },
        body: {
          step: given.step.id,
          stepDigest: given.step.digest,
          result: given.result,
          ...(given.note ? { note: given.note } : {}),
          ...(given.cameUp ? { cameUp: given.cameUp } : {}),
        },
      });
    },
    onSettled: reload,
  });
  return {
    through,
    tick: (step, result, note, cameUp) => deed.mutateAsync({ step, result, note, cameUp }),
    start,
    ticking: deed.isPending,
    error: deed.isError ? sentenceOf(deed.error) : undefined,
    reload,
  };
}
