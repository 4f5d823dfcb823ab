import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { SopReview } from '../../api/contract/index.js';
import { Button } from '../shared/button.js';
import { when } from '../shared/dates.js';
import { useKeys } from '../shared/keys.js';
import { Note } from '../shared/note.js';
import { modKey } from '../shared/platform.js';
import { count, list } from '../shared/words.js';
import { ItemWords, titleOf } from './item-change.js';
import type { ItemChange, TrackPages } from './track-pages.js';
import type { Edit } from './use-edit.js';

function ChangeList({ items }: { items: readonly ItemChange[] }) {
  return items.map((item) => (
    <div className="mini" key={item.key}>
      <p className="lab">{titleOf(item)}</p>
      <ItemWords item={item} />
    </div>
  ));
}

function ConflictNote({ edit, pages, base }: { edit: Edit; pages: TrackPages; base: SopReview['draft'] }) {
  const { conflict } = edit;
  const [left, setLeft] = useState<string[]>([]);
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (conflict) note.current?.focus();
  }, [conflict]);
  if (!conflict)
    return left.length === 0 ? null : (
      <Note tone="drifted" live="status" title="Not everything could be carried over.">
        {`${list(left)} ${left.length === 1 ? 'is' : 'are'} no longer there in the other version. Look through it before saving.`}
      </Note>
    );
  const theirs = pages.changes(base, conflict.theirs).filter((item) => item.state !== 'same');
  return (
    <div ref={note} tabIndex={-1} className="conflict">
      <Note
        tone="drifted"
        live="alert"
        title={`${conflict.by ?? 'The drafter'} saved version ${String(conflict.version)}${conflict.at ? ` at ${when(conflict.at)}` : ''}, while you were editing.`}
      >
        Your words are kept. What changed there:
        <ChangeList items={theirs} />
        <div className="acts">
          <Button small tone="primary" onClick={() => setLeft(edit.rebase())}>
            Put mine on top of version {conflict.version}
          </Button>
          <Button small tone="quiet" onClick={edit.discard}>
            Discard mine
          </Button>
        </div>
      </Note>
    </div>
  );
}

/** Beside the form: this person's changes as they are typed, and what saving will mean. */
export function EditSide({ review, pages, edit }: { review: SopReview; pages: TrackPages; edit: Edit }) {
  const draft = useDeferredValue(edit.draft);
  const base = edit.baseVersion === review.draftVersion ? review.draft : undefined;
  const [from] = useState(review.draft);
  const mine = pages.changes(base ?? from, draft).filter((item) => item.state !== 'same');
  return (
    <>
      <section>
        <h2>
          Your changes<span className="lab">{mine.length === 0 ? '' : `${String(mine.length)}, not saved`}</span>
        </h2>
        <ConflictNote edit={edit} pages={pages} base={base ?? from} />
        {edit.error ? (
          <Note tone="not-found" live="alert" title="Not saved.">
            {edit.error} Your words are kept on this page.
          </Note>
        ) : null}
        {mine.length === 0 ? (
          <p className="sm dim">
            What you type is shown here against version {edit.baseVersion}, and kept in this browser until you save.
          </p>
        ) : (
          <ChangeList items={mine} />
        )}
      </section>
      <section>
        <h2>When you save</h2>
        <p className="sm dim">
          It becomes version {edit.baseVersion + 1}, with your name. Steps you changed or moved have to be run again;
          the others keep their ticks.
          {review.policy.secondPerson ? ' You wrote it then, so somebody else approves it.' : ''}
        </p>
      </section>
    </>
  );
}

/** The bar while editing: what is unsaved, and the way out. */
export function EditBar({ edit, onLeave }: { edit: Edit; onLeave: () => void }) {
  const save = () => {
    if (edit.changed > 0) edit.save();
    else onLeave();
  };
  const group = 'Editing';
  useKeys([
    { keys: '$mod+s', label: 'save', group, run: save },
    { keys: '$mod+Enter', label: 'save', group, hidden: true, run: save },
  ]);
  const wrong = edit.troubles.length;
  return (
    <footer className="decide" aria-label="Editing">
      <div className="what">
        <p>
          <b>{edit.changed === 0 ? 'Nothing changed yet.' : `${count(edit.changed, 'change')} not saved.`}</b>{' '}
          <span className="dim">From version {edit.baseVersion}.</span>
        </p>
        {wrong > 0 ? (
          <p className="err" role="alert">
            {count(wrong, 'field')} cannot be saved as {wrong === 1 ? 'it is' : 'they are'}. Each says why.
          </p>
        ) : (
          <p className="lab">Leaving keeps your words in this browser.</p>
        )}
      </div>
      {edit.changed > 0 ? (
        <Button tone="quiet" onClick={edit.discard}>
          Discard
        </Button>
      ) : null}
      <Button hint="esc" onClick={onLeave}>
        Leave
      </Button>
      <Button className="main" tone="primary" hint={`${modKey}S`} busy={edit.saving ? 'Saving…' : false} onClick={save}>
        Save version {edit.baseVersion + 1}
      </Button>
    </footer>
  );
}
