// The bundle's entry: every workflow, exported under the name in domain/tracks.ts.
export { sopDrafting } from './sop-drafting.js';
