import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { TextField } from '../shared/field.js';
import { Note } from '../shared/note.js';
import { useUrlState } from '../shared/url-state.js';
import { Door } from './door.js';
import { safeNext } from './link-token.js';

/** The door for a member. */
export function SignInPage() {
  const [{ next }] = useUrlState();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [left, setLeft] = useState(false);
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => ask('get /api/setup', { signal }) });
  const signIn = useMutation({
    mutationFn: () => ask('post /api/auth/sign-in/email', { body: { email: email.trim(), password } }),
    // A whole page load: nothing of whoever was here before stays in memory.
    onSuccess: () => window.location.assign(safeNext(next)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (email.trim() && password) signIn.mutate();
  };
  return (
    <Door title="Sign in" about={next ? 'You come back to the page you asked for.' : undefined}>
      {setup.data?.needed ? (
        <Note title="Nobody has set this server up yet.">
          Open the link that it printed when it started. <code>npm run countersign -- owner-link</code> prints it again.
        </Note>
      ) : null}
      <form noValidate onSubmit={submit}>
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={left && !email.trim() ? 'Write the e-mail address you were invited with.' : undefined}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={left && !password ? 'Write your password.' : undefined}
        />
        {signIn.error ? (
          <Note tone="not-found" live="alert">
            {refusalWords(signIn.error)}
          </Note>
        ) : null}
        <Button tone="primary" type="submit" busy={signIn.isPending || signIn.isSuccess ? 'Signing in…' : false}>
          Sign in
        </Button>
      </form>
      <p className="faint sm more">No account? An admin of your team can invite you.</p>
    </Door>
  );
}

function refusalWords(error: unknown): string {
  if (error instanceof ApiError && (error.status === 401 || error.status === 400)) {
    return 'E-mail and password do not match. Check both, or ask an admin for a new invitation.';
  }
  return sentenceOf(error);
}
