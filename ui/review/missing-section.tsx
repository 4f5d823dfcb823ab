import type { ReviewDetail } from '../../api/contract/index.js';
import { Note } from '../shared/note.js';
import { InTheWay } from './in-the-way.js';
import { MissingList } from './missing-list.js';
import type { Act, MissingRow } from './track-pages.js';

/** What stands before an approval: the words that this version answers, who may decide, and each open thing with its button. */
export function MissingSection(props: {
  review: ReviewDetail;
  rows: readonly MissingRow[];
  missing: number;
  busy: string | undefined;
  refused: string | undefined;
  onAct: (act: Act) => void;
}) {
  const { review, rows, missing, busy, refused, onAct } = props;
  return (
    <section id="missing" tabIndex={-1} aria-label="Before you can approve">
      <h2>
        {missing === 0 ? 'Nothing is missing' : 'Before you can approve'}
        <span className="lab">
          {missing === 0 ? '' : `${String(missing)} of ${String(review.requirements.length)} left`}
        </span>
      </h2>
      {review.feedback ? (
        <p className="sm dim asked">
          This version answers: <q>{review.feedback}</q>
        </p>
      ) : null}
      <InTheWay review={review} />
      <MissingList rows={rows} busy={busy} onAct={onAct} />
      {refused ? (
        <Note tone="not-found" live="alert" title="Not noted.">
          {refused}
        </Note>
      ) : null}
    </section>
  );
}
