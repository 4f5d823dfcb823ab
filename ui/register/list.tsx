import { useEffect, useRef } from 'react';
import type { RegisterEntry } from '../../api/contract/index.js';
import { useKeys } from '../shared/keys.js';
import { StateMark } from '../shared/state-mark.js';
import { away, civilDay, nameOf, whyShort } from './words.js';

function Standing({ entry, today }: { entry: RegisterEntry; today: string }) {
  const { state, act } = entry;
  if (state === 'unknown') return <StateMark state="uncertain">Look at its page</StateMark>;
  if (act === undefined) return <span className="faint">{whyShort(entry, today)}</span>;
  if (state === 'past')
    return (
      <StateMark state="not-found" loud>
        Past, {away(act.daysLeft)}
      </StateMark>
    );
  return act.daysLeft <= 30 ? (
    <span className="st loud soon">{away(act.daysLeft)}</span>
  ) : (
    <span className="dim">{away(act.daysLeft)}</span>
  );
}

function Row(props: { entry: RegisterEntry; today: string; current: boolean; onOpen: () => void }) {
  const { entry, today, current, onOpen } = props;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const { renewalDate, noticeWindow, liabilityCap } = entry;
  const renewal = renewalDate.answer === 'stated' && /^\d{4}-/.test(renewalDate.words);
  const said = ({ answer, words }: typeof noticeWindow) => (
    <span className={answer === 'stated' ? '' : 'faint'}>{words}</span>
  );
  return (
    <li
      ref={row}
      id={`entry-${entry.runId}`}
      className="con"
      role="option"
      aria-selected={current}
      aria-current={current ? 'true' : undefined}
      onClick={onOpen}
    >
      <span className={entry.act === undefined ? 'last faint' : 'last'}>
        {entry.act === undefined ? (entry.state === 'unknown' ? 'Not known' : 'None') : civilDay(entry.act.day)}
      </span>
      <span className="left">
        <Standing entry={entry} today={today} />
      </span>
      <span className="name cut">
        <b>{nameOf(entry)}</b>{' '}
        <span className="faint">{entry.vendor === '' || entry.title === entry.vendor ? '' : entry.title}</span>
        {entry.sample ? <span className="faint"> (sample)</span> : null}
      </span>
      <span className="more cut">{renewal ? civilDay(renewalDate.words) : said(renewalDate)}</span>
      <span className="more cut">
        {said({ ...noticeWindow, words: noticeWindow.words.replace(/^at least | before$/g, '') })}
      </span>
      <span className="more cap cut">{said(liabilityCap)}</span>
    </li>
  );
}

/** The entries by last safe day, one tab stop; j and k move, Enter opens the published page. */
export function EntryList(props: {
  entries: readonly RegisterEntry[];
  today: string;
  selected: string | undefined;
  onSelect: (run: string, how?: { step?: boolean }) => void;
  onOpen: (publication: string) => void;
}) {
  const { entries, today, selected, onSelect, onOpen } = props;
  const at = entries.findIndex(({ runId }) => runId === selected);
  const by = (distance: number) => {
    const next = entries[Math.min(entries.length - 1, Math.max(0, at + distance))];
    if (next) onSelect(next.runId);
  };
  const open = () => {
    const entry = entries[at];
    if (entry) onOpen(entry.publicationId);
  };
  useKeys([
    { keys: 'j', label: 'contract below', group: 'Contracts', run: () => by(1) },
    { keys: 'k', label: 'contract above', group: 'Contracts', run: () => by(-1) },
    { keys: 'Enter', label: 'open its published page', group: 'Contracts', on: at >= 0, run: open },
  ]);
  return (
    <>
      <div className="con hd" aria-hidden="true">
        <span>Last safe day</span>
        <span />
        <span>Vendor</span>
        <span className="more">Renewal date</span>
        <span className="more">Notice</span>
        <span className="more cap">Liability cap</span>
      </div>
      <ul
        role="listbox"
        aria-label="Contracts by last safe day"
        tabIndex={0}
        aria-activedescendant={at >= 0 ? `entry-${selected ?? ''}` : undefined}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          by(event.key === 'ArrowDown' ? 1 : -1);
        }}
      >
        {entries.map((entry) => (
          <Row
            key={entry.runId}
            entry={entry}
            today={today}
            current={entry.runId === selected}
            onOpen={() => onSelect(entry.runId, { step: true })}
          />
        ))}
      </ul>
    </>
  );
}
