import type { TrackFace } from '../review/track-pages.js';
import { isContract } from '../shared/drafts.js';
import { contractChanges, contractParts } from './contract-summary/changes.js';

/** What contract summaries bring to the pages that all tracks share. */
export const contractSummaryFace: TrackFace = {
  approve: 'Approve and put into the register',
  dress: () => undefined,
  parts: (draft) => (isContract(draft) ? contractParts() : []),
  changes: (from, to) => (isContract(from) && isContract(to) ? contractChanges(from, to) : []),
};
