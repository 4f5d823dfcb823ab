import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { DecisionFacts, Publication, ReviewDetail } from '../../api/contract/index.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { clock } from '../shared/dates.js';
import { Icon } from '../shared/icons.js';
import { Note } from '../shared/note.js';
import { useMe } from '../shared/queries.js';
import { approvalFacts, deedOf } from './outcome-words.js';
import { Resolve } from './resolve.js';

function useSecondsLeft(until: string | undefined): number {
  const left = () =>
    until === undefined ? 0 : Math.max(0, Math.ceil((new Date(until).getTime() - Date.now()) / 1000));
  const [seconds, set] = useState(left);
  useEffect(() => {
    if (seconds === 0) return undefined;
    const timer = setInterval(() => set(left()), 500);
    return () => clearInterval(timer);
  });
  return seconds;
}

function Undo({ decision, reviewId }: { decision: DecisionFacts; reviewId: string }) {
  const client = useQueryClient();
  const me = useMe();
  const seconds = useSecondsLeft(decision.graceUntil);
  const undo = useMutation({
    mutationFn: () => ask('post /api/reviews/{id}/undo', { params: { id: reviewId } }),
    onSettled: () => client.invalidateQueries(),
  });
  if (decision.by.id !== me.person.id || (seconds === 0 && !undo.isError)) return null;
  return (
    <p className="row">
      {undo.isError ? (
        <span className="sm">{sentenceOf(undo.error)}</span>
      ) : (
        <Button small busy={undo.isPending ? 'Undoing…' : false} onClick={() => undo.mutate()}>
          Undo, {seconds} s left
        </Button>
      )}
    </p>
  );
}

function Delivery({ publication }: { publication: Publication }) {
  switch (publication.state) {
    case 'published':
      return (
        <li>
          <Icon name="tick" />
          <span>
            Published to the {publication.target}
            <br />
            <Link className="link" to="/published/$id" params={{ id: publication.id }}>
              Open the page
            </Link>
            {publication.receiptUrl ? (
              <>
                {', '}
                <a className="link" href={publication.receiptUrl} download>
                  receipt
                </a>
              </>
            ) : null}
          </span>
          <time>{publication.settledAt ? clock(publication.settledAt) : ''}</time>
        </li>
      );
    case 'uncertain':
    case 'failed':
      return (
        <li className={publication.state === 'failed' ? 'not-found' : 'uncertain'}>
          <Icon name={publication.state === 'failed' ? 'struck' : 'diamond'} />
          <Resolve publication={publication} />
          <time>{publication.settledAt ? clock(publication.settledAt) : ''}</time>
        </li>
      );
    case 'superseded':
      return (
        <li>
          <Icon name="wave" />
          <span>Not delivered to the {publication.target}: the place was changed, so this is reviewed again.</span>
        </li>
      );
    case 'reserved':
    case 'delivering':
      return (
        <li>
          <Icon name="open" />
          <span>Being delivered to the {publication.target}. It goes on without this page.</span>
        </li>
      );
  }
}

/** After the decision: who, what has happened since, and what is still to come. */
export function WhatNext({ review, decision }: { review: ReviewDetail; decision: DecisionFacts }) {
  const { publications, state } = review.run;
  const waiting = decision.decision === 'approve' && publications.length === 0;
  const later = review.run.reviewId !== undefined && review.run.reviewId !== review.id;
  return (
    <section>
      <h2>What happened next</h2>
      <ol className="after">
        <li>
          <Icon name="done" className="pen" />
          <span>
            <b>
              {decision.by.name} {deedOf(decision)}
            </b>
            {approvalFacts(decision).length > 0 ? (
              <>
                <br />
                <span className="faint">
                  version {review.draftVersion}, {approvalFacts(decision).join(', ')}
                </span>
              </>
            ) : null}
            {decision.reason ? <q className="said">{decision.reason}</q> : null}
          </span>
          <time>{clock(decision.decidedAt)}</time>
        </li>
        {waiting ? (
          <li>
            <Icon name="open" />
            <span>Goes out in a moment. It goes on without this page.</span>
          </li>
        ) : null}
        {decision.decision === 'approve'
          ? publications.map((publication) => <Delivery key={publication.id} publication={publication} />)
          : null}
        {decision.decision === 'request-changes' && !later && state === 'drafting' ? (
          <li>
            <Icon name="open" />
            <span>
              {review.run.trouble
                ? review.run.trouble.words
                : 'Being drafted again with these words. The new version comes to the inbox.'}{' '}
              <Link className="link" to="/runs/$id" params={{ id: review.runId }}>
                Follow it
              </Link>
            </span>
          </li>
        ) : null}
        {decision.decision === 'reject' ? (
          <li>
            <Icon name="tick" />
            <span>Closed. Nothing was published.</span>
          </li>
        ) : null}
        {later && review.run.reviewId ? (
          <li>
            <Icon name="open" />
            <span>
              Round {review.run.round} is there.{' '}
              <Link className="link" to="/reviews/$id" params={{ id: review.run.reviewId }}>
                Open the new version
              </Link>
            </span>
          </li>
        ) : null}
      </ol>
      <Undo decision={decision} reviewId={review.id} />
      {review.run.trouble && decision.decision === 'approve' ? (
        <Note tone="not-found" title="Could not go on.">
          {review.run.trouble.words}
        </Note>
      ) : null}
    </section>
  );
}
