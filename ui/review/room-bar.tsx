import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { ReviewDetail } from '../../api/contract/index.js';
import { tracks } from '../../workflows/domain/tracks.js';
import { Button } from '../shared/button.js';
import { daysFrom, dueLong, minutesLeft } from '../shared/dates.js';
import { Icon } from '../shared/icons.js';
import { openOverlay } from '../shared/overlay.js';
import { useMe } from '../shared/queries.js';
import { HistoryDialog } from './history.js';
import type { Neighbours } from './neighbours.js';

function Due({ at, open }: { at: string; open: boolean }) {
  if (!open) return null;
  const late = new Date(at).getTime() < Date.now();
  const soon = daysFrom(new Date(), at) <= 0;
  return (
    <span className={`sm due${late ? ' late' : soon ? ' soon' : ''}`}>
      <span className="wide">{late ? 'Was due ' : 'Due '}</span>
      {dueLong(at)}
    </span>
  );
}

function Claim({ review }: { review: ReviewDetail }) {
  const me = useMe();
  if (review.state !== 'open' || !review.claimedBy) return null;
  const minutes = review.claimExpiresAt ? minutesLeft(review.claimExpiresAt) : 0;
  if (minutes === 0) return null;
  const who = review.claimedBy.id === me.person.id ? 'you' : review.claimedBy.name;
  return (
    <span className="sm faint nw wide">
      Claimed by {who}, {minutes} min left
    </span>
  );
}

/** The room's one bar: the way back, where it stands in the inbox, what it is, when it is due. */
export function RoomBar({ review, near, tools }: { review: ReviewDetail; near: Neighbours; tools?: ReactNode }) {
  const [history, setHistory] = useState(false);
  return (
    <header className="bar">
      <Link className="crumb" to="/inbox" aria-label="Back to the inbox">
        <Icon name="back" />
        <span className="wide">Inbox</span>
      </Link>
      {near.place === undefined ? null : (
        <span className="pager wide">
          <Button
            small
            icon
            tone="quiet"
            aria-label="Previous review"
            disabled={!near.previous}
            onClick={near.previous}
          >
            <Icon name="up" />
          </Button>
          <Button small icon tone="quiet" aria-label="Next review" disabled={!near.next} onClick={near.next}>
            <Icon name="down" />
          </Button>
          {near.place} of {near.count}
        </span>
      )}
      <h1 className="cut">{review.title}</h1>
      <span className="faint sm nw wide">
        {tracks[review.track].noun}, version {review.draftVersion}
        {review.run.sample ? ', sample' : ''}
      </span>
      <span className="sp" />
      <Due at={review.dueAt} open={review.state === 'open'} />
      <Claim review={review} />
      {tools}
      <Button small tone="quiet" className="wide" onClick={() => setHistory(true)}>
        History
      </Button>
      <Button small tone="quiet" className="wide" hint="?" onClick={() => openOverlay('keys')}>
        Keys
      </Button>
      <HistoryDialog review={review} open={history} onOpenChange={setHistory} />
    </header>
  );
}
