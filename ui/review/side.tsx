import { Link } from '@tanstack/react-router';
import type { SopReview } from '../../api/contract/index.js';
import { count } from '../shared/words.js';
import { sopDraftingPages } from '../tracks/sop-drafting.js';
import { draftedVersion, editsSince, writerOf } from './authors.js';
import { ItemWords, titleOf } from './item-change.js';
import { MissingSection } from './missing-section.js';
import type { Act, MissingRow } from './track-pages.js';
import type { Compared } from './versions.js';
import { WhereItGoes } from './where-it-goes.js';
import { WhoDecides } from './who-decides.js';

function Changed({ review, compared }: { review: SopReview; compared: Compared | undefined }) {
  const drafted = draftedVersion(review.versions, review.draftVersion);
  const edits = editsSince(review.versions, drafted?.version ?? 0, review.draftVersion);
  const changed = compared?.items.filter((item) => item.state !== 'same') ?? [];
  const first = changed[0];
  const hand = first ? compared?.hands.get(first.key) : undefined;
  if (edits.length === 0 || first === undefined) return null;
  return (
    <section className="wide">
      <h2>
        What people changed<span className="lab">{count(edits.length, 'edit')}</span>
      </h2>
      <p className="lab">
        {titleOf(first)}
        {hand ? `, ${writerOf(hand)}` : ''}
      </p>
      <div className="mini">
        <ItemWords item={first} />
      </div>
      <p className="sm more">
        <Link className="link" to="." search={{ view: 'changes' }}>
          {changed.length === 1 ? 'Show it in the text' : `Show all ${String(changed.length)} in the text`}
        </Link>
      </p>
    </section>
  );
}

/** Beside the page while it waits: what is missing, what people changed, where it goes, who has it. */
export function OpenSide(props: {
  review: SopReview;
  rows: readonly MissingRow[];
  missing: number;
  compared: Compared | undefined;
  busy: string | undefined;
  refused: string | undefined;
  onAct: (act: Act) => void;
}) {
  const { review, rows, missing, compared, busy, refused, onAct } = props;
  const { Offers } = sopDraftingPages;
  return (
    <>
      <MissingSection {...{ review, rows, missing, busy, refused, onAct }} />
      <Offers review={review} busy={busy} onAct={onAct} />
      <Changed review={review} compared={compared} />
      <WhereItGoes review={review} />
      <WhoDecides review={review} />
    </>
  );
}
