import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { letterKinds, type LetterKind } from '../../../workflows/domain/notice-letter/schema.js';
import { newUuid } from '../../run-through/new-uuid.js';
import { ask, sentenceOf } from '../../shared/api.js';
import { Button } from '../../shared/button.js';
import { VerbDialog } from '../../shared/dialog.js';
import { SelectField, TextField } from '../../shared/field.js';
import { Note } from '../../shared/note.js';
import { useMay } from '../../shared/queries.js';

const kindLabels: Record<LetterKind, string> = {
  'non-renewal': 'Not to renew it: it ends with its term',
  termination: 'To terminate it before the term ends',
};

/** Starts a notice letter from a published contract. Shown to whoever may start runs. */
export function StartLetter({ contractRun }: { contractRun: string }) {
  const may = useMay('operator');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<LetterKind>('non-renewal');
  const [endOn, setEndOn] = useState('');
  // The same letter asked for twice is one run.
  const sentAs = useRef({ content: '', key: '' });
  const start = useMutation({
    mutationFn: () => {
      const input = { contract: contractRun, kind, ...(kind === 'termination' && endOn !== '' && { endOn }) };
      const body = { track: 'notice-letter' as const, sources: [], input };
      const content = JSON.stringify(body);
      if (sentAs.current.content !== content) sentAs.current = { content, key: newUuid() };
      return ask('post /api/runs', { body, headers: { 'idempotency-key': sentAs.current.key } });
    },
    onSuccess: async ({ id }) => {
      void client.invalidateQueries({ queryKey: ['runs'] });
      await navigate({ to: '/runs/$id', params: { id } });
    },
  });
  if (!may) return null;
  return (
    <section className="noprint">
      <h2>Give notice</h2>
      <p className="sm dim">A letter to the vendor, drafted from this summary. Nothing goes out before an approval.</p>
      <p className="row">
        <Button
          small
          onClick={() => {
            start.reset();
            // Each opening asks for a letter of its own.
            sentAs.current = { content: '', key: '' };
            setOpen(true);
          }}
        >
          Draft a notice letter
        </Button>
      </p>
      <VerbDialog
        verb="Draft a notice letter"
        open={open}
        onOpenChange={setOpen}
        busy={start.isPending ? 'Starting…' : false}
        onSubmit={() => start.mutate()}
        description="Where there is a second approver, somebody else than you approves it: asking for a letter counts as writing it."
      >
        <SelectField
          label="What the letter does"
          value={kind}
          options={letterKinds.map((value) => ({ value, label: kindLabels[value] }))}
          onChange={(event) => setKind(letterKinds.find((one) => one === event.target.value) ?? 'non-renewal')}
        />
        {kind === 'termination' ? (
          <TextField
            label="Ends on"
            type="date"
            optional
            hint="Left empty, it ends as early as its terms allow."
            value={endOn}
            onChange={(event) => setEndOn(event.target.value)}
          />
        ) : null}
        {start.isError ? (
          <Note tone="not-found" live="alert" title="Not started.">
            {sentenceOf(start.error)}
          </Note>
        ) : null}
      </VerbDialog>
    </section>
  );
}
