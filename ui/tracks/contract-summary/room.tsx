import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { ContractReview } from '../../../api/contract/index.js';
import { draftedVersion } from '../../review/authors.js';
import { ClosedBar, ClosedSide, Outcome } from '../../review/closed.js';
import { DecisionBar } from '../../review/decision-bar.js';
import { useNeighbours } from '../../review/neighbours.js';
import { RoomBar } from '../../review/room-bar.js';
import { useRoomState } from '../../review/search.js';
import { StaleNote } from '../../review/stale.js';
import { useDecide } from '../../review/use-decide.js';
import { useSeen } from '../../review/use-seen.js';
import { useCompared } from '../../review/versions.js';
import { WhereItGoes } from '../../review/where-it-goes.js';
import { WhoDecides } from '../../review/who-decides.js';
import { useKeys } from '../../shared/keys.js';
import { useMe } from '../../shared/queries.js';
import { contractSummaryFace } from '../contract-summary.js';
import './contract.css';
import { ContractTabs, type ContractView } from './contract-tabs.js';
import { LeftPane } from './left-pane.js';
import { PointsPane } from './points-pane.js';
import { useRoomKeys } from './room-keys.js';
import { useDesk } from './use-desk.js';

/** The room of a contract: the document left and largest, its points right, the decision below. */
export function ContractRoom({ review }: { review: ContractReview }) {
  const me = useMe();
  const navigate = useNavigate();
  const face = contractSummaryFace;
  const [state, move] = useRoomState();
  const near = useNeighbours(review.id);
  const { shown, stale, look } = useSeen(review, me.person.id);
  const open = review.state === 'open';
  const [wasOpen] = useState(open);
  const decide = useDecide(shown);
  const desk = useDesk(shown);
  const missing = review.requirements.filter((item) => !item.fulfilled).length;
  const editing = desk.editing !== undefined;

  const numbers = useMemo(
    () => shown.versions.filter((version) => !version.alternative).map((version) => version.version),
    [shown.versions],
  );
  const drafted = draftedVersion(shown.versions, shown.draftVersion)?.version;
  const before = numbers.filter((n) => n < shown.draftVersion).at(-1);
  // A redraft is compared with what it was made from, and opens on that.
  const redrafted = drafted === shown.draftVersion && before !== undefined;
  const from =
    state.from ?? (redrafted ? before : drafted !== undefined && drafted < shown.draftVersion ? drafted : undefined);
  const to = useMemo(() => ({ version: shown.draftVersion, draft: shown.draft }), [shown.draftVersion, shown.draft]);
  const { compared, error } = useCompared(face, review.runId, from, to, numbers);
  const changes = compared?.items.filter((item) => item.state !== 'same').length ?? 0;
  const view: ContractView = state.chosen ? state.view : open && redrafted ? 'changes' : 'missing';

  const document = () => {
    if (view !== 'missing') move({ view: undefined, from: undefined });
  };
  const showChange = () => {
    const seen = shown.draftVersion;
    look();
    move({ view: 'changes', from: String(seen) });
  };
  const lead = () => {
    if (stale) return showChange();
    document();
    if (desk.lead()) return undefined;
    requestAnimationFrame(() => {
      const reason = window.document.getElementById('in-the-way') ?? window.document.getElementById('missing');
      reason?.scrollIntoView({ block: 'nearest' });
      (reason?.querySelector('button') ?? reason)?.focus();
    });
    return undefined;
  };
  useRoomKeys(desk, {
    editing,
    toChanges: () => (view === 'changes' ? document() : move({ view: 'changes' })),
    leave: () => {
      if (desk.sheet) desk.closeSheet();
      else if (editing) desk.edit(undefined);
      else if (desk.marked !== undefined) desk.mark(undefined);
      else void navigate({ to: '/inbox' });
    },
  });
  useKeys([
    { keys: 'j', label: 'next review', group: 'Reviews', on: open && !!near.next, run: () => near.next?.() },
    { keys: 'k', label: 'previous review', group: 'Reviews', on: !!near.previous, run: () => near.previous?.() },
  ]);
  // The place of a point is in the document: showing one brings the document back.
  const { moves } = desk;
  useEffect(() => {
    if (moves > 0) document();
    // Only a new move does so, not a change of view.
  }, [moves]);

  return (
    <div className="room review">
      <a className="skip" href="#main">
        Skip to the points
      </a>
      <RoomBar review={review} near={near} />
      <ContractTabs view={view} move={move} changes={changes} missing={missing} open={open} />
      {open ? null : <Outcome review={review} held={undefined} pages={face} />}
      {open && stale ? <StaleNote review={review} seen={shown} pages={face} onLook={showChange} /> : null}
      <main className={`contract view-${view}${desk.sheet ? ' sheeted' : ''}`} id="main" tabIndex={-1}>
        <LeftPane {...{ desk, view, move, from, compared, error, changes }} />
        <aside className="pane pointspane" aria-label={open ? 'Points' : 'Outcome and points'} tabIndex={-1}>
          {open ? null : (
            <div className="side">
              <ClosedSide review={review} held={undefined} onDiscard={() => undefined} />
            </div>
          )}
          <PointsPane desk={desk} missing={missing} />
          {open ? (
            <div className="side">
              <WhereItGoes review={review} />
              <WhoDecides review={review} />
            </div>
          ) : null}
        </aside>
      </main>
      {open ? (
        <DecisionBar
          review={shown}
          missing={missing}
          stale={stale}
          decide={decide}
          onLead={lead}
          onEdit={() => {
            document();
            desk.edit(desk.at);
          }}
        />
      ) : (
        <ClosedBar review={review} near={near} arrived={wasOpen} />
      )}
    </div>
  );
}
