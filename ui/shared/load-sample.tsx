import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask, sentenceOf } from './api.js';
import { Button } from './button.js';
import { FieldError } from './field.js';

/** Starts made-up work for a first look: the sample of that key, or the first there is. */
export function LoadSample({ tone, label, sample }: { tone: 'primary' | 'plain'; label: string; sample?: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const load = useMutation({
    mutationFn: () => ask('post /api/samples', { body: sample === undefined ? {} : { key: sample } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['checklist'] });
      await navigate({ to: '/runs/$id', params: { id } });
    },
  });
  return (
    <span className="verb">
      <Button tone={tone} busy={load.isPending ? 'Loading…' : false} onClick={() => load.mutate()}>
        {label}
      </Button>
      {load.error ? <FieldError>{sentenceOf(load.error)}</FieldError> : null}
    </span>
  );
}
