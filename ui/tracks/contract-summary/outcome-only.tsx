import type { ContractReview } from '../../../api/contract/index.js';

/** The one-pager as it would be published. */
export function OutcomeOnly({ review }: { review: ContractReview }) {
  return review.renditions.map((one) => <div key={one.address} dangerouslySetInnerHTML={{ __html: one.html }} />);
}
