import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { TextField } from '../shared/field.js';
import { Lines } from '../shared/loading.js';
import { Note } from '../shared/note.js';
import { roleWords } from '../shared/role-words.js';
import { Door } from './door.js';
import { linkToken } from './link-token.js';
import { passwordHint, passwordTrouble } from '../shared/password-words.js';

/** A link by which somebody joins. Opening it changes nothing; it works again after being cut off half-way. */
export function InvitationPage() {
  const token = linkToken();
  const facts = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => ask('post /api/invitations/look-up', { body: { token } }),
    enabled: token !== '',
    retry: false,
    staleTime: Infinity,
  });
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [left, setLeft] = useState(false);
  const accept = useMutation({
    mutationFn: () => ask('post /api/invitations/accept', { body: { token, name: name.trim(), password } }),
    onSuccess: () => window.location.replace('/inbox'),
  });
  if (!token || facts.error) {
    return (
      <Door title="This link does not work" about={token ? sentenceOf(facts.error) : 'A part of it is missing.'}>
        <p className="dim">
          Ask the person who sent it for a new one. If you joined already, <SignInLink />.
        </p>
      </Door>
    );
  }
  if (!facts.data) {
    return (
      <Door title="Join Countersign">
        <Lines rows={3} />
      </Door>
    );
  }
  const { email, role, invitedBy, organisation } = facts.data;
  const wrong = {
    name: name.trim() ? undefined : 'Write your name as it should stand on the record.',
    password: passwordTrouble(password),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (!wrong.name && !wrong.password) accept.mutate();
  };
  return (
    <Door
      title={organisation ? `Join ${organisation}` : 'Join Countersign'}
      about={
        <>
          {invitedBy} invited {email} as <b>{roleWords[role].name.toLowerCase()}</b>: {roleWords[role].may}.
        </>
      }
    >
      <form noValidate onSubmit={submit}>
        <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
        <TextField
          label="Your name"
          hint="As it should stand beside what you do here."
          autoComplete="name"
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={left ? wrong.name : undefined}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          hint={passwordHint}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={left ? wrong.password : undefined}
        />
        {accept.error ? (
          <Note tone="not-found" live="alert" title="Not joined yet.">
            {sentenceOf(accept.error)}
          </Note>
        ) : null}
        <Button tone="primary" type="submit" busy={accept.isPending || accept.isSuccess ? 'Joining…' : false}>
          Join
        </Button>
      </form>
      <p className="faint sm more">
        Joined already? <SignInLink />.
      </p>
    </Door>
  );
}

function SignInLink() {
  return (
    <Link className="link" to="/sign-in">
      sign in
    </Link>
  );
}
