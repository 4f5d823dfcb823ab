import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReviewDetail } from '../../api/contract/index.js';
import { mayAct } from '../../workflows/domain/roles.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { minutesLeft } from '../shared/dates.js';
import { SelectField } from '../shared/field.js';
import { Note } from '../shared/note.js';
import { useActiveMembers, useMay, useMe } from '../shared/queries.js';
import { ReasonDialog } from './reason-dialog.js';

function Withdraw({ review }: { review: ReviewDetail }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button small tone="quiet" onClick={() => setOpen(true)}>
        Withdraw this run
      </Button>
      <ReasonDialog
        verb="Withdraw"
        label="Why is it not needed any more?"
        description="The run closes and nothing is published. Its drafts and this reason stay on the record."
        busyWords="Withdrawing…"
        open={open}
        onClose={() => setOpen(false)}
        onDo={async (reason) => {
          await ask('post /api/runs/{id}/withdraw', { params: { id: review.runId }, body: { reason } });
          await client.invalidateQueries();
          await navigate({ to: '/runs/$id', params: { id: review.runId } });
        }}
      />
    </>
  );
}

/** Who has it: claim it for a while, hand it to somebody, or take it out of the inbox altogether. */
export function WhoDecides({ review }: { review: ReviewDetail }) {
  const client = useQueryClient();
  const me = useMe();
  const may = useMay('operator');
  const approvers = useActiveMembers().filter((member) => mayAct(member.role, 'approver'));
  const params = { id: review.id };
  const settled = () => client.invalidateQueries({ queryKey: ['review', review.id] });
  const claim = useMutation({ mutationFn: () => ask('post /api/reviews/{id}/claim', { params }), onSettled: settled });
  const unclaim = useMutation({
    mutationFn: () => ask('post /api/reviews/{id}/unclaim', { params }),
    onSettled: settled,
  });
  const assign = useMutation({
    mutationFn: (person: string | null) => ask('post /api/reviews/{id}/assign', { params, body: { person } }),
    onSettled: settled,
  });
  const claimed = review.claimedBy && review.claimExpiresAt && minutesLeft(review.claimExpiresAt) > 0;
  const mine = claimed && review.claimedBy?.id === me.person.id;
  const refused: unknown = claim.error ?? unclaim.error ?? assign.error;
  if (!may) return null;
  return (
    <section id="who-decides">
      <h2>Who has it</h2>
      {claimed && !mine ? (
        <p className="sm dim">
          {review.claimedBy?.name} has claimed it and is reading it now. You can still decide; the first decision
          counts.
        </p>
      ) : null}
      <SelectField
        label="Assigned to"
        value={review.assignee?.id ?? ''}
        disabled={assign.isPending}
        onChange={(event) => assign.mutate(event.target.value === '' ? null : event.target.value)}
        options={[
          { value: '', label: 'Nobody in particular' },
          ...approvers.map((member) => ({
            value: member.id,
            label: member.id === me.person.id ? `${member.name} (you)` : member.name,
          })),
        ]}
      />
      <p className="row verbs">
        {mine ? (
          <Button small busy={unclaim.isPending ? 'Giving up…' : false} onClick={() => unclaim.mutate()}>
            Give up the claim
          </Button>
        ) : claimed ? null : (
          <Button small busy={claim.isPending ? 'Claiming…' : false} onClick={() => claim.mutate()}>
            Claim for 15 min
          </Button>
        )}
        <Withdraw review={review} />
      </p>
      {refused ? (
        <Note tone="not-found" live="alert" title="Not done.">
          {sentenceOf(refused)}
        </Note>
      ) : null}
    </section>
  );
}
