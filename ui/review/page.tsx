import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import './review.css';
import { Failure } from '../shared/failure.js';
import { Lines } from '../shared/loading.js';
import { useTitle } from '../shared/page.js';
import { reviewQuery } from '../shared/queries.js';
import { ContractRoom } from '../tracks/contract-summary/room.js';
import { LetterRoom } from '../tracks/notice-letter/room.js';
import { ReviewRoom } from './room.js';

/** A review: exactly what would leave, and everything needed to decide on it. */
export function ReviewPage() {
  const { id = '' } = useParams({ strict: false });
  const review = useQuery(reviewQuery(id));
  useTitle(review.data?.title);
  switch (review.data?.track) {
    case 'sop-drafting':
      return <ReviewRoom key={id} review={review.data} />;
    case 'contract-summary':
      return <ContractRoom key={id} review={review.data} />;
    case 'notice-letter':
      return <LetterRoom key={id} review={review.data} />;
    case undefined:
  }
  return (
    <main className="page whole" id="main" tabIndex={-1}>
      <div className="pad narrow">
        {review.isError ? (
          <Failure error={review.error} retry={() => void review.refetch()} />
        ) : (
          <Lines rows={12} label="Loading the review" />
        )}
      </div>
    </main>
  );
}
