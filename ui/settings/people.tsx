import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Member } from '../../api/contract/index.js';
import { roles, type Role } from '../../workflows/domain/roles.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { dayAndYear } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { FieldError } from '../shared/field.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { Who } from '../shared/person.js';
import { membersQuery, useMay, useMe } from '../shared/queries.js';
import { roleWords } from '../shared/role-words.js';
import { Deactivate } from './deactivate.js';
import { Invitations } from './invitations.js';
import { Invite } from './invite.js';
import { Section } from './section.js';

/** Who is here, what each may do, and who is invited. */
export function People() {
  const admin = useMay('admin');
  const [inviting, setInviting] = useState(false);
  const { data, error, refetch } = useQuery(membersQuery);
  const active = data?.members.filter((member) => member.active) ?? [];
  const gone = data?.members.filter((member) => !member.active) ?? [];
  return (
    <Section
      title="People"
      about="Each role may do what the one before it may. Every change stands on the record."
      aside={
        admin ? (
          <Button tone="primary" onClick={() => setInviting(true)}>
            Invite
          </Button>
        ) : undefined
      }
    >
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Lines rows={5} /> : null}
      {data ? (
        <ul className="members">
          {[...active, ...gone].map((member) => (
            <MemberRow key={member.id} member={member} admin={admin} />
          ))}
        </ul>
      ) : null}
      <dl className="rolelist">
        {roles.map((role) => (
          <div key={role}>
            <dt>{roleWords[role].name}</dt>
            <dd>{roleWords[role].may}</dd>
          </div>
        ))}
      </dl>
      {admin ? <Invitations /> : null}
      <Invite open={inviting} onOpenChange={setInviting} />
    </Section>
  );
}

function MemberRow({ member, admin }: { member: Member; admin: boolean }) {
  const me = useMe();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  const settle = async () => {
    await client.invalidateQueries({ queryKey: ['members'] });
    await client.invalidateQueries({ queryKey: ['me'] });
  };
  const setRole = useMutation({
    mutationFn: (role: Role) => ask('post /api/members/{id}/role', { params: { id: member.id }, body: { role } }),
    onSettled: settle,
  });
  const reactivate = useMutation({
    mutationFn: () => ask('post /api/members/{id}/reactivate', { params: { id: member.id } }),
    onSettled: settle,
  });
  const self = member.id === me.person.id;
  const trouble = setRole.error ?? reactivate.error;
  const shown = setRole.isPending ? setRole.variables : member.role;
  return (
    <li className={member.active ? undefined : 'gone'}>
      <Who name={member.name} />
      <div className="words">
        <p className="cut">
          <b>{member.name}</b> {self ? <span className="faint sm">you</span> : null}
        </p>
        <p className="sm faint cut">
          {member.email ? `${member.email}, ` : ''}since {dayAndYear(member.joinedAt)}
          {awayWords(member)}
          {member.calendarLinkSince ? ', has a calendar link' : ''}
        </p>
        {trouble ? <FieldError>{sentenceOf(trouble)}</FieldError> : null}
      </div>
      {member.active && admin ? (
        <label>
          <span className="vh">Role of {member.name}</span>
          <span className="select">
            <select
              className="input"
              value={shown}
              onChange={(event) => {
                const role = roles.find((one) => one === event.target.value);
                if (role && role !== member.role) setRole.mutate(role);
              }}
            >
              {roles.map((role) => (
                <option key={role} value={role}>
                  {roleWords[role].name}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        </label>
      ) : (
        <span className="faint sm">{member.active ? roleWords[member.role].name : 'Deactivated'}</span>
      )}
      {admin && member.active && !self ? (
        <Button small tone="quiet" onClick={() => setLeaving(true)} aria-label={`Deactivate ${member.name}`}>
          Deactivate
        </Button>
      ) : null}
      {admin && !member.active ? (
        <Button small busy={reactivate.isPending ? 'Letting in…' : false} onClick={() => reactivate.mutate()}>
          Let in again
        </Button>
      ) : null}
      <Deactivate member={member} open={leaving} onOpenChange={setLeaving} onDone={settle} />
    </li>
  );
}

function awayWords({ awayUntil, deputy }: Member): string {
  if (!awayUntil || Date.parse(awayUntil) < Date.now()) return '';
  return `, away until ${dayAndYear(awayUntil)}${deputy ? `, ${deputy.name} stands in` : ''}`;
}
