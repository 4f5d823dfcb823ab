import { useEffect, useRef } from 'react';
import type { TimelineEvent } from '../../api/contract/index.js';
import { Icon } from '../shared/icons.js';
import { useKeys } from '../shared/keys.js';
import { aboutOf, told, whoOf } from './event-words.js';
import { dateIn } from './weeks.js';

function timeIn(zone: string, at: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

function dayIn(zone: string, at: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }).format(
    new Date(at),
  );
}

function Row(props: { event: TimelineEvent; zone: string; verified: boolean; current: boolean; onOpen: () => void }) {
  const { event, zone, verified, current, onOpen } = props;
  const { verb, change } = told(event);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <li
      ref={row}
      id={`event-${String(event.position)}`}
      className="ev"
      role="option"
      aria-selected={current}
      aria-current={current ? 'true' : undefined}
      onClick={onOpen}
    >
      <time dateTime={event.at}>{timeIn(zone, event.at)}</time>
      <span className={event.verb === 'people' ? 'by p cut' : 'by cut'}>{whoOf(event)}</span>
      <span className="verb cut">{verb}</span>
      <span className="about cut">{aboutOf(event)}</span>
      <span className="ch cut">{change}</span>
      <span>
        <Icon name={verified ? 'tick' : 'struck'} />
        <span className="vh">{verified ? 'checked' : 'not whole'}</span>
      </span>
    </li>
  );
}

/** The events, newest first, one tab stop; j and k move. */
export function EventList(props: {
  events: readonly TimelineEvent[];
  zone: string;
  brokenStream: string | undefined;
  selected: number | undefined;
  onSelect: (position: number) => void;
}) {
  const { events, zone, brokenStream, selected, onSelect } = props;
  const at = events.findIndex((event) => event.position === selected);
  const by = (distance: number) => {
    const next = events[Math.min(events.length - 1, Math.max(0, at + distance))];
    if (next) onSelect(next.position);
  };
  useKeys([
    { keys: 'j', label: 'event below', group: 'Timeline', run: () => by(1) },
    { keys: 'k', label: 'event above', group: 'Timeline', run: () => by(-1) },
  ]);
  return (
    <>
      <div className="ev hd" aria-hidden="true">
        <span>Time</span>
        <span>Who</span>
        <span>Verb</span>
        <span>Run</span>
        <span>Before → after</span>
        <span />
      </div>
      <ul
        role="listbox"
        aria-label="Events, newest first"
        tabIndex={0}
        aria-activedescendant={at >= 0 ? `event-${String(selected)}` : undefined}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          by(event.key === 'ArrowDown' ? 1 : -1);
        }}
      >
        {events.flatMap((event, index) => {
          const before = events[index - 1];
          const newDay = before === undefined || dateIn(zone, before.at) !== dateIn(zone, event.at);
          const row = (
            <Row
              key={event.position}
              event={event}
              zone={zone}
              verified={event.stream !== brokenStream}
              current={event.position === selected}
              onOpen={() => onSelect(event.position)}
            />
          );
          return newDay
            ? [
                <li key={`day-${String(event.position)}`} className="day" role="presentation">
                  {dayIn(zone, event.at)}
                </li>,
                row,
              ]
            : [row];
        })}
      </ul>
    </>
  );
}
