import { useMemo } from 'react';
import './timeline.css';
import type { TimelineEvent } from '../../api/contract/index.js';
import { tracks } from '../../workflows/domain/tracks.js';
import { Button } from '../shared/button.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { useKeys } from '../shared/keys.js';
import { Lines } from '../shared/loading.js';
import { HousePage } from '../shared/page.js';
import { useMe } from '../shared/queries.js';
import { useUrlState } from '../shared/url-state.js';
import { AceTable } from './ace-table.js';
import { EventList } from './event-list.js';
import { EventSide } from './event-side.js';
import { filtered, kindOf, kinds, type Filter, type Kind } from './filters.js';
import { useTimeline } from './use-timeline.js';
import { daysOf, mondayOf, spanOf, thisWeek, weekAfter } from './weeks.js';
import { Whole } from './whole.js';

type Move = ReturnType<typeof useUrlState>[1];

function WeekPager({ week, now, move }: { week: string; now: string; move: Move }) {
  const go = (to: string) => move({ week: to === now ? undefined : to, day: undefined, at: undefined }, { step: true });
  useKeys([
    { keys: 'ArrowLeft', label: 'week before', group: 'Timeline', run: () => go(weekAfter(week, -1)) },
    { keys: 'ArrowRight', label: 'week after', group: 'Timeline', on: week < now, run: () => go(weekAfter(week, 1)) },
  ]);
  return (
    <span className="pager weeks">
      <Button
        small
        icon
        tone="quiet"
        className="noprint"
        aria-label="Week before"
        onClick={() => go(weekAfter(week, -1))}
      >
        <Icon name="back" />
      </Button>
      <b>Week {Number(week.slice(6))}</b>
      <Button
        small
        icon
        tone="quiet"
        className="noprint"
        aria-label="Week after"
        disabled={week >= now}
        onClick={() => go(weekAfter(week, 1))}
      >
        <Icon name="forward" />
      </Button>
    </span>
  );
}

function peopleOf(events: readonly TimelineEvent[]): { id: string; name: string }[] {
  const people = new Map<string, string>();
  for (const event of events) if (event.by.kind === 'person') people.set(event.by.id, event.by.name);
  return [...people].map(([id, name]) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name));
}

