import type { TrackPages } from '../review/track-pages.js';
import { isSop } from '../shared/drafts.js';
import { dressSop, sopAnchors } from './sop-drafting/anchors.js';
import { sopChanges } from './sop-drafting/changes.js';
import { troubles } from './sop-drafting/check.js';
import { editsBetween } from './sop-drafting/edits-between.js';
import { SopEditor } from './sop-drafting/editor.js';
import { sopMissing } from './sop-drafting/missing.js';
import { SopOffers } from './sop-drafting/offers.js';
import { sopParts } from './sop-drafting/parts.js';
import { rebase } from './sop-drafting/rebase.js';
import { SopSources } from './sop-drafting/sources.js';

/** SOP drafting in the review room. */
export const sopDraftingPages: TrackPages = {
  approve: 'Approve and publish',
  anchors: sopAnchors,
  dress: dressSop,
  parts: (draft) => (isSop(draft) ? sopParts(draft) : []),
  missing: sopMissing,
  changes: (from, to) => (isSop(from) && isSop(to) ? sopChanges(from, to) : []),
  edits: editsBetween,
  check: troubles,
  rebase,
  Sources: SopSources,
  Editor: SopEditor,
  Offers: SopOffers,
};
