import type { LetterReview } from '../../../api/contract/index.js';
import { MissingSection } from '../../review/missing-section.js';
import type { Act, MissingRow } from '../../review/track-pages.js';
import { WhereItGoes } from '../../review/where-it-goes.js';
import { WhoDecides } from '../../review/who-decides.js';

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
      <MissingSection {...{ review, rows, missing, busy, refused, onAct }} />
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
