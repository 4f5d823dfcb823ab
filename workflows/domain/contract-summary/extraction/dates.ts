import { daysInMonth, isCivilDay, type CivilDay } from '../civil-day.js';
import { numberFromOrdinal, ordinalWord } from './durations.js';

/** A date as it stands in a text. Without `day` it is incomplete: a month only, or blanks to be filled in. */
export type DateMention = { from: number; to: number; day?: CivilDay };

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthWord =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** `th`, and what a PDF or a scan makes of a raised one: `t h`, `5t`. */
const ordinal = '(?:\\s{0,2}(?:st|nd|rd|th|s\\s?t|n\\s?d|r\\s?d|t\\s?h|5\\s?t|t))?';
const blank = '[_\\[\\]\\s.\\u00b7\\u2022*\\u25cf-]{1,40}';
const dayOf = '(?:day\\s{1,8}(?:of|in)\\s{1,8}(?:the\\s{1,8}month\\s{1,8}of\\s{1,8})?)?';
const gap = '[\\s,.]{1,12}';

const shapes: { shape: RegExp; read: (parts: (string | undefined)[]) => [string?, string?, string?] }[] = [
  {
    shape: new RegExp(
      `\\b(${monthWord})\\.?\\s{1,8}(\\d{1,2})${ordinal}(?:${gap}|\\s{0,3},\\s{0,8})((?:19|20)\\d{2})\\b`,
      'gi',
    ),
    read: ([, month, day, year]) => [year, month, day],
  },
  {
    shape: new RegExp(
      `\\b(\\d{1,2})${ordinal}\\)?\\s{1,8}${dayOf}(${monthWord})[\\s.,-]{0,20}((?:19|20)\\d{2})\\b`,
      'gi',
    ),
    read: ([, day, month, year]) => [year, month, day],
  },
  {
    shape: new RegExp(
      `\\b(${ordinalWord}|last)\\s{1,8}day\\s{1,8}(?:of|in)\\s{1,8}(?:the\\s{1,8}month\\s{1,8}of\\s{1,8})?(${monthWord})[\\s.,-]{0,20}((?:19|20)\\d{2})\\b`,
      'gi',
    ),
    read: ([, day, month, year]) => [year, month, day],
  },
  { shape: /\b(\d{4})-(\d{2})-(\d{2})\b/g, read: ([, year, month, day]) => [year, month, day] },
  { shape: /\b(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})\b/g, read: ([, month, day, year]) => [year, month, day] },
  { shape: /\b(\d{1,2})-(\d{1,2})-(\d{4})\b/g, read: ([, month, day, year]) => [year, month, day] },
  // With dots the day comes first, wherever that is written.
  { shape: /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/g, read: ([, day, month, year]) => [year, month, day] },
  {
    shape: new RegExp(`\\b${monthWord}\\s{0,4}${blank},?\\s{0,4}(?:19|20)(?:\\d{2}|_{1,4})`, 'gi'),
    read: () => [],
  },
  {
    shape: new RegExp(
      `(?:${blank})?\\bday\\s{1,4}of\\s{0,4}(?:${monthWord}|${blank})?[\\s,]{0,6}(?:19|20)(?:\\d{2}|_{1,4})`,
      'gi',
    ),
    read: () => [],
  },
  { shape: /\[[_\s\u00b7\u2022*\u25cf-]{0,20}\],\s{0,3}(?:19|20)\d{2}|\[date\]/gi, read: () => [] },
];

const dayNumber = (day: string, year: number, month: number): number =>
  /^\d/.test(day)
    ? Number(day)
    : day.toLowerCase() === 'last'
      ? daysInMonth(year, month)
      : (numberFromOrdinal(day) ?? 0);

function dayFrom(year: string, month: string, day: string): CivilDay | undefined {
  const full = year.length === 2 ? `${Number(year) > 60 ? '19' : '20'}${year}` : year;
  const named = months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  let [at, of] = [dayNumber(day, Number(full), named), named > 0 ? named : Number(month)];
  // 18/9/2008 can only be a day before a month; 4/8/2020 is read the American way.
  if (named === 0 && of > 12) [at, of] = [of, at];
  const iso = `${full}-${String(of).padStart(2, '0')}-${String(at).padStart(2, '0')}`;
  return isCivilDay(iso) ? iso : undefined;
}

/** The foot of a page as filings with an exchange have it: the day of filing is no day of the contract's. */
const filingFoot = /\bsource:[^\n]{1,90}?,\s?[\w/() -]{1,20},\s?\d{1,2}\/\d{1,2}\/\d{4}/gi;

/** Every date in a text, in order; where two shapes fit the same words, the one that begins first. */
export function datesIn(text: string): DateMention[] {
  const found: DateMention[] = [];
  const feet = [...text.matchAll(filingFoot)].map(({ index, 0: all }) => ({ from: index, to: index + all.length }));
  for (const { shape, read } of shapes) {
    for (const match of text.matchAll(shape)) {
      const [year, month, day] = read([...match]);
      const complete = year !== undefined && month !== undefined && day !== undefined;
      const iso = complete ? dayFrom(year, month, day) : undefined;
      if (complete && iso === undefined) continue;
      const mention = { from: match.index, to: match.index + match[0].length };
      if ([...feet, ...found].some((other) => other.from < mention.to && mention.from < other.to)) continue;
      found.push(iso === undefined ? mention : { ...mention, day: iso });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}