function Choose(props: {
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChoose: (value: string | undefined) => void;
}) {
  const { label, value, options, onChoose } = props;
  return (
    <label className="choose">
      {label}
      <select
        value={value ?? ''}
        onChange={(event) => onChoose(event.target.value === '' ? undefined : event.target.value)}
      >
        <option value="">any</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Filters(props: {
  filter: Filter;
  move: Move;
  people: { id: string; name: string }[];
  days: ReturnType<typeof daysOf>;
  said: string;
}) {
  const { filter, move, people, days, said } = props;
  return (
    <div className="filters noprint">
      <span className="seg" role="group" aria-label="Which events">
        {Object.entries(kinds).map(([kind, label]) => (
          <button
            key={kind}
            aria-pressed={filter.kind === kind}
            onClick={() => move({ show: kind === 'everything' ? undefined : kind })}
          >
            {label}
          </button>
        ))}
      </span>
      {days.length > 0 ? (
        <Choose
          label="Day"
          value={filter.day}
          options={days.map((day) => ({ value: day.date, label: day.label }))}
          onChoose={(day) => move({ day })}
        />
      ) : null}
      <Choose
        label="Person"
        value={filter.person}
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(person) => move({ person })}
      />
      {Object.keys(tracks).length > 1 ? (
        <Choose
          label="Track"
          value={filter.track}
          options={Object.entries(tracks).map(([value, { label }]) => ({ value, label }))}
          onChoose={(track) => move({ track })}
        />
      ) : null}
      <label className="choose find">
        <span className="vh">Find in these events</span>
        <input
          type="search"
          placeholder="Find"
          value={filter.words ?? ''}
          onChange={(event) => move({ q: event.target.value })}
        />
      </label>
      <span className="sp" />
      <span className="faint sm nw" role="status">
        {said}
      </span>
    </div>
  );
}

/** A week, or one run, in the order of what happened: who, what, before and after, and the proof of each. */
export function TimelinePage() {
  const zone = useMe().timeZone;
  const [state, move] = useUrlState();
  const now = thisWeek(zone);
  const asked = state['week'];
  const week = asked !== undefined && mondayOf(asked) ? asked : now;
  const run = state['run'];
  const { query, first, events, whole, broken } = useTimeline(run === undefined ? { week } : { run });
  const kind: Kind = kindOf(state['show']);
  const filter: Filter = {
    kind,
    day: state['day'],
    person: state['person'],
    track: state['track'],
    words: state['q'],
  };
  const shown = filtered(events, filter, zone);
  const people = useMemo(() => peopleOf(events), [events]);
  const selected = shown.find((event) => String(event.position) === state['at']) ?? shown[0];
  const inStream = selected?.runId !== undefined && run !== undefined && whole ? events.length : undefined;
  const days = run === undefined ? daysOf(week) : [];
  const number = (n: number) => new Intl.NumberFormat('en-GB').format(n);
  const said =
    shown.length === events.length
      ? `${number(events.length)} events`
      : `${number(shown.length)} of ${number(events.length)} events`;
  return (
    <HousePage
      title="Timeline"
      about={
        run === undefined ? undefined : `every event of ${events.find((event) => event.title)?.title ?? 'one run'}`
      }
      lead={
        run === undefined ? (
          <span className="weekbar">
            <WeekPager week={week} now={now} move={move} />
            <span className="faint sm cut">
              {spanOf(week)}
              {week === now ? ', so far' : ''}
              <span className="wide">, {zone.replaceAll('_', ' ')} time</span>
            </span>
          </span>
        ) : null
      }
      tools={
        <>
          {run === undefined ? null : (
            <Button small onClick={() => move({ run: undefined, at: undefined })}>
              The whole week
            </Button>
          )}
          <Button small className="wide noprint" onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
    >
      <div className="tl">
        <section className="pane" aria-label="Events">
          {query.isError && !first ? <Failure error={query.error} retry={() => void query.refetch()} /> : null}
          {first && run === undefined ? (
            <div className="glance">
              <AceTable
                days={days}
                events={events}
                counts={first.counts}
                zone={zone}
                day={filter.day}
                onDay={(day) => move({ day })}
              />
            </div>
          ) : null}
          {first ? (
            <Filters
              filter={filter}
              move={move}
              people={people}
              days={days}
              said={whole ? said : `${said}, more coming`}
            />
          ) : null}
          {first && shown.length > 0 ? (
            <EventList
              events={shown}
              zone={zone}
              brokenStream={broken?.broken?.stream}
              selected={selected?.position}
              onSelect={(position) => move({ at: String(position) })}
            />
          ) : null}
          {first && shown.length === 0 ? (
            <p className="pad dim">
              {events.length === 0 ? (
                'Nothing happened in this week.'
              ) : (
                <>
                  No event matches.{' '}
                  <button
                    className="link"
                    onClick={() =>
                      move({ show: undefined, day: undefined, person: undefined, track: undefined, q: undefined })
                    }
                  >
                    Clear the filters
                  </button>
                </>
              )}
            </p>
          ) : null}
          {!first && !query.isError ? (
            <div className="pad">
              <Lines rows={12} label="Loading the week" />
            </div>
          ) : null}
        </section>
        <aside className="pane side" aria-label="The record, and the event chosen">
          {first ? (
            <Whole
              broken={broken}
              checkpoint={first.checkpoint}
              events={events.length}
              checking={query.isFetching}
              checkedAt={query.dataUpdatedAt}
              onCheck={() => void query.refetch()}
            />
          ) : null}
          {selected ? <EventSide event={selected} zone={zone} total={inStream} /> : null}
        </aside>
      </div>
    </HousePage>
  );
}
