import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { SelectField, TextField } from '../shared/field.js';
import { Note } from '../shared/note.js';
import { thisZone, timeZones } from '../shared/time-zones.js';
import { Door } from './door.js';
import { linkToken } from './link-token.js';
import { passwordHint, passwordTrouble } from '../shared/password-words.js';

/** The owner's one-time link. It can be opened again until it has succeeded. */
export function SetUpPage() {
  const token = linkToken();
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => ask('get /api/setup', { signal }) });
  if (setup.data && !setup.data.needed) {
    return (
      <Door title="This server is set up" about="Its first admin exists, so this link has done its work.">
        <Link className="link" to="/sign-in">
          Sign in
        </Link>
      </Door>
    );
  }
  if (!token) {
    return (
      <Door title="Set up Countersign" about="This page needs the whole link that the server printed when it started.">
        <p className="dim">
          <code>npm run countersign -- owner-link</code> prints it again.
        </p>
      </Door>
    );
  }
  return <SetUpForm token={token} />;
}

function SetUpForm({ token }: { token: string }) {
  const [form, setForm] = useState({ name: '', email: '', password: '', organisation: '', timeZone: thisZone });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const set = (name: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm((before) => ({ ...before, [name]: event.target.value }));
  const leave = (name: string) => () => setLeft((before) => new Set(before).add(name));
  const wrong = {
    name: form.name.trim() ? undefined : 'Write your name as it should stand on the record.',
    email: /^\S+@\S+\.\S+$/.test(form.email.trim()) ? undefined : 'Write an e-mail address, as name@example.org.',
    password: passwordTrouble(form.password),
  };
  const shown = (name: keyof typeof wrong) => (left.has(name) ? wrong[name] : undefined);
  const setUp = useMutation({
    mutationFn: () =>
      ask('post /api/setup', {
        body: {
          token,
          name: form.name.trim(),
          email: form.email.trim(),
          password: form.password,
          timeZone: form.timeZone,
          ...(form.organisation.trim() ? { organisation: form.organisation.trim() } : {}),
        },
      }),
    onSuccess: () => window.location.replace('/'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(new Set(['name', 'email', 'password']));
    if (Object.values(wrong).every((sentence) => !sentence)) setUp.mutate();
  };
  return (
    <Door
      title="Set up Countersign"
      about="You become its first admin. Drafts are written for you; nothing leaves until a named person has approved exactly what leaves."
    >
      <form noValidate onSubmit={submit}>
        <TextField
          label="Your name"
          hint="As it should stand beside what you approve."
          autoComplete="name"
          autoFocus
          value={form.name}
          onChange={set('name')}
          onBlur={leave('name')}
          error={shown('name')}
        />
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          value={form.email}
          onChange={set('email')}
          onBlur={leave('email')}
          error={shown('email')}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          hint={passwordHint}
          value={form.password}
          onChange={set('password')}
          onBlur={leave('password')}
          error={shown('password')}
        />
        <TextField
          label="Organisation"
          optional
          autoComplete="organization"
          value={form.organisation}
          onChange={set('organisation')}
        />
        <SelectField
          label="Time zone"
          hint="Weeks and due dates are counted in it."
          value={form.timeZone}
          onChange={set('timeZone')}
          options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
        {setUp.error ? (
          <Note tone="not-found" live="alert" title="Not set up yet.">
            {sentenceOf(setUp.error)}
          </Note>
        ) : null}
        <Button tone="primary" type="submit" busy={setUp.isPending || setUp.isSuccess ? 'Setting up…' : false}>
          Set up and sign in
        </Button>
      </form>
    </Door>
  );
}
