import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { InboxItem, Me } from '../../api/contract/index.js';
import { mayAct } from '../../workflows/domain/roles.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { Icon } from '../shared/icons.js';
import { minutesLeft } from '../shared/dates.js';
import { useActiveMembers } from '../shared/queries.js';
import { heldByOther } from './need.js';

/** Who is at it: claim it for a quarter of an hour, release it, or give it to somebody. */
export function Claim({ item, me, now }: { item: InboxItem; me: Me; now: Date }) {
  const client = useQueryClient();
  const members = useActiveMembers();
  const settle = async () => {
    await client.invalidateQueries({ queryKey: ['inbox'] });
    await client.invalidateQueries({ queryKey: ['review', item.reviewId] });
  };
  const params = { id: item.reviewId };
  const claim = useMutation({ mutationFn: () => ask('post /api/reviews/{id}/claim', { params }), onSettled: settle });
  const unclaim = useMutation({
    mutationFn: () => ask('post /api/reviews/{id}/unclaim', { params }),
    onSettled: settle,
  });
  const assign = useMutation({
    mutationFn: (person: string | null) => ask('post /api/reviews/{id}/assign', { params, body: { person } }),
    onSettled: settle,
  });
  const other = heldByOther(item, me.person.id, now);
  const left = item.claimExpiresAt ? minutesLeft(item.claimExpiresAt, now) : 0;
  const mine = item.claimedBy?.id === me.person.id && left > 0;
  const trouble = claim.error ?? unclaim.error ?? assign.error;
  const words = trouble
    ? sentenceOf(trouble)
    : other
      ? `${other.name} is reading it${other.minutes === undefined ? '' : `, ${other.minutes} min left`}. You can read it too.`
      : mine
        ? `Claimed by you, ${left} min left. Others can read it.`
        : item.assignee
          ? `Assigned to ${item.assignee.id === me.person.id ? 'you' : item.assignee.name}. Nobody is reading it.`
          : 'Nobody is reading it.';
  const mayClaim = mayAct(me.role, 'operator');
  const people = mayAct(me.role, 'approver') ? members.filter((member) => mayAct(member.role, 'operator')) : [];
  return (
    <>
      <div className="what">
        <p className="sm dim" role={trouble ? 'alert' : undefined}>
          {words}
        </p>
      </div>
      {people.length > 1 ? (
        <label className="assign">
          <span className="vh">Assigned to</span>
          <span className="select">
            <select
              className="input"
              value={item.assignee?.id ?? ''}
              onChange={(event) => assign.mutate(event.target.value || null)}
            >
              <option value="">Nobody’s</option>
              {people.map((member) => (
                <option key={member.id} value={member.id}>
                  {member.id === me.person.id ? `${member.name} (you)` : member.name}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        </label>
      ) : null}
      {mine ? (
        <Button tone="quiet" busy={unclaim.isPending ? 'Releasing…' : false} onClick={() => unclaim.mutate()}>
          Release
        </Button>
      ) : mayClaim && !other ? (
        <Button tone="quiet" busy={claim.isPending ? 'Claiming…' : false} onClick={() => claim.mutate()}>
          Claim
        </Button>
      ) : null}
    </>
  );
}
