import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Target } from '../../api/contract/index.js';
import { isUnauthenticated, readGitAddress } from '../../workflows/domain/git-address.js';
import { trackKeys } from '../../workflows/domain/tracks.js';
import { ask } from '../shared/api.js';
import { Button } from '../shared/button.js';
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
  const admin = useMay('admin');
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
      {data && admin ? (
        <AddGit track={data.targets[0]?.track ?? trackKeys[0]} installed={data.git !== undefined} />
      ) : null}
    </Section>
  );
}

const words = {
  folder: {
    label: 'Folder on this server',
    missing: 'Write a folder.',
    hint: 'A path without a leading slash is below the data folder.',
  },
  git: {
    label: 'Repository, branch and folder',
    missing: 'Write a repository and a branch.',
    hint: 'As git@host:team/handbook.git#main:docs, or /srv/handbook.git#main. Each approval becomes one commit, pushed to the end of the branch. Leave out passwords: git signs in as the user that runs Countersign.',
  },
} as const;

/** A place that is not there yet: a git repository beside the folder. */
function AddGit({ track, installed }: { track: Target['track']; installed: boolean }) {
  const [id, setId] = useState<string>();
  if (!installed) {
    return (
      <Note tone="drifted" title="Git is not installed on this server.">
        Install it to publish to a git repository.
      </Note>
    );
  }
  if (id === undefined) {
    return <Button onClick={() => setId(newTargetId())}>Add a git repository</Button>;
  }
  const fresh = { id, kind: 'git', name: '', address: '', track, active: true } as const;
  return <TargetForm target={{ ...fresh, changedAt: '' }} onAdded={() => setId(undefined)} />;
}

/** A version 4 UUID. Works over plain http, where randomUUID does not. */
function newTargetId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'[(bytes[8] ?? 0) % 4] ?? '8';
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`];
  return `${parts.join('-')}-${hex.slice(20)}`;
}

function addressTrouble(kind: Target['kind'], address: string): string | undefined {
  if (address === '') return words[kind].missing;
  if (kind === 'folder') return undefined;
  const read = readGitAddress(address);
  return read.ok ? undefined : read.words;
}

function gitHint(address: string): string {
  const read = readGitAddress(address);
  const open = read.ok && isUnauthenticated(read.address);
  return open ? 'git:// proves to nobody who the other side is: use it inside your own network only.' : words.git.hint;
}

function TargetForm({ target, onAdded }: { target: Target; onAdded?: () => void }) {
  const admin = useMay('admin');
  const client = useQueryClient();
  const form = useForm({ name: target.name, address: target.address, active: target.active });
  const save = useMutation({
    mutationFn: () =>
      ask('put /api/targets/{id}', {
        params: { id: target.id },
        body: {
          kind: target.kind,
          name: form.value.name.trim(),
          address: form.value.address.trim(),
          active: form.value.active,
          track: target.track ?? trackKeys[0],
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['targets'] });
      form.reset();
      onAdded?.();
    },
  });
  const wrong = {
    name: form.value.name.trim() ? undefined : 'Give the place a name.',
    address: addressTrouble(target.kind, form.value.address.trim()),
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
        error={form.changed ? wrong.name : undefined}
      />
      <TextField
        label={words[target.kind].label}
        hint={
          target.kind === 'git'
            ? gitHint(form.value.address.trim())
            : target.place
              ? `Files are at ${target.place}. A path without a leading slash is below the data folder.`
              : words.folder.hint
        }
        maxLength={500}
        disabled={!admin}
        spellCheck={false}
        value={form.value.address}
        onChange={(event) => form.set({ address: event.target.value })}
        error={form.changed ? wrong.address : undefined}
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
      {form.value.address !== target.address && onAdded === undefined ? (
        <Note tone="drifted" title="Pages approved for the old place go back to review.">
          What was published stays where it is.
        </Note>
      ) : null}
      {onAdded === undefined ? <p className="sm faint">Changed {when(target.changedAt)}.</p> : null}
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
