import { useState } from 'react';
import type { ReviewDetail } from '../../api/contract/index.js';

/**
 * What this person is reading. When somebody else changes the draft underneath, the page being read stays
 * until the person looks at the change; it cannot be approved meanwhile.
 */
export function useSeen<Review extends ReviewDetail>(
  review: Review,
  me: string,
): { shown: Review; stale: boolean; look: () => void } {
  const [seen, setSeen] = useState(review);
  const newest = review.versions.find((version) => version.version === review.draftVersion);
  const mine = newest?.author?.id === me;
  const changed = seen.subjectDigest !== review.subjectDigest;
  const stale = review.state === 'open' && changed && !mine;
  if (!stale && seen !== review) setSeen(review);
  return { shown: stale ? seen : review, stale, look: () => setSeen(review) };
}
