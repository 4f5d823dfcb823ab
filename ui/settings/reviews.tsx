import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { TrackSetting } from '../../api/contract/index.js';
import { trackPolicySchema } from '../../workflows/domain/policy.js';
import { ask } from '../shared/api.js';
import { Failure } from '../shared/failure.js';
import { TextField } from '../shared/field.js';
import { Lines } from '../shared/loading.js';
import { useMay } from '../shared/queries.js';
import { SaveRow } from './save-row.js';
import { Section } from './section.js';
import { useForm } from './use-form.js';

/** How reviews are held: who may approve what, and by when. */
export function Reviews() {
  const { data, error, refetch } = useQuery({
    queryKey: ['tracks'],
    queryFn: ({ signal }) => ask('get /api/tracks', { signal }),
  });
  return (
    <Section
      title="Reviews"
      about="Reviews that are open already keep the rules they were opened with. Nothing is ever approved by time."
    >
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Lines rows={6} /> : null}
      {data?.tracks.map((track) => (
        <PolicyForm key={track.key} track={track} />
      ))}
    </Section>
  );
}

const secondPerson = [
  { value: 'always', label: 'Always', may: 'whoever wrote a version cannot approve it' },
  {
    value: 'where-there-is-one',
    label: 'As soon as there is one',
    may: 'once two people may approve, it is asked for',
  },
  { value: 'never', label: 'Never', may: 'the record then says “single-person approval”' },
] as const;

function PolicyForm({ track }: { track: TrackSetting }) {
  const admin = useMay('admin');
  const client = useQueryClient();
  const { policy } = track;
  const form = useForm({
    secondPerson: policy.secondPerson,
    dueHours: String(policy.dueHours),
    reminderHours: String(policy.reminderHours),
    graceSeconds: String(policy.graceSeconds),
  });
  const asked = {
    secondPerson: form.value.secondPerson,
    dueHours: Number(form.value.dueHours),
    reminderHours: Number(form.value.reminderHours),
    graceSeconds: Number(form.value.graceSeconds),
  };
  const parsed = trackPolicySchema.safeParse(asked);
  const wrong = (name: string, sentence: string) =>
    parsed.error?.issues.some((issue) => issue.path[0] === name) ? sentence : undefined;
  const save = useMutation({
    mutationFn: () => ask('put /api/tracks/{track}/policy', { params: { track: track.key }, body: asked }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['tracks'] });
      form.reset();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success) save.mutate();
  };
  const hours = 'Write whole hours, 1 to 1440.';
  return (
    <form className="fields" noValidate onSubmit={submit}>
      <h3>{track.label}</h3>
      <fieldset className="choices" disabled={!admin}>
        <legend className="l">A second person for approval</legend>
        {secondPerson.map(({ value, label, may }) => (
          <label key={value} className="choice">
            <input
              type="radio"
              name={`second-${track.key}`}
              checked={form.value.secondPerson === value}
              onChange={() => form.set({ secondPerson: value })}
            />
            <span>
              {label} <small>{may}</small>
            </span>
          </label>
        ))}
        <p className="lab">
          {track.secondPersonNow
            ? 'As things stand now, a second person is asked for.'
            : 'As things stand now, one person is enough.'}
        </p>
      </fieldset>
      <div className="three">
        <TextField
          label="Due after, hours"
          inputMode="numeric"
          disabled={!admin}
          value={form.value.dueHours}
          onChange={(event) => form.set({ dueHours: event.target.value })}
          error={wrong('dueHours', hours)}
        />
        <TextField
          label="Reminder after, hours"
          inputMode="numeric"
          disabled={!admin}
          value={form.value.reminderHours}
          onChange={(event) => form.set({ reminderHours: event.target.value })}
          error={wrong('reminderHours', hours)}
        />
        <TextField
          label="Undo for, seconds"
          inputMode="numeric"
          disabled={!admin}
          hint="0 delivers at once."
          value={form.value.graceSeconds}
          onChange={(event) => form.set({ graceSeconds: event.target.value })}
          error={wrong('graceSeconds', 'Write whole seconds, 0 to 600.')}
        />
      </div>
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
