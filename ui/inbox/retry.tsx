import { useMutation } from '@tanstack/react-query';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { FieldError } from '../shared/field.js';
import { useMe } from '../shared/queries.js';

/** Draft again: with the model, or at once with rules. */
export function RetryButtons({ runId, onDone }: { runId: string; onDone: () => Promise<void> }) {
  const { usesModel } = useMe().features.drafter;
  const retry = useMutation({
    mutationFn: (drafter: 'default' | 'rules') =>
      ask('post /api/runs/{id}/retry', { params: { id: runId }, body: { drafter } }),
    onSuccess: onDone,
  });
  const busy = (which: string) => (retry.isPending && retry.variables === which ? 'Asking…' : false);
  return (
    <>
      {usesModel ? (
        <Button busy={busy('default')} onClick={() => retry.mutate('default')}>
          Try the model again
        </Button>
      ) : null}
      <Button busy={busy('rules')} onClick={() => retry.mutate('rules')}>
        Draft with rules now
      </Button>
      {retry.error ? <FieldError>{sentenceOf(retry.error)}</FieldError> : null}
    </>
  );
}
