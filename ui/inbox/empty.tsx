import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../shared/api.js';
import { Button, KeyHint, buttonClass } from '../shared/button.js';
import { when } from '../shared/dates.js';
import { Icon } from '../shared/icons.js';
import { useMay, useMe } from '../shared/queries.js';

/** Nothing waits: what is on its way, what went out last, and what can be begun. */
export function EmptyInbox({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const me = useMe();
  const mayStart = useMay('operator');
  const drafting = useQuery({
    queryKey: ['runs', 'drafting'],
    queryFn: ({ signal }) =>
      ask('get /api/runs', { query: { state: 'received,drafting,approved,publishing' }, signal }),
  });
  const published = useQuery({
    queryKey: ['published', 'last'],
    queryFn: ({ signal }) => ask('get /api/published', { signal }),
  });
  const last = published.data?.items[0];
  const on = drafting.data?.runs ?? [];
  return (
    <div className="emptybox">
      <div className="inner">
        <h2 className="t1">{filtered ? 'Nothing here' : 'Nothing waits for you'}</h2>
        {filtered ? (
          <p className="dim about">
            Nothing waits under this filter.{' '}
            <button type="button" className="link" onClick={onClear}>
              Show everyone’s
            </button>
          </p>
        ) : (
          <p className="dim about">
            New drafts appear here by themselves, and nothing is published from anywhere else.
          </p>
        )}
        <table className="tbl sm calmtable">
          <tbody>
            {on.slice(0, 4).map((run) => (
              <tr key={run.id}>
                <th scope="row">
                  {run.state === 'drafting' || run.state === 'received' ? 'Being drafted' : 'Going out'}
                </th>
                <td>
                  <Link className="link" to="/runs/$id" params={{ id: run.id }}>
                    {run.title}
                  </Link>
                  , since {when(run.movedAt)}
                </td>
              </tr>
            ))}
            {last ? (
              <tr>
                <th scope="row">Published last</th>
                <td>
                  <Link className="link" to="/published/$id" params={{ id: last.publicationId }}>
                    {last.title}
                  </Link>
                  , {when(last.publishedAt)}, approved by {last.approvedBy.name}
                </td>
              </tr>
            ) : null}
            <tr>
              <th scope="row">This week</th>
              <td>
                <Link className="link" to="/timeline">
                  See the timeline
                </Link>
              </td>
            </tr>
          </tbody>
        </table>
        <p className="row act">
          {mayStart ? (
            <Link className={buttonClass()} to="/start">
              <Icon name="plus" />
              Start a run
              <KeyHint keys="n" />
            </Link>
          ) : null}
          {!me.setUp && me.role === 'admin' ? (
            <Link className={buttonClass({ tone: 'quiet' })} to="/">
              Back to setting up
            </Link>
          ) : null}
          {drafting.error || published.error ? (
            <Button
              tone="quiet"
              onClick={() => {
                void drafting.refetch();
                void published.refetch();
              }}
            >
              A part of this did not load. Try again
            </Button>
          ) : null}
        </p>
      </div>
    </div>
  );
}
