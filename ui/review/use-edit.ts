import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SopPayload, SopReview } from '../../api/contract/index.js';
import { ApiError, ask, sentenceOf } from '../shared/api.js';
import { reviewQuery } from '../shared/queries.js';
import type { Held } from './held.js';
import { sopOf } from '../shared/drafts.js';
import type { FieldTrouble, TrackPages } from './track-pages.js';
import { versionQuery } from './versions.js';

/** Somebody else saved while this person was writing: both versions, and whose. */
export type Conflict = { version: number; by: string | undefined; at: string | undefined; theirs: SopPayload };

export type Edit = {
  draft: SopPayload;
  baseVersion: number;
  changed: number;
  troubles: FieldTrouble[];
  conflict: Conflict | undefined;
  saving: boolean;
  error: string | undefined;
  change: (draft: SopPayload) => void;
  /** Saves; where a field is wrong, says where instead. */
  save: () => void;
  /** Puts this person's words on top of the other's version; what could not be carried over comes back by name. */
  rebase: () => string[];
  discard: () => void;
};

/** One person's edit of a draft: kept in this browser until it is saved, shown and not lost where it conflicts. */
export function useEdit(
  review: SopReview,
  pages: TrackPages,
  [held, hold]: readonly [Held | undefined, (held: Held | undefined) => void],
  onSaved: () => void,
): Edit {
  const client = useQueryClient();
  const [tried, setTried] = useState(false);
  const [conflict, setConflict] = useState<Conflict>();
  const base = held ?? { baseVersion: review.draftVersion, base: review.draft, draft: review.draft, at: '' };
  const deed = useMutation({
    mutationFn: () =>
      ask('patch /api/runs/{id}/draft', {
        params: { id: review.runId },
        body: { baseVersion: base.baseVersion, edits: pages.edits(base.base, base.draft) },
      }),
    onSuccess: async () => {
      hold(undefined);
      await client.invalidateQueries({ queryKey: ['review', review.id] });
      onSaved();
    },
    onError: async (error) => {
      if (!(error instanceof ApiError)) return;
      if (error.code === 'edited_meanwhile') {
        const now = await client.fetchQuery({ ...reviewQuery(review.id), staleTime: 0 });
        const theirs = await client.fetchQuery(versionQuery(review.runId, now.draftVersion));
        setConflict({
          version: now.draftVersion,
          by: theirs.author?.name,
          at: theirs.createdAt,
          theirs: sopOf(theirs.draft),
        });
      } else if (error.code === 'wrong_state' || error.code === 'already_decided')
        await client.invalidateQueries({ queryKey: ['review', review.id] });
    },
  });
  const changed = pages.changes(base.base, base.draft).filter((item) => item.state !== 'same').length;
  const edits = changed > 0 ? [] : pages.edits(base.base, base.draft);
  const known = deed.error instanceof ApiError && deed.error.code === 'edited_meanwhile';
  return {
    draft: base.draft,
    baseVersion: base.baseVersion,
    changed: changed + (edits.length > 0 ? 1 : 0),
    troubles: tried ? pages.check(base.draft) : [],
    conflict,
    saving: deed.isPending,
    error: deed.isError && !known ? sentenceOf(deed.error) : undefined,
    change: (draft) => hold({ baseVersion: base.baseVersion, base: base.base, draft, at: new Date().toISOString() }),
    save: () => {
      setTried(true);
      if (pages.check(base.draft).length === 0) deed.mutate();
    },
    rebase: () => {
      if (!conflict) return [];
      const { draft, left } = pages.rebase(base.base, base.draft, conflict.theirs);
      hold({ baseVersion: conflict.version, base: conflict.theirs, draft, at: new Date().toISOString() });
      setConflict(undefined);
      deed.reset();
      return left;
    },
    discard: () => {
      hold(undefined);
      setConflict(undefined);
      setTried(false);
    },
  };
}
