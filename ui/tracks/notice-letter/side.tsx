import type { LetterReview } from '../../../api/contract/index.js';
import { InTheWay } from '../../review/in-the-way.js';
import { MissingList } from '../../review/missing-list.js';
import type { Act, MissingRow } from '../../review/track-pages.js';
import { WhereItGoes } from '../../review/where-it-goes.js';
import { WhoDecides } from '../../review/who-decides.js';
import { Note } from '../../shared/note.js';

/** Beside a letter while it waits: what is missing, where it goes, who has it. */
export function LetterSide(props: {
  review: LetterReview;
  rows: readonly MissingRow[];
  missing: number;
  busy: string | undefined;
  refused: string | undefined;
  onAct: (act: Act) => void;
}) {
  const { review, rows, missing, busy, refused, onAct } = props;
  return (
    <>
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
      <section>
        <h2>After the approval</h2>
        <p className="sm dim">
          The letter is laid down as a file with its receipt. Take it along as PDF or Word from the published page, and
          give it to the vendor in the way that the contract asks for. Nothing here sends it.
        </p>
      </section>
      <WhereItGoes review={review} />
      <WhoDecides review={review} />
    </>
  );
}
