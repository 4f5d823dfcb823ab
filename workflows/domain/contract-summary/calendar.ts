import { addDays, type CivilDay } from './civil-day.js';
import type { ActDay } from './register.js';

/** One last safe day of a published contract. */
export type CalendarEntry = {
  runId: string;
  draftVersion: number;
  /** RFC 3339. */
  publishedAt: string;
  vendor: string;
  title: string;
  act: ActDay;
  /** The published page. */
  url: string;
};

const longestLine = 75;

function octets(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** Folds at 75 octets, never inside a character; what follows begins with a space, which counts. */
function folded(line: string): string {
  let out = '';
  let used = 0;
  for (const sign of line) {
    const size = octets(sign);
    if (used + size > longestLine) {
      out += '\r\n ';
      used = 1;
    }
    out += sign;
    used += size;
  }
  return out;
}

/** RFC 5545 TEXT: no control character may stand in it but a line break, which is written as `\n`. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n');
}

const compactDay = (day: CivilDay) => day.replaceAll('-', '');
const compactTime = (at: string) => `${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}`;

function eventLines({ runId, draftVersion, publishedAt, vendor, title, act, url }: CalendarEntry): string[] {
  const name = vendor === '' ? title : vendor;
  const summary = escaped(`Last safe day to give notice: ${name}`);
  const stamp = compactTime(publishedAt);
  // At nine in the morning, a week before and the day before.
  const alarms = ['-P6DT15H', '-PT15H'].flatMap((trigger) => [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${summary}`,
    `TRIGGER:${trigger}`,
    'END:VALARM',
  ]);
  return [
    'BEGIN:VEVENT',
    `UID:${runId}-${String(act.term)}@countersign`,
    `DTSTAMP:${stamp}`,
    `LAST-MODIFIED:${stamp}`,
    `SEQUENCE:${String(draftVersion)}`,
    `DTSTART;VALUE=DATE:${compactDay(act.day)}`,
    `DTEND;VALUE=DATE:${compactDay(addDays(act.day, 1))}`,
    `SUMMARY:${summary}`,
    `DESCRIPTION:${escaped([title, ...act.steps, url].join('\n'))}`,
    `URL:${url}`,
    'CLASS:PRIVATE',
    'TRANSP:TRANSPARENT',
    ...alarms,
    'END:VEVENT',
  ];
}

/** RFC 5545 wants at least one component; where there is no day to act by, this one says nothing. */
const nothing = [
  'BEGIN:VTIMEZONE',
  'TZID:UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** The last safe days as an iCalendar feed: all-day events, the same bytes for the same entries. */
export function calendarOf(entries: readonly CalendarEntry[], name: string): string {
  const events = entries.flatMap(eventLines);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Countersign//Last safe days//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    ...(events.length === 0 ? nothing : events),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
