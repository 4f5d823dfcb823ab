import type { ContractReview } from '../../../api/contract/index.js';
import { OutcomeOnly } from './outcome-only.js';

/** The room of a contract: its page left, its points right, the decision below. */
export function ContractRoom({ review }: { review: ContractReview }) {
  return <OutcomeOnly review={review} />;
}
