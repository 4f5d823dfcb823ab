import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { TextField } from '../shared/field.js';
import { useMe } from '../shared/queries.js';
import { passwordHint, passwordTrouble } from '../shared/password-words.js';

/** Changes the password and signs every other browser out. */
export function Password() {
  const me = useMe();
  const [now, setNow] = useState('');
  const [next, setNext] = useState('');
  const [left, setLeft] = useState(false);
  const change = useMutation({
    mutationFn: () =>
      ask('post /api/auth/change-password', {
        body: { currentPassword: now, newPassword: next, revokeOtherSessions: true },
      }),
    onSuccess: () => {
      setNow('');
      setNext('');
      setLeft(false);
    },
  });
  const refused = change.error instanceof ApiError && change.error.code === 'not_permitted';
  const wrong = { now: now ? undefined : 'Write the password you have now.', next: passwordTrouble(next) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (!wrong.now && !wrong.next) change.mutate();
  };
  return (
    <>
      <h3>Password</h3>
      <form className="fields" noValidate onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={me.person.email} readOnly />
        <TextField
          label="Password now"
          type="password"
          autoComplete="current-password"
          value={now}
          onChange={(event) => setNow(event.target.value)}
          error={left && wrong.now ? wrong.now : refused ? 'This is not your password.' : undefined}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          hint={passwordHint}
          value={next}
          onChange={(event) => setNext(event.target.value)}
          error={left && wrong.next ? wrong.next : change.error && !refused ? sentenceOf(change.error) : undefined}
        />
        <div className="row">
          <Button type="submit" busy={change.isPending ? 'Changing…' : false}>
            Change password
          </Button>
          <span className="sm faint" role="status">
            {change.isSuccess ? 'Changed. Other browsers were signed out.' : ''}
          </span>
        </div>
      </form>
    </>
  );
}
