import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import './published.css';
import type { PublishedItem } from '../../api/contract/index.js';
import { tracks } from '../../workflows/domain/tracks.js';
import { ask } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { when } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { HousePage } from '../shared/page.js';
import { useUrlState } from '../shared/url-state.js';

function usePublished(q: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['published', 'list', q ?? ''],
    queryFn: ({ pageParam, signal }) =>
      ask('get /api/published', {
        query: { ...(q ? { q } : {}), ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
}

function Row({ item }: { item: PublishedItem }) {
  return (
    <li>
      <Link className="pubrow" to="/published/$id" params={{ id: item.publicationId }}>
        <Icon name="book" />
        <b className="cut">{item.title}</b>
        <span className="faint sm nw">{when(item.publishedAt)}</span>
        <span className="sm dim line2">
          {tracks[item.track].noun}, version {item.draftVersion}, {item.target}. Approved by {item.approvedBy.name}
          {item.singlePerson ? ' (single-person)' : ''}
          {item.sample ? '. Sample' : ''}
        </span>
      </Link>
      {item.supersededBy ? (
        <p className="sm superseded">
          Superseded.{' '}
          <Link className="link" to="/published/$id" params={{ id: item.supersededBy.publicationId }}>
            Version {item.supersededBy.draftVersion} is in force
          </Link>
        </p>
      ) : null}
    </li>
  );
}

/** Everything that went out, newest first. */
export function PublishedPage() {
  const [{ q }, move] = useUrlState();
  const query = usePublished(useDeferredValue(q));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <HousePage
      title="Published"
      about="what a named person approved, with its receipt"
      tools={
        <>
          <Link className="link sm" to="/how-long">
            How long SOPs take
          </Link>
          <label className="pubfind">
            <span className="vh">Find in what is published</span>
            <input
              className="input"
              type="search"
              placeholder="Find"
              value={q ?? ''}
              onChange={(event) => move({ q: event.target.value })}
            />
          </label>
        </>
      }
    >
      <div className="body">
        {query.isError && items.length === 0 ? (
          <div className="pad narrow">
            <Failure error={query.error} retry={() => void query.refetch()} />
          </div>
        ) : query.data === undefined ? (
          <div className="pad">
            <Lines rows={9} />
          </div>
        ) : items.length === 0 ? (
          <div className="pad narrow dim">
            {q ? (
              <p>
                Nothing published matches “{q}”.{' '}
                <button className="link" onClick={() => move({ q: undefined })}>
                  Clear the search
                </button>
              </p>
            ) : (
              <p>Nothing is published yet. What you approve appears here, with its receipt.</p>
            )}
          </div>
        ) : (
          <>
            <ul className="publist">
              {items.map((item) => (
                <Row key={item.publicationId} item={item} />
              ))}
            </ul>
            {query.hasNextPage ? (
              <p className="pad">
                <Button busy={query.isFetchingNextPage ? 'Loading…' : false} onClick={() => void query.fetchNextPage()}>
                  Show older ones
                </Button>
              </p>
            ) : null}
          </>
        )}
      </div>
    </HousePage>
  );
}
