import { useMutation } from '@tanstack/react-query';
import type { RunSummary } from '../../api/contract/index.js';
import type { AskedDrafter, DrafterName } from '../../workflows/domain/drafters.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { drafterWords } from '../shared/drafter-words.js';
import { FieldError } from '../shared/field.js';
import { useMe } from '../shared/queries.js';

/** Draft again: with the same drafter, or with another that is set up. */
export function RetryButtons({ run, onDone }: { run: RunSummary; onDone: () => Promise<void> }) {
  const { name: usual, choices } = useMe().features.drafter;
  const tried = run.drafter === 'default' ? usual : run.drafter;
  const askedFor = (name: DrafterName): AskedDrafter => (name === usual ? 'default' : name);
  const retry = useMutation({
    mutationFn: (name: DrafterName) =>
      ask('post /api/runs/{id}/retry', { params: { id: run.id }, body: { drafter: askedFor(name) } }),
    onSuccess: onDone,
  });
  const words = (name: DrafterName) => {
    if (name === 'rules') return 'Draft with rules now';
    return name === tried ? `Try ${drafterWords(name)} again` : `Draft with ${drafterWords(name)}`;
  };
  // What was tried comes first, whichever is usual.
  const inOrder = choices.toSorted((a, b) => Number(b.name === tried) - Number(a.name === tried));
  return (
    <>
      {inOrder.map(({ name }) => (
        <Button
          key={name}
          busy={retry.isPending && retry.variables === name ? 'Asking…' : false}
          onClick={() => retry.mutate(name)}
        >
          {words(name)}
        </Button>
      ))}
      {retry.error ? <FieldError>{sentenceOf(retry.error)}</FieldError> : null}
    </>
  );
}
