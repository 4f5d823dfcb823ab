import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { SopReview } from '../../api/contract/index.js';
import { useKeys } from '../shared/keys.js';
import { useMe } from '../shared/queries.js';
import { sopDraftingPages } from '../tracks/sop-drafting.js';
import { draftedVersion } from './authors.js';
import { ClosedBar, ClosedSide, Outcome } from './closed.js';
import { DecisionBar } from './decision-bar.js';
import { EditBar, EditSide } from './edit-panes.js';
import { useHeld } from './held.js';
import { focusMissing, rowInFocus } from './lead.js';
import { Middle } from './middle.js';
import { useNeighbours } from './neighbours.js';
import { RoomBar } from './room-bar.js';
import { useRoomState } from './search.js';
import { OpenSide } from './side.js';
import { StaleNote } from './stale.js';
import { Tabs } from './tabs.js';
import { useActs } from './use-acts.js';
import { useDecide } from './use-decide.js';
import { useEdit } from './use-edit.js';
import { useSeen } from './use-seen.js';
import { useCompared } from './versions.js';

/** The room: sources left, what would be published in the middle, what is asked of the person right, the decision below. */
export function ReviewRoom({ review }: { review: SopReview }) {
  const me = useMe();
  const navigate = useNavigate();
  const pages = sopDraftingPages;
  const [state, move] = useRoomState();
  const near = useNeighbours(review.id);
  const holding = useHeld(me.person.id, review.runId);
  const [held, hold] = holding;
  const { shown, stale, look } = useSeen(review, me.person.id);
  const open = review.state === 'open';
  const editing = open && state.edit !== undefined && review.mayEdit.ok;
  const [wasOpen] = useState(open);

  const leaveEdit = useCallback(() => move({ edit: undefined }), [move]);
  const edit = useEdit(review, pages, holding, leaveEdit);
  const decide = useDecide(shown);
  const rows = useMemo(() => pages.missing(review), [pages, review]);
  const missing = review.requirements.filter((item) => !item.fulfilled).length;

  const drafted = draftedVersion(shown.versions, shown.draftVersion)?.version;
  const numbers = useMemo(
    () => shown.versions.filter((version) => !version.alternative).map((version) => version.version),
    [shown.versions],
  );
  // A redraft is compared with what it was made from, and opens on that.
  const before = numbers.filter((n) => n < shown.draftVersion).at(-1);
  const redrafted = drafted === shown.draftVersion && before !== undefined;
  const from =
    state.from ?? (redrafted ? before : drafted !== undefined && drafted < shown.draftVersion ? drafted : undefined);
  const to = useMemo(() => ({ version: shown.draftVersion, draft: shown.draft }), [shown.draftVersion, shown.draft]);
  const { compared, error } = useCompared(pages, review.runId, from, to, numbers);
  const changes = compared?.items.filter((item) => item.state !== 'same').length ?? 0;

  const showChange = () => {
    const seen = shown.draftVersion;
    look();
    move({ view: 'changes', from: String(seen), edit: undefined });
  };
  const lead = () => {
    if (stale) return showChange();
    move({ view: 'missing' });
    focusMissing();
  };
  const acts = useActs(review, move);
  const confirm = () => {
    const here = rowInFocus();
    const said = rows.find((row) => row.key === here?.key)?.acts.find((act) => act.kind === 'confirm');
    if (said) acts.act(said);
    else lead();
  };
  const view = !open && state.view === 'missing' ? 'text' : open && redrafted && !state.chosen ? 'changes' : state.view;
  const step = (by: -1 | 1) => {
    const at = numbers.indexOf(from ?? shown.draftVersion) + by;
    const next = numbers[at];
    if (next !== undefined && next < shown.draftVersion) move({ view: 'changes', from: String(next) });
  };
  useKeys([
    { keys: '[', label: 'compare with an earlier version', group: 'This review', run: () => step(-1) },
    { keys: ']', label: 'compare with a later version', group: 'This review', run: () => step(1) },
    { keys: 'j', label: 'next review', group: 'Reviews', on: open && !!near.next, run: () => near.next?.() },
    { keys: 'k', label: 'previous review', group: 'Reviews', on: !!near.previous, run: () => near.previous?.() },
    {
      keys: 'Escape',
      label: editing ? 'leave the edit, keep the words' : 'back to the inbox',
      group: 'This review',
      run: () => (editing ? leaveEdit() : void navigate({ to: '/inbox' })),
    },
    { keys: 'c', label: 'confirm the thing in focus', group: 'This review', on: open && !editing, run: confirm },
    {
      keys: 'd',
      label: 'changes, or the page',
      group: 'This review',
      run: () => move({ view: view === 'changes' ? 'text' : 'changes' }),
    },
  ]);
  useEscapeWhileTyping(editing, leaveEdit);

  return (
    <div className="room review">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <RoomBar review={review} near={near} />
      <Tabs view={view} move={move} changes={changes} missing={missing} open={open} editing={editing} />
      {open ? null : <Outcome review={review} held={held} pages={pages} />}
      {open && stale && !edit.conflict ? (
        <StaleNote review={review} seen={shown} pages={pages} onLook={showChange} />
      ) : null}
      <main
        className={`sop view-${view}${editing ? ' editing' : ''}${view === 'changes' && !editing ? ' comparing-wide' : ''}`}
        id="main"
        tabIndex={-1}
      >
        <section className="pane src" aria-label="Sources">
          <pages.Sources
            review={shown}
            at={state.at}
            onPlace={(at) => {
              move({ at });
            }}
            onShow={() => move({ view: 'sources' })}
          />
        </section>
        <section className="pane mid" aria-label={editing ? 'Edit' : open ? 'What would be published' : 'The page'}>
          {editing ? (
            <>
              <header>
                <h2>Edit</h2>
                <span className="faint cut">every part of it; the page is made from this</span>
              </header>
              <pages.Editor
                draft={edit.draft}
                onChange={edit.change}
                troubles={edit.troubles}
                at={state.edit === 'start' ? undefined : state.edit}
                sources={review.sources}
              />
            </>
          ) : (
            <Middle
              review={shown}
              pages={pages}
              state={{ ...state, view }}
              move={move}
              from={from}
              compared={compared}
              error={error}
              changes={changes}
              held={held && open ? held : undefined}
            />
          )}
        </section>
        <aside className="pane side" aria-label={open ? 'Before approval' : 'What happened next'}>
          {editing ? (
            <EditSide review={review} pages={pages} edit={edit} />
          ) : open ? (
            <OpenSide
              review={review}
              rows={rows}
              missing={missing}
              compared={compared}
              busy={acts.busy}
              refused={acts.refused}
              onAct={acts.act}
            />
          ) : (
            <ClosedSide review={review} pages={pages} held={held} onDiscard={() => hold(undefined)} />
          )}
        </aside>
      </main>
      {editing ? (
        <EditBar edit={edit} onLeave={leaveEdit} />
      ) : open ? (
        <DecisionBar
          review={shown}
          missing={missing}
          stale={stale}
          decide={decide}
          onLead={lead}
          onEdit={() => move({ edit: 'start' }, { step: true })}
        />
      ) : (
        <ClosedBar review={review} near={near} arrived={wasOpen} />
      )}
    </div>
  );
}

/** Escape leaves the edit even while typing: nothing is lost by it. */
function useEscapeWhileTyping(on: boolean, leave: () => void) {
  useEffect(() => {
    if (!on) return undefined;
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      leave();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [on, leave]);
}
