import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Target } from '../../api/contract/index.js';
import { trackKeys } from '../../workflows/domain/tracks.js';
import { ask } from '../shared/api.js';
import { when } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { TextField } from '../shared/field.js';
import { Lines } from '../shared/loading.js';
import { Note } from '../shared/note.js';
import { useMay } from '../shared/queries.js';
import { SaveRow } from './save-row.js';
import { Section } from './section.js';
import { useForm } from './use-form.js';

/** Where approved pages go. */
export function Publishing() {
  const { data, error, refetch } = useQuery({
    queryKey: ['targets'],
    queryFn: ({ signal }) => ask('get /api/targets', { signal }),
  });
  return (
    <Section title="Publishing" about="Where a page goes once a person has approved it, with its receipt beside it.">
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Lines rows={4} /> : null}
      {data?.targets.length === 0 ? <p className="dim">No place to publish yet.</p> : null}
      {data?.targets.map((target) => (
        <TargetForm key={target.id} target={target} />
      ))}
    </Section>
  );
}

function TargetForm({ target }: { target: Target }) {
  const admin = useMay('admin');
  const client = useQueryClient();
  const form = useForm({ name: target.name, address: target.address, active: target.active });
  const save = useMutation({
    mutationFn: () =>
      ask('put /api/targets/{id}', {
        params: { id: target.id },
        body: {
          name: form.value.name.trim(),
          address: form.value.address.trim(),
          active: form.value.active,
          track: target.track ?? trackKeys[0],
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['targets'] });
      form.reset();
    },
  });
  const wrong = {
    name: form.value.name.trim() ? undefined : 'Give the folder a name.',
    address: form.value.address.trim() ? undefined : 'Write a folder.',
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong.name && !wrong.address) save.mutate();
  };
  return (
    <form className="fields" noValidate onSubmit={submit}>
      <TextField
        label="Name"
        hint="As it stands on a review: “for the Handbook folder”."
        maxLength={80}
        disabled={!admin}
        value={form.value.name}
        onChange={(event) => form.set({ name: event.target.value })}
        error={wrong.name}
      />
      <TextField
        label="Folder on this server"
        hint={
          target.place
            ? `Files are at ${target.place}. A path without a leading slash is below the data folder.`
            : 'A path without a leading slash is below the data folder.'
        }
        maxLength={500}
        disabled={!admin}
        spellCheck={false}
        value={form.value.address}
        onChange={(event) => form.set({ address: event.target.value })}
        error={wrong.address}
      />
      <label className="choice">
        <input
          type="checkbox"
          disabled={!admin}
          checked={form.value.active}
          onChange={(event) => form.set({ active: event.target.checked })}
        />
        <span>
          Publish here <small>Switched off, nothing can be delivered to it.</small>
        </span>
      </label>
      {form.value.address !== target.address ? (
        <Note tone="drifted" title="Pages approved for the old folder go back to review.">
          What was published stays where it is.
        </Note>
      ) : null}
      <p className="sm faint">Changed {when(target.changedAt)}.</p>
      {admin ? (
        <SaveRow
          changed={form.changed}
          saving={save.isPending}
          saved={save.isSuccess}
          error={save.error}
          onReset={form.reset}
        />
      ) : null}
    </form>
  );
}
