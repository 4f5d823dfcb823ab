import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import './run-through.css';
import { Failure } from '../shared/failure.js';
import { isSopReview } from '../shared/drafts.js';
import { Lines } from '../shared/loading.js';
import { Note } from '../shared/note.js';
import { useTitle } from '../shared/page.js';
import { reviewQuery, runQuery } from '../shared/queries.js';
import { RunThroughRoom } from './room.js';

/** The run-through of a run: one step at a time, as it would be published. */
export function RunThroughPage() {
  const { id = '' } = useParams({ strict: false });
  const run = useQuery(runQuery(id));
  const reviewId = run.data?.reviewId;
  const review = useQuery({ ...reviewQuery(reviewId ?? ''), enabled: reviewId !== undefined });
  useTitle(review.data ? `Run-through: ${review.data.title}` : undefined);
  if (review.data && isSopReview(review.data)) return <RunThroughRoom review={review.data} />;
  const failed = run.isError ? run : review.isError ? review : undefined;
  return (
    <main className="page whole" id="main" tabIndex={-1}>
      <div className="pad narrow">
        {failed ? (
          <Failure error={failed.error} retry={() => void failed.refetch()} />
        ) : review.data ? (
          <Note title="There is nothing to run here.">Only an SOP is run before it is approved.</Note>
        ) : run.data && reviewId === undefined ? (
          <Note title="There is nothing to run yet.">
            The draft is still being written. It appears in the inbox by itself.
          </Note>
        ) : (
          <Lines rows={8} label="Loading the steps" />
        )}
      </div>
    </main>
  );
}
