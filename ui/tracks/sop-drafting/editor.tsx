import { useEffect, useRef } from 'react';
import type { EditorProps } from '../../review/track-pages.js';
import { TextArea, TextField } from '../../shared/field.js';
import { Decisions, Exceptions } from './edit-exceptions.js';
import { Format, OwnSections } from './edit-sections.js';
import { Steps } from './edit-steps.js';
import { Lines } from './edit-lines.js';

/** The words of the first trouble at a path. */
export function troubleAt(troubles: EditorProps['troubles'], path: string): string | undefined {
  return troubles.find((trouble) => trouble.path === path)?.words;
}

/** The field to begin at: the item named, or the first field. */
function useStartAt(at: string | undefined) {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const item = at === undefined ? null : form.current?.querySelector(`[data-item="${CSS.escape(at)}"]`);
    const field = (item ?? form.current)?.querySelector<HTMLElement>(
      item?.getAttribute('data-first') ?? 'input, textarea',
    );
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  }, [at]);
  return form;
}

/** An SOP as a form: every part of it can be written, added, moved and removed. */
export function SopEditor({ draft, onChange, troubles, at, sources }: EditorProps) {
  const form = useStartAt(at);
  const line = (name: 'title' | 'owner' | 'approver', label: string, hint?: string) => (
    <div data-item={name}>
      <TextField
        label={label}
        hint={hint}
        value={draft[name]}
        error={troubleAt(troubles, name)}
        onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
      />
    </div>
  );
  const text = (name: 'purpose' | 'scope', label: string, rows: number, hint?: string) => (
    <div data-item={name}>
      <TextArea
        label={label}
        hint={hint}
        rows={rows}
        value={draft[name]}
        error={troubleAt(troubles, name)}
        onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
      />
    </div>
  );
  return (
    <div className="editor" ref={form}>
      <Format draft={draft} onChange={onChange} />
      {line('title', 'Title')}
      <div className="pair">
        {line('owner', 'Owner', 'Who keeps this SOP true.')}
        {line('approver', 'Approver', 'As it stands on the page.')}
      </div>
      {text('scope', 'Applies to', 2)}
      {text('purpose', 'Purpose', 3)}
      <Lines
        title="Systems of record"
        one="system"
        path="systemsOfRecord"
        lines={draft.systemsOfRecord}
        troubles={troubles}
        onChange={(systemsOfRecord) => onChange({ ...draft, systemsOfRecord })}
      />
      <Lines
        title="Before you start"
        one="line"
        path="prerequisites"
        lines={draft.prerequisites}
        troubles={troubles}
        onChange={(prerequisites) => onChange({ ...draft, prerequisites })}
      />
      <Steps draft={draft} onChange={onChange} troubles={troubles} sources={sources} at={at} />
      <Decisions draft={draft} onChange={onChange} troubles={troubles} />
      <Exceptions draft={draft} onChange={onChange} troubles={troubles} at={at} />
      <div data-item="revision">
        <TextField
          label="What is new in this version"
          hint="A line of the revision history."
          value={draft.revision}
          error={troubleAt(troubles, 'revision')}
          onChange={(event) => onChange({ ...draft, revision: event.target.value })}
        />
      </div>
      <OwnSections draft={draft} onChange={onChange} troubles={troubles} />
    </div>
  );
}
