import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ReviewDetail } from '../../api/contract/index.js';
import { Button, buttonClass, KeyHint } from '../shared/button.js';
import { clock, when } from '../shared/dates.js';
import { isSopReview } from '../shared/drafts.js';
import { Icon } from '../shared/icons.js';
import { useKeys } from '../shared/keys.js';
import { useMe } from '../shared/queries.js';
import { fingerprint } from '../shared/words.js';
import type { Held } from './held.js';
import { KeptWords } from './kept-words.js';
import type { Neighbours } from './neighbours.js';
import { deedOf } from './outcome-words.js';
import { Repair } from './repair.js';
import type { TrackFace, TrackPages } from './track-pages.js';
import { WhatNext } from './what-next.js';
import { WhereItGoes } from './where-it-goes.js';

const closedWords: Record<ReviewDetail['state'], string> = {
  open: '',
  approved: 'Approved.',
  'changes-requested': 'Changes were asked for.',
  rejected: 'Rejected. Nothing was published.',
  withdrawn: 'The run was withdrawn. Nothing was published.',
  superseded: 'The place it goes to was changed, so the page is reviewed again.',
};

function editedWords(held: Held | undefined, pages: TrackFace): string {
  if (!held) return '';
  const mine = pages.changes(held.base, held.draft).filter((item) => item.state !== 'same');
  const first = mine[0];
  if (first === undefined) return '';
  const rest = mine.length - 1;
  return `, while you were editing ${first.title.toLowerCase()}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}

/** Said at the top where somebody else decided: who, when, that it stands, and that one's words are kept. */
export function Outcome(props: {
  review: ReviewDetail;
  held: Held | undefined;
  pages: TrackFace;
  /** What this person has open in a form of its own. */
  editing?: string | undefined;
}) {
  const { review, held, pages, editing } = props;
  const me = useMe();
  const { decision } = review;
  if (decision === undefined)
    return (
      <div className="outcome" role="status">
        <Icon name="open" />
        <p>
          <b>{closedWords[review.state]}</b>{' '}
          {review.state === 'superseded' && review.run.reviewId ? (
            <Link className="link" to="/reviews/$id" params={{ id: review.run.reviewId }}>
              Open the new review
            </Link>
          ) : null}
        </p>
      </div>
    );
  if (decision.by.id === me.person.id) return null;
  const while_ = editing === undefined ? editedWords(held, pages) : `, while you were editing ${editing}`;
  return (
    <div className="outcome" role="status">
      <Icon name="done" />
      <p>
        <b>
          {decision.by.name} {deedOf(decision)} at {when(decision.decidedAt)}
          {while_}.
        </b>{' '}
        <span className="dim">
          That decision stands.{while_ === '' ? '' : ' Your words are kept and are not published.'}
        </span>
      </p>
    </div>
  );
}

/** Beside a closed review: what happened next, words that were not saved, and what can still be done. */
export function ClosedSide(props: {
  review: ReviewDetail;
  /** Where words can be held back from saving. */
  pages?: TrackPages;
  held: Held | undefined;
  onDiscard: () => void;
}) {
  const { review, pages, held, onDiscard } = props;
  return (
    <>
      {review.decision ? <WhatNext review={review} decision={review.decision} /> : null}
      {held && pages && isSopReview(review) ? (
        <KeptWords review={review} pages={pages} held={held} onDiscard={onDiscard} />
      ) : null}
      {review.run.state === 'published' ? <Repair runId={review.runId} version={review.draftVersion} /> : null}
      <WhereItGoes review={review} />
    </>
  );
}

/** The bar once it is decided: the outcome, and the way on. The focus comes here, so that Enter goes on. */
export function ClosedBar({ review, near, arrived }: { review: ReviewDetail; near: Neighbours; arrived: boolean }) {
  const { decision } = review;
  const me = useMe();
  const on = useRef<HTMLButtonElement & HTMLAnchorElement>(null);
  useEffect(() => {
    if (arrived) on.current?.focus({ preventScroll: true });
  }, [arrived]);
  useKeys([
    { keys: 'j', label: 'next in inbox', group: 'This review', on: near.next !== undefined, run: () => near.next?.() },
  ]);
  return (
    <footer className="decide" aria-label="Decision">
      <div className="what">
        <p role="status">
          <b>Closed.</b>{' '}
          <span className="dim">
            {decision
              ? `${decision.by.id === me.person.id ? 'You' : decision.by.name} ${deedOf(decision)}, ${clock(decision.decidedAt)}${decision.singlePerson && decision.decision === 'approve' ? ' (single-person approval)' : ''}`
              : closedWords[review.state]}
          </span>
        </p>
        <p className="fp" title={review.subjectDigest}>
          fingerprint {fingerprint(review.subjectDigest)}
        </p>
      </div>
      <Link
        className={buttonClass({ tone: near.known && !near.next ? 'primary' : 'plain' })}
        to="/inbox"
        ref={near.next ? undefined : on}
      >
        Back to inbox
        <KeyHint keys="esc" />
      </Link>
      {near.next ? (
        <Button tone="primary" hint="j" className="main" onClick={near.next} ref={on}>
          Next in inbox
        </Button>
      ) : null}
    </footer>
  );
}
