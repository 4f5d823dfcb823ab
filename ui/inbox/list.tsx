import { useEffect, useRef, type KeyboardEvent } from 'react';
import { clock, dueLong, dueShort, daysFrom, when } from '../shared/dates.js';
import { Icon } from '../shared/icons.js';
import { isNarrow } from '../shared/platform.js';
import { Who } from '../shared/person.js';
import { StateMark } from '../shared/state-mark.js';
import type { Group, Row } from './groups.js';
import { attentionWords, heldByOther, needWords } from './need.js';

type Props = {
  groups: readonly Group[];
  me: string;
  now: Date;
  selected: string | undefined;
  onSelect: (row: Row) => void;
  /** Opens it: Enter, a second click, or a tap on a phone. */
  onOpen: (row: Row) => void;
  /** New rows that wait to be shown. */
  held: number;
  onShowHeld: () => void;
  onCalm: (calm: boolean) => void;
};

const optionId = (id: string) => `row-${id}`;

/** The list: one tab stop, arrows inside it, two lines a row. */
export function InboxList({ groups, me, now, selected, onSelect, onOpen, held, onShowHeld, onCalm }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const rows = groups.flatMap((group) => group.rows);
  useEffect(() => {
    if (selected) document.getElementById(optionId(selected))?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex((row) => row.id === selected);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = to === undefined ? undefined : rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row) {
      event.preventDefault();
      onSelect(row);
    }
    const here = rows[at];
    if (event.key === 'Enter' && here) {
      event.preventDefault();
      onOpen(here);
    }
  };
  return (
    <section
      className="pane list"
      aria-label="Waiting for a person"
      onScroll={(event) => onCalm(event.currentTarget.scrollTop === 0)}
    >
      {held > 0 ? (
        <button type="button" className="held" onClick={onShowHeld}>
          {held} new
        </button>
      ) : null}
      <div
        ref={box}
        role="listbox"
        aria-label="Inbox"
        tabIndex={0}
        className="rows"
        aria-activedescendant={selected ? optionId(selected) : undefined}
        onKeyDown={onKeyDown}
        onFocus={onShowHeld}
      >
        {groups.map((group, place) => (
          <div key={group.title} role="group" aria-labelledby={`group-${place}`}>
            <div className="head" id={`group-${place}`}>
              <b>{group.title}</b>
              {group.aside ? <span className="wide">{group.aside}</span> : null}
            </div>
            {group.rows.map((row) => (
              <RowView
                key={row.id}
                row={row}
                me={me}
                now={now}
                selected={row.id === selected}
                onClick={() => onSelect(row)}
                onOpen={() => onOpen(row)}
              />
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

type RowProps = { row: Row; me: string; now: Date; selected: boolean; onClick: () => void; onOpen: () => void };

function RowView({ row, me, now, selected, onClick, onOpen }: RowProps) {
  const common = {
    id: optionId(row.id),
    role: 'option',
    'aria-selected': selected,
    onClick: () => (isNarrow() ? onOpen() : onClick()),
    onDoubleClick: onOpen,
  };
  if (row.kind === 'run') {
    const { mark, word, words } = attentionWords(row.run);
    return (
      <div {...common} className="item">
        <Icon name="steps" />
        <b className="cut">{row.run.title}</b>
        <span className="due" title={`Since ${when(row.run.movedAt, now)}`}>
          {daysFrom(now, row.run.movedAt) === 0 ? clock(row.run.movedAt) : dueShort(row.run.movedAt, now)}
        </span>
        <span className="need">
          <StateMark state={mark}>{word}</StateMark>
          <span className="cut">{words}</span>
        </span>
      </div>
    );
  }
  const { item } = row;
  const other = heldByOther(item, me, now);
  const days = daysFrom(now, item.dueAt);
  const late = Date.parse(item.dueAt) < now.getTime();
  const holder = item.claimedBy && (other || item.claimedBy.id === me) ? item.claimedBy : undefined;
  const shown = holder ?? item.assignee;
  const who = holder
    ? `Claimed by ${holder.id === me ? 'you' : holder.name}`
    : `Assigned to ${item.assignee?.id === me ? 'you' : (item.assignee?.name ?? '')}`;
  return (
    <div {...common} className={other ? 'item theirs' : 'item'}>
      <Icon name="steps" />
      <b className="cut">{item.title}</b>
      <span className={`due${late ? ' late' : days === 0 ? ' soon' : ''}`} title={`Due ${dueLong(item.dueAt, now)}`}>
        <span className="vh">{late ? 'overdue since ' : 'due '}</span>
        {dueShort(item.dueAt, now)}
      </span>
      <span className="need">
        <span className="cut">
          {item.sample ? 'Sample. ' : ''}
          {needWords(item, me, now)}
        </span>
        {shown ? <Who name={shown.name} what={who} /> : null}
      </span>
    </div>
  );
}
