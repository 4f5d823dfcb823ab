import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Invitation } from '../../api/contract/index.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { day, when } from '../shared/dates.js';
import { FieldError } from '../shared/field.js';
import { roleWords } from '../shared/role-words.js';

const stateWords = { open: 'open', accepted: 'joined', revoked: 'taken back', expired: 'ran out' } as const;

/** Invitations that are open, and the last ones that are not. */
export function Invitations() {
  const { data, error } = useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => ask('get /api/invitations', { signal }),
  });
  if (error) return <FieldError>{sentenceOf(error)}</FieldError>;
  const shown = data?.invitations.filter((one) => one.state !== 'accepted') ?? [];
  if (shown.length === 0) return null;
  return (
    <>
      <h3>Invitations</h3>
      <ul className="members">
        {shown.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => ask('post /api/invitations/{id}/revoke', { params: { id: invitation.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  });
  const open = invitation.state === 'open';
  return (
    <li className={open ? undefined : 'gone'}>
      <div className="words">
        <p className="cut">
          {invitation.email} <span className="faint sm">{roleWords[invitation.role].name}</span>
        </p>
        <p className="sm faint">
          {open
            ? `by ${invitation.invitedBy.name}, ${when(invitation.createdAt)}, until ${day(invitation.expiresAt)}`
            : stateWords[invitation.state]}
        </p>
        {revoke.error ? <FieldError>{sentenceOf(revoke.error)}</FieldError> : null}
      </div>
      {open ? (
        <Button
          small
          tone="quiet"
          aria-label={`Take back the invitation of ${invitation.email}`}
          busy={revoke.isPending ? 'Taking back…' : false}
          onClick={() => revoke.mutate()}
        >
          Take back
        </Button>
      ) : null}
    </li>
  );
}
