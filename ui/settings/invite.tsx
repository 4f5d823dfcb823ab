import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { roles, type Role } from '../../workflows/domain/roles.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { day } from '../shared/dates.js';
import { Dialog, VerbDialog } from '../shared/dialog.js';
import { TextField } from '../shared/field.js';
import { Note } from '../shared/note.js';
import { roleWords } from '../shared/role-words.js';
import { ShownOnce } from './shown-once.js';

/** Invites one person; the link is shown once, to be sent by whatever way the team uses. */
export function Invite({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('approver');
  const [left, setLeft] = useState(false);
  const wrong = /^\S+@\S+\.\S+$/.test(email.trim()) ? undefined : 'Write an e-mail address, as name@example.org.';
  const invite = useMutation({
    mutationFn: () => ask('post /api/invitations', { body: { email: email.trim(), role } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  });
  const close = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setEmail('');
    setLeft(false);
    invite.reset();
  };
  if (invite.data) {
    return (
      <Dialog
        open={open}
        onOpenChange={close}
        title="Send this link"
        description={`It lets ${email.trim()} join as ${roleWords[role].name.toLowerCase()} until ${day(invite.data.expiresAt)}. It is shown only now.`}
      >
        <ShownOnce label="Invitation link" value={invite.data.link} />
        <div className="row verbs">
          <Button tone="primary" onClick={() => close(false)}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <VerbDialog
      verb="Invite"
      open={open}
      onOpenChange={close}
      description="You get a link to send. Opening it changes nothing until a password is chosen."
      busy={invite.isPending ? 'Inviting…' : false}
      onSubmit={() => {
        setLeft(true);
        if (!wrong) invite.mutate();
      }}
    >
      <div className="fields">
        <TextField
          label="E-mail"
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={left ? wrong : undefined}
        />
        <fieldset className="choices">
          <legend className="l">Role</legend>
          {roles.map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="role" checked={role === one} onChange={() => setRole(one)} />
              <span>
                {roleWords[one].name} <small>{roleWords[one].may}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {invite.error ? (
          <Note tone="not-found" live="alert" title="Not invited.">
            {sentenceOf(invite.error)}
          </Note>
        ) : null}
      </div>
    </VerbDialog>
  );
}
