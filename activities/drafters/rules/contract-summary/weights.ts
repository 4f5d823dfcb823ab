import { unpacked } from '../../../../workflows/domain/contract-summary/extraction/weights.js';
import stored from './weights.json' with { type: 'json' };

/**
 * Learned from all labelled contracts by `npm run eval -- contract-summary --write-weights`; not edited by hand.
 * They stand here and are handed to the extractor, so no workflow bundle carries them.
 */
export const learnedWeights = unpacked(stored);
