import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Settings } from '../../api/contract/index.js';
import { ask } from '../shared/api.js';
import { Failure } from '../shared/failure.js';
import { SelectField, TextField } from '../shared/field.js';
import { Lines } from '../shared/loading.js';
import { useMay } from '../shared/queries.js';
import { timeZones } from '../shared/time-zones.js';
import { SaveRow } from './save-row.js';
import { Section } from './section.js';
import { useForm } from './use-form.js';

/** The house's name and clock, and what proves its record. */
export function Server() {
  const { data, error, refetch } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => ask('get /api/settings', { signal }),
  });
  return (
    <Section title="This server">
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Lines rows={5} /> : null}
      {data ? <ServerForm settings={data} /> : null}
    </Section>
  );
}

function ServerForm({ settings }: { settings: Settings }) {
  const admin = useMay('admin');
  const client = useQueryClient();
  const form = useForm({
    organisation: settings.organisation,
    timeZone: settings.timeZone,
    singleKeys: settings.singleKeys,
  });
  const save = useMutation({
    mutationFn: () => ask('patch /api/settings', { body: form.value }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['settings'] });
      await client.invalidateQueries({ queryKey: ['me'] });
      form.reset();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const zones = timeZones.includes(settings.timeZone) ? timeZones : [settings.timeZone, ...timeZones];
  return (
    <form className="fields" noValidate onSubmit={submit}>
      <TextField
        label="Organisation"
        maxLength={120}
        disabled={!admin}
        value={form.value.organisation}
        onChange={(event) => form.set({ organisation: event.target.value })}
      />
      <SelectField
        label="Time zone"
        hint="Weeks of the timeline and due dates are counted in it."
        disabled={!admin}
        value={form.value.timeZone}
        onChange={(event) => form.set({ timeZone: event.target.value })}
        options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      <label className="choice">
        <input
          type="checkbox"
          disabled={!admin}
          checked={form.value.singleKeys}
          onChange={(event) => form.set({ singleKeys: event.target.checked })}
        />
        <span>
          Single keys <small>For everybody who has not chosen otherwise in their own browser.</small>
        </span>
      </label>
      {admin ? (
        <SaveRow
          changed={form.changed}
          saving={save.isPending}
          saved={save.isSuccess}
          error={save.error}
          onReset={form.reset}
        />
      ) : null}
      <dl className="kvlist">
        <dt>Address</dt>
        <dd>{settings.publicUrl}</dd>
        <dt>Key of the record</dt>
        <dd className="fp">{settings.signingKeyId}</dd>
        <dt>Version</dt>
        <dd>{settings.version}</dd>
      </dl>
    </form>
  );
}
