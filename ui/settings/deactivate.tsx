import { useMutation } from '@tanstack/react-query';
import type { Member } from '../../api/contract/index.js';
import { ask, sentenceOf } from '../shared/api.js';
import { VerbDialog } from '../shared/dialog.js';
import { Note } from '../shared/note.js';

/** Says what deactivating does before it is done; what the person approved stands. */
export function Deactivate({
  member,
  open,
  onOpenChange,
  onDone,
}: {
  member: Member;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => Promise<void>;
}) {
  const leave = useMutation({
    mutationFn: () => ask('post /api/members/{id}/deactivate', { params: { id: member.id } }),
    onSuccess: async () => {
      onOpenChange(false);
      await onDone();
    },
  });
  return (
    <VerbDialog
      verb={`Deactivate ${member.name}`}
      button="Deactivate"
      open={open}
      onOpenChange={onOpenChange}
      busy={leave.isPending ? 'Deactivating…' : false}
      onSubmit={() => leave.mutate()}
      description={`${member.name} is signed out everywhere and can no longer sign in. What was decided and written stands, and this can be taken back.`}
    >
      {leave.error ? (
        <Note tone="not-found" live="alert" title="Not done.">
          {sentenceOf(leave.error)}
        </Note>
      ) : null}
    </VerbDialog>
  );
}
