import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import './register.css';
import type { Register } from '../../api/contract/index.js';
import { ask } from '../shared/api.js';
import { buttonClass } from '../shared/button.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { HousePage } from '../shared/page.js';
import { useMay } from '../shared/queries.js';
import { useUrlState } from '../shared/url-state.js';
import { count } from '../shared/words.js';
import { DraftErrors } from './figures.js';
import { EntryList } from './list.js';
import { EntrySide } from './side.js';
import { dayFilters, filterIn, filterQuery, filterWords, stateFilters, type FilterKey } from './words.js';

type Move = ReturnType<typeof useUrlState>[1];

function Filters({ filter, q, move }: { filter: FilterKey | undefined; q: string | undefined; move: Move }) {
  const choose = (key: FilterKey | undefined) => move({ ...filterQuery(key), at: undefined });
  return (
    <div className="filters">
      <span className="seg" role="group" aria-label="Which contracts">
        <button aria-pressed={filter === undefined} onClick={() => choose(undefined)}>
          All
        </button>
        {stateFilters.map((key) => (
          <button key={key} aria-pressed={filter === key} onClick={() => choose(key)}>
            {filterWords[key]}
          </button>
        ))}
      </span>
      <label className="choose">
        Due within
        <select
          value={dayFilters.find((key) => key === filter) ?? ''}
          onChange={(event) => choose(dayFilters.find((key) => key === event.target.value))}
        >
          <option value="">any time</option>
          {dayFilters.map((key) => (
            <option key={key} value={key}>
              {filterWords[key]}
            </option>
          ))}
        </select>
      </label>
      <label className="choose find">
        <Icon name="search" />
        <span className="vh">Find by vendor or title</span>
        <input
          type="search"
          data-find=""
          placeholder="Find"
          maxLength={200}
          value={q ?? ''}
          onChange={(event) => move({ q: event.target.value, at: undefined })}
        />
      </label>
    </div>
  );
}

function Nothing({ total, q, clear }: { total: number; q: string | undefined; clear: () => void }) {
  const mayStart = useMay('operator');
  if (total > 0)
    return (
      <p className="pad dim">
        {q === undefined ? 'No contract is of that kind.' : `No contract matches “${q}”.`}{' '}
        <button className="link" onClick={clear}>
          {q === undefined ? 'Show all' : 'Clear the search'}
        </button>
      </p>
    );
  return (
    <div className="pad narrow dim">
      <p>
        No contract is published yet. Once a person has approved its one-pager, it stands here with the last day on
        which notice is in time.
      </p>
      {mayStart ? (
        <p className="act">
          <Link className={buttonClass({ tone: 'primary' })} to="/start" search={{ track: 'contract-summary' }}>
            Start with a contract
          </Link>
        </p>
      ) : null}
    </div>
  );
}

function aboutOf(data: Register | undefined): string | undefined {
  if (data === undefined || data.total === 0) return undefined;
  return `${count(data.total, 'contract')}${data.samplesOnly ? ', samples only' : ''}`;
}

/** Published contracts by the last day on which notice is in time. */
export function RegisterPage() {
  const [state, move] = useUrlState();
  const navigate = useNavigate();
  const { q } = state;
  const filter = filterIn(state);
  const asked = { q: useDeferredValue(q), ...filterQuery(filter) };
  const { data, error, refetch } = useQuery({
    queryKey: ['register', 'list', asked],
    queryFn: ({ signal }) => ask('get /api/register', { query: asked, signal }),
    placeholderData: (before) => before,
  });
  const entries = data?.entries ?? [];
  const chosen = state['at'];
  const selected = chosen ?? entries[0]?.runId;
  const search = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
  return (
    <HousePage
      title="Contracts"
      about={aboutOf(data)}
      tools={
        data && data.total > 0 ? (
          <a
            className={buttonClass({ small: true }, 'noprint wide')}
            href={`/api/register.csv${search && `?${search}`}`}
          >
            Download as a table
          </a>
        ) : null
      }
    >
      <div className={chosen === undefined ? 'reg' : 'reg chosen'}>
        <section className="pane list" aria-label="Contracts">
          {error && !data ? (
            <div className="pad narrow">
              <Failure error={error} retry={() => void refetch()} />
            </div>
          ) : null}
          {!data && !error ? (
            <div className="pad">
              <Lines rows={9} label="Loading the contracts" />
            </div>
          ) : null}
          {data && data.total > 0 ? <Filters filter={filter} q={q} move={move} /> : null}
          {data && entries.length > 0 ? (
            <EntryList
              entries={entries}
              today={data.today}
              selected={selected}
              onSelect={(at, how) => move({ at }, how)}
              onOpen={(id) => void navigate({ to: '/published/$id', params: { id } })}
            />
          ) : null}
          {data && entries.length === 0 ? (
            <Nothing total={data.total} q={q} clear={() => move({ q: undefined, ...filterQuery(undefined) })} />
          ) : null}
          {data && data.total > 0 ? <DraftErrors /> : null}
        </section>
        {data && selected !== undefined ? (
          <aside className="pane side" aria-label="The contract chosen">
            <p className="phone toall">
              <button className="crumb" onClick={() => move({ at: undefined })}>
                <Icon name="back" />
                All contracts
              </button>
            </p>
            <EntrySide run={selected} today={data.today} />
          </aside>
        ) : null}
      </div>
    </HousePage>
  );
}
