import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ContractReview, Requirement } from '../../../api/contract/index.js';
import type { ContractEdit } from '../../../workflows/domain/contract-summary/edits.js';
import { ApiError, ask, sentenceOf } from '../../shared/api.js';
import { when } from '../../shared/dates.js';
import { reviewQuery } from '../../shared/queries.js';
import { writerOf } from '../../review/authors.js';
import { list } from '../../shared/words.js';
import { contractChanges } from './changes.js';
import { queryKeyOf } from './place-queries.js';
import { hereOfPlace, spotOf, type Spot } from './spots.js';

export type Refused = { spot: Spot; words: string };
export type Acts = {
  /** Notes a person's word; for two keys with the token of its place. Answers whether it was noted. */
  confirm: (requirement: Requirement) => Promise<boolean>;
  /** Saves a change as a new version. Answers whether it was saved. */
  save: (spot: Spot, edits: ContractEdit[]) => Promise<boolean>;
  /** The spot that is being confirmed or saved. */
  busy: Spot | undefined;
  refused: Refused | undefined;
};

/** What somebody else saved meanwhile, in a sentence. */
async function meanwhile(seen: ContractReview, now: ContractReview | undefined): Promise<string> {
  if (now === undefined || now.draftVersion === seen.draftVersion) return '';
  const newest = now.versions.find(({ version }) => version === now.draftVersion);
  const changed = contractChanges(seen.draft, now.draft).filter(({ state }) => state !== 'same');
  const what = list(changed.slice(0, 4).map(({ title }) => title.toLowerCase()));
  const by = newest === undefined ? 'Somebody' : writerOf(newest);
  const at = newest === undefined ? '' : ` at ${when(newest.createdAt)}`;
  return `${by} saved version ${String(now.draftVersion)}${at}${what === '' ? '' : `: ${what}`}. What you typed is kept. Look at the change, then save again.`;
}

/** What a person can do on a one-pager: confirm a value, change one. The page is asked again after each. */
export function useContractActs(shown: ContractReview): Acts {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ['review', shown.id] });

  const confirmation = useMutation({
    mutationFn: async (requirement: Requirement) => {
      const { key, valueDigest, place } = requirement;
      const body = { key, valueDigest };
      const send = (viewToken: string | undefined) =>
        ask('post /api/reviews/{id}/fulfilments', {
          params: { id: shown.id },
          body: viewToken === undefined ? body : { ...body, viewToken },
        });
      if (requirement.kind !== 'served' || place === undefined) return send(undefined);
      const queryKey = queryKeyOf(shown.id, hereOfPlace(shown.draft, spotOf(requirement), place));
      const token = () => client.getQueryData<{ viewToken?: string }>(queryKey)?.viewToken;
      try {
        return await send(token());
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'page_not_served') throw error;
        // The page was given out too long ago: it is asked for again, and lies open already.
        await client.refetchQueries({ queryKey });
        return send(token());
      }
    },
    onSettled: again,
  });
  const edit = useMutation({
    mutationFn: (given: { spot: Spot; edits: ContractEdit[] }) =>
      ask('patch /api/runs/{id}/draft', {
        params: { id: shown.runId },
        body: { baseVersion: shown.draftVersion, edits: given.edits },
      }),
    onSettled: again,
  });
  const clash = useMutation({
    mutationFn: async (given: { spot: Spot; error: unknown }) => {
      const { error } = given;
      const known = error instanceof ApiError && (error.code === 'edited_meanwhile' || error.code === 'stale_subject');
      if (!known) return sentenceOf(error);
      const now = await client.fetchQuery({ ...reviewQuery(shown.id), staleTime: 0 });
      const words = now.track === 'contract-summary' ? await meanwhile(shown, now) : '';
      return words === '' ? sentenceOf(error) : words;
    },
  });
  const attempt = async (spot: Spot, deed: () => Promise<unknown>): Promise<boolean> => {
    clash.reset();
    try {
      await deed();
      return true;
    } catch (error) {
      await clash.mutateAsync({ spot, error }).catch(() => undefined);
      return false;
    }
  };
  return {
    confirm: (requirement) => attempt(spotOf(requirement), () => confirmation.mutateAsync(requirement)),
    save: (spot, edits) => attempt(spot, () => edit.mutateAsync({ spot, edits })),
    busy: confirmation.isPending ? spotOf(confirmation.variables) : edit.isPending ? edit.variables.spot : undefined,
    refused:
      clash.data === undefined || clash.variables === undefined
        ? undefined
        : { spot: clash.variables.spot, words: clash.data },
  };
}
