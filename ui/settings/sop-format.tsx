import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { SopTemplateAnswer } from '../../api/contract/index.js';
import { templateSectionsSchema, type Section as SopSection } from '../../workflows/domain/sop-drafting/template.js';
import { ask } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { when } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { FieldError } from '../shared/field.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { sopTemplateQuery, useMay } from '../shared/queries.js';
import { SaveRow } from './save-row.js';
import { Section } from './section.js';
import { SopFormatRow } from './sop-format-row.js';

/** The team's standard format of an SOP: which sections, in which order, under which names. */
export function SopFormat() {
  const { data, error, refetch } = useQuery(sopTemplateQuery);
  return (
    <Section
      title="SOP format"
      about="The sections of every SOP, in the order of the page. A draft keeps the version it was made with, until somebody uses a newer one."
    >
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Lines rows={8} /> : null}
      {data ? <FormatForm key={data.version} stored={data} /> : null}
      {data ? <Versions versions={data.versions} /> : null}
    </Section>
  );
}

/** A section's key: x- and eight hex digits, made here so that a new section has one before it is saved. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return `x-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function swapped(sections: readonly SopSection[], at: number, by: -1 | 1): SopSection[] {
  const list = [...sections];
  const [one] = list.splice(at, 1);
  if (one) list.splice(at + by, 0, one);
  return list;
}

function FormatForm({ stored }: { stored: SopTemplateAnswer }) {
  const admin = useMay('admin');
  const client = useQueryClient();
  const [sections, setSections] = useState<readonly SopSection[]>(stored.sections);
  const [said, setSaid] = useState('');
  const changed = JSON.stringify(sections) !== JSON.stringify(stored.sections);
  const checked = templateSectionsSchema.safeParse(sections);
  const wrong = checked.success ? undefined : checked.error.issues[0];
  const row = typeof wrong?.path[0] === 'number' ? wrong.path[0] : undefined;
  const save = useMutation({
    mutationFn: () => ask('post /api/sop-template', { body: { baseVersion: stored.version, sections: [...sections] } }),
    onSuccess: () => client.invalidateQueries({ queryKey: sopTemplateQuery.queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (checked.success && changed) save.mutate();
  };
  const put = (at: number, change: Partial<SopSection>) =>
    setSections(sections.map((section, index) => (index === at ? { ...section, ...change } : section)));
  const move = (at: number, by: -1 | 1) => {
    if (at + by < 0 || at + by >= sections.length) return;
    setSections(swapped(sections, at, by));
    setSaid(`${sections[at]?.name ?? ''} is now number ${String(at + by + 1)} of ${String(sections.length)}.`);
  };
  return (
    <form noValidate onSubmit={submit}>
      <ol className="format-rows">
        {sections.map((section, at) => (
          <SopFormatRow
            key={section.key}
            section={section}
            at={at}
            count={sections.length}
            disabled={!admin}
            wrong={
              changed && row === at
                ? section.name.trim() === ''
                  ? 'Give the section a name.'
                  : 'At most 80 characters.'
                : undefined
            }
            onChange={(change) => put(at, change)}
            onMove={(by) => move(at, by)}
            onRemove={() => {
              setSections(sections.filter((_, index) => index !== at));
              setSaid(`${section.name} is taken out.`);
            }}
          />
        ))}
      </ol>
      <p className="vh" role="status">
        {said}
      </p>
      {changed && wrong && row === undefined ? <FieldError>{wrong.message}</FieldError> : null}
      {admin ? (
        <div className="stack">
          <p>
            <Button
              small
              disabled={sections.length >= 30}
              onClick={() => setSections([...sections, { key: newKey(), name: '', required: false }])}
            >
              <Icon name="plus" />
              Add a section
            </Button>
          </p>
          <SaveRow
            changed={changed}
            saving={save.isPending}
            saved={save.isSuccess}
            error={save.error}
            onReset={() => {
              setSections(stored.sections);
              save.reset();
            }}
          />
        </div>
      ) : null}
    </form>
  );
}

function Versions({ versions }: { versions: SopTemplateAnswer['versions'] }) {
  return (
    <>
      <h3>Versions</h3>
      <ul className="format-versions sm">
        {versions.map(({ version, madeBy, madeAt }) => (
          <li key={version}>
            Version {version}, by {madeBy.name}, {when(madeAt)}
          </li>
        ))}
        <li>The format that comes with Countersign</li>
      </ul>
    </>
  );
}
