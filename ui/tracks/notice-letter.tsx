import type { TrackFace } from '../review/track-pages.js';
import { isLetter } from '../shared/drafts.js';
import './notice-letter/letter.css';
import { letterChanges } from './notice-letter/changes.js';

/** What notice letters bring to the pages that all tracks share. */
export const noticeLetterFace: TrackFace = {
  approve: 'Approve the letter',
  dress: (paper) => paper.classList.add('as-letter'),
  parts: (draft) => (isLetter(draft) ? [{ key: 'paragraphs', label: 'The paragraphs' }] : []),
  changes: (from, to) => (isLetter(from) && isLetter(to) ? letterChanges(from, to) : []),
};
