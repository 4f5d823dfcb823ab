import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKey } from '../../api/contract/index.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { dayAndYear, when } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { FieldError } from '../shared/field.js';
import { Lines } from '../shared/loading.js';
import { useMay } from '../shared/queries.js';
import { MakeKey } from './make-key.js';
import { scopeWords } from './scope-words.js';
import { Section } from './section.js';

/** Keys for other programs: they start runs and read; none of them decides. */
export function Keys() {
  const admin = useMay('admin');
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => ask('get /api/keys', { signal }),
    enabled: admin,
  });
  return (
    <Section
      title="API keys"
      about="For other programs. A key starts runs or reads; none can edit, confirm or decide."
      aside={
        admin ? (
          <Button tone="primary" onClick={() => setMaking(true)}>
            Make a key
          </Button>
        ) : undefined
      }
    >
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : null}
      {admin && !data && !error ? <Lines rows={3} /> : null}
      {data?.keys.length === 0 ? <p className="dim">No keys yet.</p> : null}
      {data && data.keys.length > 0 ? (
        <ul className="members">
          {data.keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      ) : null}
      <p className="sm dim after">
        <a className="link" href="/api/docs" target="_blank" rel="noreferrer">
          Every route, with its scope
        </a>
      </p>
      <MakeKey open={making} onOpenChange={setMaking} />
    </Section>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => ask('post /api/keys/{id}/revoke', { params: { id: apiKey.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  const ranOut = apiKey.expiresAt !== undefined && Date.parse(apiKey.expiresAt) < Date.now();
  return (
    <li className={apiKey.active && !ranOut ? undefined : 'gone'}>
      <div className="words">
        <p className="cut">
          <b>{apiKey.name}</b> <span className="fp">{apiKey.start}…</span>
        </p>
        <p className="sm faint">
          {apiKey.scopes.map((scope) => scopeWords[scope].name).join(', ')}. Made by {apiKey.madeBy.name},{' '}
          {dayAndYear(apiKey.createdAt)}; {apiKey.lastUsedAt ? `last used ${when(apiKey.lastUsedAt)}` : 'not used yet'}
          {apiKey.expiresAt ? `; ${ranOut ? 'ran out' : 'until'} ${dayAndYear(apiKey.expiresAt)}` : ''}
        </p>
        {revoke.error ? <FieldError>{sentenceOf(revoke.error)}</FieldError> : null}
      </div>
      {apiKey.active ? (
        <Button
          small
          tone="quiet"
          aria-label={`Revoke ${apiKey.name}`}
          busy={revoke.isPending ? 'Revoking…' : false}
          onClick={() => revoke.mutate()}
        >
          Revoke
        </Button>
      ) : (
        <span className="sm faint">Revoked</span>
      )}
    </li>
  );
}
