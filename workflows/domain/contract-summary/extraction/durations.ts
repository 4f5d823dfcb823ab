/** A length of time as a contract states it. Days are calendar days unless it says business or working days. */
export type Duration = { count: number; unit: 'days' | 'weeks' | 'months' | 'years'; kind: 'calendar' | 'business' };

export type DurationMention = { from: number; to: number; duration: Duration };

const ones = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const teens = ['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const small = [...ones, ...teens];

/** 1 to 999 from English words; undefined for any other words. */
export function numberFromWords(words: string): number | undefined {
  let value = 0;
  const parts = words
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((part) => part !== '' && part !== 'and');
  if (parts.length === 0 || parts.length > 5) return undefined;
  for (const part of parts) {
    if (part === 'hundred') value = Math.max(1, value) * 100;
    else if (small.includes(part)) value += small.indexOf(part);
    else if (tens.includes(part)) value += 20 + 10 * tens.indexOf(part);
    else return undefined;
  }
  return value;
}

const word = [...small, ...tens, 'hundred'].sort((a, b) => b.length - a.length).join('|');
const mention = new RegExp(
  `(?:\\b((?:${word})(?:[\\s-]{1,3}(?:and\\s)?(?:${word})){0,4})\\s{0,3}(?:\\(?\\s?(\\d{1,4})\\s?\\))?|\\b(\\d{1,4})(?:\\s?\\([a-z -]{2,30}\\))?)` +
    `['\u2019]?[\\s-]{1,10}(?:\\(\\d{1,3}\\)\\s{0,3})?(?:(?:full|consecutive|successive|additional|contract)\\s){0,2}` +
    `(calendar|business|working|trading|banking)?[\\s-]{0,4}(day|week|month|year|annual|anniversary)s?\\b`,
  'gi',
);

/** Every length of time in a text, in order: `thirty (30) days`, `two-year`, `12 months`. */
export function durationsIn(text: string): DurationMention[] {
  return [...text.matchAll(mention)].flatMap((match) => {
    const [all, words, inBrackets, digits, kind, unit] = match;
    const count =
      inBrackets !== undefined
        ? Number(inBrackets)
        : digits !== undefined
          ? Number(digits)
          : numberFromWords(words ?? '');
    if (count === undefined || count <= 0 || unit === undefined) return [];
    const length = unit.toLowerCase();
    const plural = length === 'day' ? 'days' : length === 'week' ? 'weeks' : length === 'month' ? 'months' : 'years';
    const business = kind !== undefined && kind.toLowerCase() !== 'calendar';
    const duration: Duration = { count, unit: plural, kind: business ? 'business' : 'calendar' };
    return [{ from: match.index, to: match.index + all.length, duration }];
  });
}

const ordinals = [
  ...['zeroth', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'],
  ...['eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth'],
  ...['nineteenth', 'twentieth'],
];

/** An ordinal in words up to ninety-ninth, as it stands in an expression: the longer ones before their parts. */
export const ordinalWord = `(?:(?:twenty|thirty|forty|fifty)[\\s-]{1,3})?(?:${[...ordinals].reverse().join('|')}|thirtieth)`;

/** 1 to 59 from `fifth` or `twenty-first`; undefined for any other words. */
export function numberFromOrdinal(words: string): number | undefined {
  const parts = words.toLowerCase().split(/[\s-]+/);
  const last = parts.at(-1) ?? '';
  const unit = last === 'thirtieth' ? 30 : ordinals.indexOf(last);
  if (unit < 1 || parts.length > 2) return undefined;
  const [ten] = parts;
  return parts.length === 1 || ten === undefined ? unit : 20 + 10 * tens.indexOf(ten) + unit;
}

const anniversary = new RegExp(
  `\\b(?:(${ordinalWord})(?:\\s?\\(\\d{1,3}\\s?[a-z]{0,2}\\))?|(\\d{1,2})\\s?(?:st|nd|rd|th))\\s{1,9}(?:annual\\s)?anniversary\\b`,
  'gi',
);

/** `the fifth (5th) anniversary`, as so many years. */
export function anniversariesIn(text: string): DurationMention[] {
  return [...text.matchAll(anniversary)].flatMap((match) => {
    const [all, words, digits] = match;
    const count = digits !== undefined ? Number(digits) : numberFromOrdinal(words ?? '');
    if (count === undefined || count <= 0) return [];
    const duration: Duration = { count, unit: 'years', kind: 'calendar' };
    return [{ from: match.index, to: match.index + all.length, duration }];
  });
}

/** Days to compare two windows by, months as 30 and years as 365; never to count a day of the calendar. */
export function roughDays({ count, unit }: Duration): number {
  return count * { days: 1, weeks: 7, months: 30, years: 365 }[unit];
}
