import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { useKeys } from '../shared/keys.js';
import { Lines } from '../shared/loading.js';
import { openOverlay } from '../shared/overlay.js';
import { HousePage } from '../shared/page.js';
import { useMe } from '../shared/queries.js';
import { useUrlState } from '../shared/url-state.js';
import { EmptyInbox } from './empty.js';
import { dueToday, groupRows, type Row } from './groups.js';
import './inbox.css';
import { InboxList } from './list.js';
import { Reading } from './reading.js';
import { useHeld } from './use-held.js';
import { useNow } from './use-now.js';

const whose = { all: undefined, me: 'me', nobody: 'nobody' } as const;

/** What waits for a person, oldest due first, and beside it what the chosen one is about. */
export function InboxPage() {
  const me = useMe();
  const navigate = useNavigate();
  const now = useNow();
  const [{ assignee, run: wanted }, setUrl] = useUrlState();
  const [calm, setCalm] = useState(true);
  const list = useInfiniteQuery({
    queryKey: ['inbox', 'pages', assignee ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      ask('get /api/inbox', { query: { state: 'open', assignee, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
  const inbox = list.data && {
    items: list.data.pages.flatMap((page) => page.items),
    attention: list.data.pages[0]?.attention ?? [],
  };
  const { visible, held, show } = useHeld(inbox, calm);
  const groups = visible ? groupRows(visible, now) : [];
  const rows = groups.flatMap((group) => group.rows);
  const chosen = rows.find((row) => row.id === wanted) ?? rows[0];

  const select = (row: Row | undefined) => row && setUrl({ run: row.id });
  const open = (row: Row | undefined) => {
    if (!row) return;
    if (row.kind === 'review') void navigate({ to: '/reviews/$id', params: { id: row.id } });
    else void navigate({ to: '/runs/$id', params: { id: row.id } });
  };
  const move = (by: number) => {
    const at = chosen ? rows.indexOf(chosen) : 0;
    select(rows[Math.max(0, Math.min(rows.length - 1, at + by))]);
  };
  useKeys([
    { keys: 'j', label: 'next', run: () => move(1) },
    { keys: 'k', label: 'previous', run: () => move(-1) },
    { keys: 'Enter', label: 'open', run: () => open(chosen) },
  ]);

  const waiting = rows.length + held;
  const due = visible ? dueToday(visible, now) : 0;
  return (
    <HousePage
      title="Inbox"
      about={
        visible ? (
          <>
            {waiting}
            {list.hasNextPage ? ' or more' : ''} waiting
            {due > 0 ? <span className="wide">, {due} due today</span> : null}
          </>
        ) : undefined
      }
      tools={
        <>
          <div className="seg" role="group" aria-label="Show">
            {(['all', 'me', 'nobody'] as const).map((key) => (
              <button
                key={key}
                type="button"
                className={key === 'nobody' ? 'wide' : undefined}
                aria-pressed={(assignee ?? 'all') === key}
                onClick={() => setUrl({ assignee: whose[key], run: undefined })}
              >
                {{ all: 'Everyone’s', me: 'Mine', nobody: 'Nobody’s' }[key]}
              </button>
            ))}
          </div>
          <Button small icon className="phone" aria-label="Search" onClick={() => openOverlay('palette')}>
            <Icon name="search" />
          </Button>
        </>
      }
    >
      {list.error && !list.data ? (
        <div className="pad narrow">
          <Failure error={list.error} retry={() => void list.refetch()} />
        </div>
      ) : !visible ? (
        <div className="pad">
          <Lines rows={9} label="Loading the inbox" />
        </div>
      ) : rows.length === 0 && held === 0 ? (
        <EmptyInbox filtered={assignee !== undefined} onClear={() => setUrl({ assignee: undefined })} />
      ) : (
        <div className="inbox">
          <div className="column">
            <InboxList
              groups={groups}
              me={me.person.id}
              now={now}
              selected={chosen?.id}
              onSelect={select}
              onOpen={open}
              held={held}
              onShowHeld={show}
              onCalm={setCalm}
            />
            {list.hasNextPage ? (
              <Button
                tone="quiet"
                busy={list.isFetchingNextPage ? 'Loading…' : false}
                onClick={() => void list.fetchNextPage()}
              >
                Show more
              </Button>
            ) : null}
          </div>
          {chosen ? <Reading row={chosen} me={me} now={now} onOpen={() => open(chosen)} /> : null}
        </div>
      )}
    </HousePage>
  );
}
