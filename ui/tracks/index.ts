import type { TrackKey } from '../../workflows/domain/tracks.js';
import type { TrackFace } from '../review/track-pages.js';
import { contractSummaryFace } from './contract-summary.js';
import { noticeLetterFace } from './notice-letter.js';
import { sopDraftingPages } from './sop-drafting.js';

/** What each track brings to the pages that all share. A new track without its own does not compile. */
export const trackPages: Record<TrackKey, TrackFace> = {
  'sop-drafting': sopDraftingPages,
  'contract-summary': contractSummaryFace,
  'notice-letter': noticeLetterFace,
};
