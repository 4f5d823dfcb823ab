import { useEffect, useRef } from 'react';
import { Button } from '../../shared/button.js';
import { TextArea, TextField } from '../../shared/field.js';
import { useKeys } from '../../shared/keys.js';
import { Note } from '../../shared/note.js';
import { modKey } from '../../shared/platform.js';
import { count } from '../../shared/words.js';
import type { LetterEditing, LetterForm } from './use-letter-edit.js';

/** A letter as a form: its few parts, each as it stands on the page. */
export function LetterEditor({ edit, at, earliest }: { edit: LetterEditing; at: string; earliest: string }) {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(at)}"] :is(input, textarea)`);
    (field ?? form.current?.querySelector<HTMLElement>('input'))?.focus();
  }, [at]);
  const part = (name: keyof LetterForm) => ({
    value: edit.form[name],
    error: edit.troubles[name],
    onChange: (event: { target: { value: string } }) => edit.change({ ...edit.form, [name]: event.target.value }),
  });
  return (
    <div className="editor" ref={form}>
      <div data-item="sender">
        <TextField label="From" maxLength={200} hint="The organisation that gives notice." {...part('sender')} />
      </div>
      <div data-item="addressee">
        <TextArea label="To" rows={4} hint="Name and address, one line each." {...part('addressee')} />
      </div>
      <div className="pair">
        <div data-item="day">
          <TextField label="Date" type="date" min={earliest} {...part('day')} />
        </div>
        <div data-item="signatory">
          <TextField
            label="Signed by"
            maxLength={200}
            hint="Name, and function where it counts."
            {...part('signatory')}
          />
        </div>
      </div>
      <div data-item="subject">
        <TextField label="Subject" maxLength={240} {...part('subject')} />
      </div>
      <div data-item="paragraphs">
        <TextArea
          label="Paragraphs"
          rows={12}
          className="serif"
          hint="An empty line begins a new paragraph. No offers, conditions or reasons: a notice has none."
          {...part('paragraphs')}
        />
      </div>
    </div>
  );
}

/** Beside the form: what saving will mean, and what went wrong. */
export function LetterEditSide({ edit, secondPerson }: { edit: LetterEditing; secondPerson: boolean }) {
  return (
    <section>
      <h2>When you save</h2>
      {edit.overtaken ? (
        <Note tone="drifted" live="alert" title="Somebody saved another version while you were editing.">
          Your words are kept. Saving puts the parts that you changed on top of it; leave to look at it first.
        </Note>
      ) : null}
      {edit.error ? (
        <Note tone="not-found" live="alert" title="Not saved.">
          {edit.error} Your words are kept on this page.
        </Note>
      ) : null}
      <p className="sm dim">
        It becomes a new version, with your name. What was confirmed stays confirmed where its value is unchanged.
        {secondPerson ? ' You wrote it then, so somebody else approves it.' : ''}
      </p>
    </section>
  );
}

/** The bar while editing: what is unsaved, and the way out. */
export function LetterEditBar({ edit, onLeave }: { edit: LetterEditing; onLeave: () => void }) {
  const save = () => {
    if (edit.changed > 0) edit.save();
    else onLeave();
  };
  useKeys([
    { keys: '$mod+s', label: 'save', group: 'Editing', run: save },
    { keys: '$mod+Enter', label: 'save', group: 'Editing', hidden: true, run: save },
  ]);
  const wrong = Object.keys(edit.troubles).length;
  return (
    <footer className="decide" aria-label="Editing">
      <div className="what">
        <p>
          <b>{edit.changed === 0 ? 'Nothing changed yet.' : `${count(edit.changed, 'change')} not saved.`}</b>{' '}
          <span className="dim">From version {edit.version}.</span>
        </p>
        {wrong > 0 ? (
          <p className="err" role="alert">
            {count(wrong, 'field')} cannot be saved as {wrong === 1 ? 'it is' : 'they are'}. Each says why.
          </p>
        ) : null}
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
        Save
      </Button>
    </footer>
  );
}
