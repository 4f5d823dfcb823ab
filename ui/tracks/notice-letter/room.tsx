import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { LetterReview } from '../../../api/contract/index.js';
import { draftedVersion } from '../../review/authors.js';
import { ClosedBar, ClosedSide, Outcome } from '../../review/closed.js';
import { DecisionBar } from '../../review/decision-bar.js';
import { focusMissing, rowInFocus } from '../../review/lead.js';
import { useNeighbours } from '../../review/neighbours.js';
import { RoomBar } from '../../review/room-bar.js';
import { useRoomState } from '../../review/search.js';
import { StaleNote } from '../../review/stale.js';
import { Tabs } from '../../review/tabs.js';
import { useActs } from '../../review/use-acts.js';
import { useDecide } from '../../review/use-decide.js';
import { useSeen } from '../../review/use-seen.js';
import { useCompared } from '../../review/versions.js';
import { useKeys } from '../../shared/keys.js';
import { useMe } from '../../shared/queries.js';
import { noticeLetterFace as face } from '../notice-letter.js';
import { LetterEditBar, LetterEditor, LetterEditSide } from './editor.js';
import { LetterMiddle } from './middle.js';
import { letterMissing } from './missing.js';
import { LetterSide } from './side.js';
import { StandsOn } from './stands-on.js';
import { useLetterEdit } from './use-letter-edit.js';

/** Which earlier version it is compared with: the drafter's, or the one that a redraft was made from. */
function useChanges(review: LetterReview, chosen: number | undefined) {
  const numbers = useMemo(
    () => review.versions.filter((version) => !version.alternative).map((version) => version.version),
    [review.versions],
  );
  const drafted = draftedVersion(review.versions, review.draftVersion)?.version;
  const before = numbers.filter((n) => n < review.draftVersion).at(-1);
  const from = chosen ?? (drafted === undefined || drafted === review.draftVersion ? before : drafted);
  const to = useMemo(() => ({ version: review.draftVersion, draft: review.draft }), [review]);
  const { compared, error } = useCompared(face, review.runId, from, to, numbers);
  return { from, compared, error, changes: compared?.items.filter((item) => item.state !== 'same').length ?? 0 };
}

/** The room of a letter: what it stands on, the letter itself, what is asked of the person, the decision below. */
export function LetterRoom({ review }: { review: LetterReview }) {
  const me = useMe();
  const navigate = useNavigate();
  const [state, move] = useRoomState();
  const near = useNeighbours(review.id);
  const { shown, stale, look } = useSeen(review, me.person.id);
  const open = review.state === 'open';
  const editing = open && state.edit !== undefined && review.mayEdit.ok;
  const [wasOpen] = useState(open);
  const leave = useCallback(() => move({ edit: undefined }), [move]);
  const edit = useLetterEdit(review, leave);
  const decide = useDecide(shown);
  const rows = useMemo(() => letterMissing(review), [review]);
  const missing = review.requirements.filter((item) => !item.fulfilled).length;
  const { from, compared, error, changes } = useChanges(shown, state.from);
  const acts = useActs(review, move);
  const view = !open && state.view === 'missing' ? 'text' : state.view;

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
  const confirm = () => {
    const said = rows.find((row) => row.key === rowInFocus()?.key)?.acts.find((act) => act.kind === 'confirm');
    if (said) acts.act(said);
    else lead();
  };
  useKeys([
    { keys: 'j', label: 'next review', group: 'Reviews', on: open && !!near.next, run: () => near.next?.() },
    { keys: 'k', label: 'previous review', group: 'Reviews', on: !!near.previous, run: () => near.previous?.() },
    {
      keys: 'Escape',
      label: editing ? 'leave the edit, keep the words' : 'back to the inbox',
      group: 'This review',
      run: () => (editing ? leave() : void navigate({ to: '/inbox' })),
    },
    { keys: 'c', label: 'confirm the thing in focus', group: 'This review', on: open && !editing, run: confirm },
    {
      keys: 'd',
      label: 'changes, or the letter',
      group: 'This review',
      run: () => move({ view: view === 'changes' ? 'text' : 'changes' }),
    },
  ]);
  useEscapeWhileTyping(editing, leave);

  return (
    <div className="room review">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <RoomBar review={review} near={near} />
      <Tabs {...{ view, move, changes, missing, open, editing }} sources="Contract" />
      {open ? null : <Outcome review={review} held={undefined} pages={face} />}
      {open && stale ? <StaleNote review={review} seen={shown} pages={face} onLook={showChange} /> : null}
      <main className={`sop view-${view}${editing ? ' editing' : ''}`} id="main" tabIndex={-1}>
        <section className="pane src" aria-label="What it stands on">
          <StandsOn review={shown} />
        </section>
        <section className="pane mid" aria-label={editing ? 'Edit' : 'The letter'}>
          {editing ? (
            <>
              <header>
                <h2>Edit</h2>
                <span className="faint cut">the days and clauses beside it come from the approved summary</span>
              </header>
              <LetterEditor edit={edit} at={state.edit ?? 'start'} earliest={review.draft.facts.writtenOn} />
            </>
          ) : (
            <LetterMiddle {...{ from, compared, error, changes, move }} review={shown} comparing={view === 'changes'} />
          )}
        </section>
        <aside className="pane side" aria-label={open ? 'Before approval' : 'What happened next'}>
          {editing ? (
            <LetterEditSide edit={edit} secondPerson={review.policy.secondPerson} />
          ) : open ? (
            <LetterSide {...{ review, rows, missing }} busy={acts.busy} refused={acts.refused} onAct={acts.act} />
          ) : (
            <ClosedSide review={review} held={undefined} onDiscard={() => undefined} />
          )}
        </aside>
      </main>
      {editing ? (
        <LetterEditBar edit={edit} onLeave={leave} />
      ) : open ? (
        <DecisionBar
          {...{ missing, stale, decide }}
          review={shown}
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
