import type { TrackKey } from '../../workflows/domain/tracks.js';
import type { TrackPages } from '../review/track-pages.js';
import { sopDraftingPages } from './sop-drafting.js';

/** What each track brings to the review room. A new track without its pages does not compile. */
export const trackPages: Record<TrackKey, TrackPages> = { 'sop-drafting': sopDraftingPages };
