import type {
  ContractPayload,
  DraftPayload,
  LetterPayload,
  ReviewDetail,
  SopPayload,
  SopReview,
} from '../../api/contract/index.js';

/** True for a draft of an SOP. */
export function isSop(draft: DraftPayload): draft is SopPayload {
  return 'steps' in draft;
}

/** True for a contract's one-pager. */
export function isContract(draft: DraftPayload): draft is ContractPayload {
  return 'documents' in draft;
}

/** True for a notice letter. */
export function isLetter(draft: DraftPayload): draft is LetterPayload {
  return 'signatory' in draft;
}

/** True for a review of an SOP. */
export function isSopReview(review: ReviewDetail): review is SopReview {
  return review.track === 'sop-drafting';
}

/** An SOP's draft. @throws where it is another track's, which the page that asks does not show. */
export function sopOf(draft: DraftPayload): SopPayload {
  if (!isSop(draft)) throw new TypeError('This page shows SOPs only.');
  return draft;
}
