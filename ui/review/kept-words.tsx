import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { SopReview } from '../../api/contract/index.js';
import { ApiError, ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { sopOf } from '../shared/drafts.js';
import { Note } from '../shared/note.js';
import type { Held } from './held.js';
import { ItemWords, titleOf } from './item-change.js';
import type { TrackPages } from './track-pages.js';
import { versionQuery } from './versions.js';

/** Words that were not saved before somebody else decided: shown, kept, and a way to use them. */
export function KeptWords(props: { review: SopReview; pages: TrackPages; held: Held; onDiscard: () => void }) {
  const { review, pages, held, onDiscard } = props;
  const client = useQueryClient();
  const navigate = useNavigate();
  const mine = pages.changes(held.base, held.draft).filter((item) => item.state !== 'same');
  const published = review.run.state === 'published';
  // A drafter may have written its version of the new round already: the words go on top of whichever is newest.
  const putOnNewest = async (tries = 1): Promise<void> => {
    const { draftVersion: baseVersion = review.draftVersion } = await ask('get /api/runs/{id}', {
      params: { id: review.runId },
    });
    const newest = await client.fetchQuery(versionQuery(review.runId, baseVersion));
    const theirs = sopOf(newest.draft);
    const { draft } = pages.rebase(held.base, held.draft, theirs);
    try {
      await ask('patch /api/runs/{id}/draft', {
        params: { id: review.runId },
        body: { baseVersion, edits: pages.edits(theirs, draft) },
      });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'edited_meanwhile' || tries === 5) throw error;
      await putOnNewest(tries + 1);
    }
  };
  const use = useMutation({
    mutationFn: async () => {
      await ask('post /api/runs/{id}/repair', {
        params: { id: review.runId },
        body: { reason: `Words written before version ${String(review.draftVersion)} was decided.` },
      });
      await putOnNewest();
    },
    onSuccess: async () => {
      onDiscard();
      await client.invalidateQueries();
      await navigate({ to: '/runs/$id', params: { id: review.runId } });
    },
  });
  if (mine.length === 0) return null;
  return (
    <section>
      <h2>Your words are kept</h2>
      <p className="sm dim">You had not saved them. Nobody else can see this, and nothing of it is published.</p>
      {mine.map((item) => (
        <div className="mini" key={item.key}>
          <p className="lab">{titleOf(item)}</p>
          <ItemWords item={item} />
        </div>
      ))}
      <p className="row">
        {published ? (
          <Button small busy={use.isPending ? 'Starting…' : false} onClick={() => use.mutate()}>
            Start version {review.draftVersion + 1} with them
          </Button>
        ) : null}
        <Button small tone="quiet" onClick={onDiscard}>
          Discard
        </Button>
      </p>
      {published ? null : (
        <p className="lab">They can be used again once the next version is in review, or this one is published.</p>
      )}
      {use.isError ? (
        <Note tone="not-found" live="alert" title="Not started.">
          {sentenceOf(use.error)}
        </Note>
      ) : null}
    </section>
  );
}
