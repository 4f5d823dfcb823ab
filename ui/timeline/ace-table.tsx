import type { Timeline, TimelineEvent } from '../../api/contract/index.js';
import type { Verb } from '../../workflows/domain/verbs.js';
import { dateIn, type Day } from './weeks.js';

const rows: readonly { verb: Verb; label: string; words: string }[] = [
  { verb: 'ingest', label: 'Ingest', words: 'read what people gave' },
  { verb: 'analyze', label: 'Analyze', words: 'checked against rules and sources' },
  { verb: 'predict', label: 'Predict', words: 'nothing here predicts' },
  { verb: 'generate', label: 'Generate', words: 'wrote drafts' },
  { verb: 'execute', label: 'Execute', words: 'delivered what was approved; no AI' },
  { verb: 'people', label: 'People', words: 'decided, confirmed, edited, ran' },
];

const shown = (n: number): string => (n === 0 ? '–' : new Intl.NumberFormat('en-GB').format(n));

/** The week by kind of act and day. A day's heading chooses that day. */
export function AceTable(props: {
  days: readonly Day[];
  events: readonly TimelineEvent[];
  counts: Timeline['counts'];
  zone: string;
  day: string | undefined;
  onDay: (day: string | undefined) => void;
}) {
  const { days, events, counts, zone, day, onDay } = props;
  const byDay = new Map<string, number>();
  const used = new Set<string>();
  for (const event of events) {
    const date = dateIn(zone, event.at);
    const key = `${event.verb} ${date}`;
    byDay.set(key, (byDay.get(key) ?? 0) + 1);
    used.add(date);
  }
  const weekdays = days.filter((item, at) => at < 5 || used.has(item.date));
  return (
    <table className="ace">
      <caption className="vh">Acts of this week by kind and day</caption>
      <thead>
        <tr>
          <td />
          {weekdays.map((item) => (
            <th key={item.date} scope="col" className={item.date === day ? 'sel' : undefined}>
              <button
                aria-pressed={item.date === day}
                aria-label={`${item.label}: show only this day`}
                onClick={() => onDay(item.date === day ? undefined : item.date)}
              >
                {item.label}
              </button>
            </th>
          ))}
          <th scope="col">Week</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.verb} className={row.verb === 'people' ? 'ppl' : undefined}>
            <th scope="row">
              {row.label}
              <small>{row.words}</small>
            </th>
            {weekdays.map((item) => (
              <td key={item.date}>{shown(byDay.get(`${row.verb} ${item.date}`) ?? 0)}</td>
            ))}
            <td>{shown(counts[row.verb] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
