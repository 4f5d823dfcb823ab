import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Publication } from '../../api/contract/index.js';
import { ask } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { useMay } from '../shared/queries.js';
import { ReasonDialog } from './reason-dialog.js';

/** A delivery that nobody can be sure of, or that failed: what to look at, and the two answers. */
export function Resolve({ publication }: { publication: Publication }) {
  const client = useQueryClient();
  const may = useMay('approver');
  const [resolution, setResolution] = useState<'arrived' | 'send-again'>();
  const uncertain = publication.state === 'uncertain';
  return (
    <span>
      <b>
        {uncertain
          ? `It is uncertain whether it arrived in the ${publication.target}.`
          : `It did not arrive in the ${publication.target}.`}
      </b>{' '}
      {publication.trouble ?? ''} {uncertain ? `Look at ${publication.address}, then choose.` : ''}
      {may ? (
        <span className="acts">
          {uncertain ? (
            <Button small onClick={() => setResolution('arrived')}>
              It is there
            </Button>
          ) : null}
          <Button small onClick={() => setResolution('send-again')}>
            Send it again
          </Button>
        </span>
      ) : (
        <span className="faint"> An approver can settle this.</span>
      )}
      <ReasonDialog
        verb={resolution === 'arrived' ? 'It is there' : 'Send it again'}
        label="What did you see?"
        description={publication.address}
        hint="It stands on the record with your name."
        busyWords="Noting…"
        open={resolution !== undefined}
        onClose={() => setResolution(undefined)}
        onDo={async (reason) => {
          if (resolution === undefined) return;
          await ask('post /api/publications/{id}/resolve', {
            params: { id: publication.id },
            body: { resolution, reason },
          });
          await client.invalidateQueries();
        }}
      />
    </span>
  );
}
