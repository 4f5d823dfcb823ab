import {
  dayInWords,
  civilDayAt,
  daysBetween,
  weekdayName,
} from '../../../workflows/domain/contract-summary/civil-day.js';
import { windowInWords } from '../../../workflows/domain/contract-summary/last-safe-day.js';
import { noticeDay, upcomingNoticeDay, type NoticeDay } from '../../../workflows/domain/contract-summary/notice-day.js';
import { placedQuotes } from '../../../workflows/domain/contract-summary/schema.js';
import { Icon } from '../../shared/icons.js';
import { count } from '../../shared/words.js';
import { PageLink } from './quote.js';
import { longDay } from './typed.js';
import type { Desk } from './use-desk.js';

const soonDays = 30;
const shortDay = (day: string) => `${weekdayName(day).slice(0, 3)} ${dayInWords(day)}`;

function Nearness({ day, today }: { day: string; today: string }) {
  const days = daysBetween(today, day);
  if (days < 0) return <span className="st loud not-found">passed {count(-days, 'day')} ago</span>;
  const words = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${count(days, 'day')}`;
  return (
    <span className={days <= soonDays ? 'st loud soon' : 'st'}>
      <Icon name="clock" />
      {words}
    </span>
  );
}

function noneWords(day: Exclude<NoticeDay, { is: 'day' }>): { title: string; words: string } {
  if (day.is === 'open')
    return {
      title: 'Not known yet',
      words:
        'It is counted from the renewal date, the renewal clause and the notice window. One of them is not settled.',
    };
  const ends = day.ends === null ? '' : dayInWords(day.ends);
  switch (day.why) {
    case 'no-end':
      return { title: 'None', words: 'The contract names no end of its term.' };
    case 'no-window':
      return {
        title: 'None is stated',
        words: `There is no notice window, and the term ends on ${ends}. Act well before.`,
      };
    case 'ends-by-itself':
      return { title: 'None', words: `It does not renew by itself and ends on ${ends}.` };
  }
}

/** The last day to act, and how it is counted, each line with the page that it stands on. */
export function DayBlock({ desk }: { desk: Desk }) {
  const { draft } = desk.review;
  const day = noticeDay(draft);
  const today = civilDayAt(new Date(), draft.timeZone);
  const [renewal] = placedQuotes(draft.fields.renewalDate.quotes);
  const [window] = placedQuotes(draft.fields.noticeWindow.quotes);
  if (day.is !== 'day') {
    const { title, words } = noneWords(day);
    return (
      <section className="dayblock" aria-label="Last safe day to give notice">
        <p className="lab">Last safe day to give notice</p>
        <p className="t1">{title}</p>
        <p className="sm dim">{words}</p>
      </section>
    );
  }
  const { last } = day;
  const value = draft.fields.noticeWindow.value;
  const length = value?.is === 'window' ? windowInWords(value) : '';
  const strictly = value?.is === 'window' && value.strictly;
  const begins = last.anchor !== day.ends;
  // The rest of the arithmetic stands in the table.
  const notes = last.steps.filter((step) => /^(That month has no such|Business days are) /.test(step));
  const next = daysBetween(today, last.day) < 0 ? upcomingNoticeDay(draft, today) : undefined;
  return (
    <section className="dayblock" aria-label="Last safe day to give notice">
      <div className="row base">
        <span className="lab">Last safe day to give notice</span>
        <span className="sp" />
        <Nearness day={last.day} today={today} />
      </div>
      <p className="t1">{longDay(last.day)}</p>
      <table className="sum">
        <caption className="vh">How the day is counted</caption>
        <tbody>
          <tr>
            <td>
              {begins ? 'The next term begins' : 'The term ends'}{' '}
              {renewal ? <PageLink quote={renewal} desk={desk} /> : null}
            </td>
            <td>{shortDay(last.anchor)}</td>
          </tr>
          <tr>
            <td>
              {strictly ? 'Notice more than' : 'Notice at least'} {length} before{' '}
              {window ? <PageLink quote={window} desk={desk} /> : null}
            </td>
            <td>
              −{'\u2009'}
              {length}
            </td>
          </tr>
          {strictly ? (
            <tr>
              <td>“More than” wants one day more</td>
              <td>−{'\u2009'}1 day</td>
            </tr>
          ) : null}
          <tr className="tot">
            <td>In time until midnight, {draft.timeZone.replace('_', ' ')}, on</td>
            <td>{shortDay(last.day)}</td>
          </tr>
          {last.workingDay === last.day ? null : (
            <tr>
              <td>That is no working day: send it by</td>
              <td>{shortDay(last.workingDay)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {notes.map((note) => (
        <p className="lab" key={note}>
          {note}
        </p>
      ))}
      {next?.is === 'day' && next.last.day !== last.day ? (
        <p className="sm dim">
          It has renewed by itself. The next day to act is <b>{longDay(next.last.day)}</b>.
        </p>
      ) : null}
    </section>
  );
}
