import { Link } from '@tanstack/react-router';
import type { SopReview } from '../../api/contract/index.js';
import { Note } from '../shared/note.js';
import { count } from '../shared/words.js';
import { sopDraftingPages } from '../tracks/sop-drafting.js';
import { draftedVersion, editsSince, writerOf } from './authors.js';
import { InTheWay } from './in-the-way.js';
import { ItemWords, titleOf } from './item-change.js';
import { MissingList } from './missing-list.js';
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
  const all = review.requirements.length;
  const { Offers } = sopDraftingPages;
  return (
    <>
      <section id="missing" tabIndex={-1} aria-label="Before you can approve">
        <h2>
          {missing === 0 ? 'Nothing is missing' : 'Before you can approve'}
          <span className="lab">{missing === 0 ? '' : `${String(missing)} of ${String(all)} left`}</span>
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
      <Offers review={review} busy={busy} onAct={onAct} />
      <Changed review={review} compared={compared} />
      <WhereItGoes review={review} />
      <WhoDecides review={review} />
    </>
  );
}
