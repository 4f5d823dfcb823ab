import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LetterPayload, LetterReview } from '../../../api/contract/index.js';
import type { LetterEdit } from '../../../workflows/domain/notice-letter/edits.js';
import { ApiError, ask, sentenceOf } from '../../shared/api.js';

/** A letter's editable parts as they stand in the form: lines and paragraphs as one text each. */
export type LetterForm = {
  sender: string;
  addressee: string;
  day: string;
  subject: string;
  paragraphs: string;
  signatory: string;
};

export function formOf(draft: LetterPayload): LetterForm {
  const { sender, addressee, day, subject, paragraphs, signatory } = draft;
  return { sender, addressee: addressee.join('\n'), day, subject, paragraphs: paragraphs.join('\n\n'), signatory };
}

const linesOf = (text: string, by: RegExp) =>
  text
    .split(by)
    .map((one) => one.replace(/\s+/g, ' ').trim())
    .filter((one) => one !== '');

/** What a person changed, as the edits that say so; nothing else of the letter is touched. */
export function letterEdits(from: LetterForm, to: LetterForm): LetterEdit[] {
  const changed = (key: keyof LetterForm) => from[key] !== to[key];
  return [
    ...(changed('sender') ? [{ op: 'set-sender' as const, sender: to.sender.trim() }] : []),
    ...(changed('addressee') ? [{ op: 'set-addressee' as const, addressee: linesOf(to.addressee, /\n/) }] : []),
    ...(changed('day') ? [{ op: 'set-day' as const, day: to.day }] : []),
    ...(changed('subject') ? [{ op: 'set-subject' as const, subject: to.subject.trim() }] : []),
    ...(changed('paragraphs')
      ? [{ op: 'set-paragraphs' as const, paragraphs: linesOf(to.paragraphs, /\n\s*\n/) }]
      : []),
    ...(changed('signatory') ? [{ op: 'set-signatory' as const, signatory: to.signatory.trim() }] : []),
  ];
}

export type Troubles = Partial<Record<keyof LetterForm, string>>;

/** What cannot be saved as it is, each with what to do. */
export function letterTroubles(form: LetterForm, earliest: string): Troubles {
  const paragraphs = linesOf(form.paragraphs, /\n\s*\n/);
  return {
    ...(form.subject.trim() === '' && { subject: 'Write what the letter is about.' }),
    ...(paragraphs.length === 0 && { paragraphs: 'A letter needs at least one paragraph.' }),
    ...(paragraphs.length > 12 && { paragraphs: 'Twelve paragraphs at most.' }),
    ...(paragraphs.some((one) => one.length > 1_500) && {
      paragraphs: 'Shorten the paragraph that is over 1,500 characters.',
    }),
    ...(linesOf(form.addressee, /\n/).length > 8 && { addressee: 'Eight lines at most.' }),
    ...(form.day < earliest && { day: 'The letter cannot be dated before the day it was drafted.' }),
  };
}

/** One person's edit of a letter. Words stay in the form until they are saved or discarded, whatever others do. */
export function useLetterEdit(review: LetterReview, onSaved: () => void) {
  const client = useQueryClient();
  const [held, hold] = useState<{ base: LetterForm; form: LetterForm; version: number }>();
  const [tried, setTried] = useState(false);
  const now = formOf(review.draft);
  const { base, form, version } = held ?? { base: now, form: now, version: review.draftVersion };
  const edits = letterEdits(base, form);
  const troubles = letterTroubles(form, review.draft.facts.writtenOn);
  const deed = useMutation({
    mutationFn: (baseVersion: number) =>
      ask('patch /api/runs/{id}/draft', { params: { id: review.runId }, body: { baseVersion, edits } }),
    onSuccess: async () => {
      hold(undefined);
      setTried(false);
      await client.invalidateQueries({ queryKey: ['review', review.id] });
      onSaved();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code !== 'invalid_request')
        return client.invalidateQueries({ queryKey: ['review', review.id] });
      return undefined;
    },
  });
  /** Somebody else saved meanwhile: who is asked about sits in the newest version. */
  const overtaken = held !== undefined && held.version !== review.draftVersion;
  return {
    form,
    version,
    overtaken,
    changed: edits.length,
    troubles: tried ? troubles : {},
    saving: deed.isPending,
    error: deed.isError && !overtaken ? sentenceOf(deed.error) : undefined,
    change: (next: LetterForm) => hold({ base, form: next, version }),
    /** Saves on top of the version that is there now; the other's changes to other parts stay. */
    save: () => {
      setTried(true);
      if (Object.keys(troubles).length === 0) deed.mutate(review.draftVersion);
    },
    discard: () => {
      hold(undefined);
      setTried(false);
      deed.reset();
    },
  };
}
export type LetterEditing = ReturnType<typeof useLetterEdit>;
