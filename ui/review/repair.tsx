import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { useMay } from '../shared/queries.js';
import { ReasonDialog } from './reason-dialog.js';

/** On something published: report a problem, which opens its next version. What is published stays until then. */
export function Repair({ runId, version }: { runId: string; version: number }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay('operator');
  const [open, setOpen] = useState(false);
  return (
    <section>
      <h2>Something wrong with it?</h2>
      <p className="sm dim">
        What is published stays until a new version is approved. The time a repair takes counts against the time saved.
      </p>
      {may ? (
        <p className="row">
          <Button small onClick={() => setOpen(true)}>
            Report a problem
          </Button>
        </p>
      ) : null}
      <ReasonDialog
        verb="Report a problem"
        label="What is wrong with it?"
        description={`It opens version ${String(version + 1)}. The next draft starts from these words.`}
        busyWords="Opening…"
        open={open}
        onClose={() => setOpen(false)}
        onDo={async (reason) => {
          await ask('post /api/runs/{id}/repair', { params: { id: runId }, body: { reason } });
          await client.invalidateQueries();
          await navigate({ to: '/runs/$id', params: { id: runId } });
        }}
      />
    </section>
  );
}
