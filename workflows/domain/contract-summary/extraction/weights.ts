import type { Weights } from './candidates.js';
import stored from './weights.json' with { type: 'json' };

/** Learned from all labelled contracts by `npm run eval -- contract-summary --write-weights`; not edited by hand. */
export const learnedWeights: Weights = stored;
