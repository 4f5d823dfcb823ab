// The bundle's entry: every workflow, exported under the name in domain/tracks.ts.
export { contractSummary } from './contract-summary.js';
export { noticeLetter } from './notice-letter.js';
export { sopDrafting } from './sop-drafting.js';
