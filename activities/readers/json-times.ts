import { clockMs } from './times.js';

/** A time as a file writes it, before its unit is known: a moment of the day, a count of something, or milliseconds. */
export type RawTime = { at: number; as: 'number' | 'ms' | 'date' };

const longestMs = 1000 * 60 * 60 * 1000;
/** No speaker says more words in a second than this, so a unit that makes anybody faster is not the file's. */
const fastest = 8;
const lettersOfAWord = 6;
/** Units in a second, largest first: ticks of .NET, samples at 16 kHz (Otter), milliseconds, seconds. */
const perSecond = [10_000_000, 16_000, 1000, 1];

function numberTime(at: number, key: string): RawTime | undefined {
  if (!Number.isFinite(at) || at < 0) return undefined;
  if (/ms$|millis/i.test(key)) return { at, as: 'ms' };
  // Counted from 1970, in seconds or in milliseconds.
  if (!/offset/i.test(key) && at >= 1e9 && at < 1e10) return { at: at * 1000, as: 'date' };
  if (!/offset/i.test(key) && at >= 1e12 && at < 1e13) return { at, as: 'date' };
  return { at, as: 'number' };
}

/** A time of any of the usual forms: a number, `00:01:02.5`, `12.5`, `PT1M2S`, a date with a time. */
export function rawTime(value: unknown, key: string): RawTime | undefined {
  if (typeof value === 'number') return numberTime(value, key);
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const text = value.trim();
  const ms = clockMs(text.replace(/([.,]\d{3})\d{1,9}$/, '$1'));
  if (ms !== undefined) return { at: ms, as: 'ms' };
  const seconds = /^(\d{1,12}(?:\.\d{1,9})?)\s?s$/.exec(text)?.[1];
  if (seconds !== undefined) return { at: Number(seconds) * 1000, as: 'ms' };
  if (/^\d{1,16}(?:\.\d{1,9})?$/.test(text)) return numberTime(Number(text), key);
  const spoken = /^PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6}(?:\.\d{1,9})?)S)?$/.exec(text);
  if (spoken && text !== 'PT') {
    const [, hours = '0', minutes = '0', rest = '0'] = spoken;
    return { at: ((Number(hours) * 60 + Number(minutes)) * 60 + Number(rest)) * 1000, as: 'ms' };
  }
  const date = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : { at: date, as: 'date' };
}

/** What one item of a list says about its times, and how long its text is. */
export type Timed = { start: RawTime | undefined; end: RawTime | undefined; letters: number };

function unitOf(items: readonly Timed[], known: readonly number[]): number {
  let letters = 0;
  let lasted = 0;
  let first = Infinity;
  let last = 0;
  for (const { start, end, letters: mine } of items) {
    if (start?.as !== 'number') continue;
    letters += mine;
    if (end?.as === 'number' && end.at > start.at) lasted += end.at - start.at;
    first = Math.min(first, start.at);
    last = Math.max(last, start.at, end?.as === 'number' ? end.at : 0);
  }
  const span = lasted > 0 ? lasted : last - first;
  // One moment alone says nothing of its pace: a large whole number is in milliseconds.
  if (!(span > 0)) return last >= 10_000 && Number.isInteger(last) ? 1000 : 1;
  return known.find((unit) => (letters / lettersOfAWord) * unit <= fastest * span) ?? 1;
}

/**
 * How to turn a file's times into milliseconds from its beginning. The unit of bare numbers is the
 * finest in which nobody speaks faster than people can; dates count from the first of them.
 */
export function toMilliseconds(
  items: readonly Timed[],
  isOffset: boolean,
): (time: RawTime | undefined) => number | null {
  const unit = unitOf(
    items,
    perSecond.filter((one) => isOffset || one <= 1000),
  );
  const zero = items.reduce((least, { start }) => (start?.as === 'date' ? Math.min(least, start.at) : least), Infinity);
  return (time) => {
    if (time === undefined) return null;
    const ms = time.as === 'date' ? time.at - zero : time.as === 'ms' ? time.at : (time.at * 1000) / unit;
    return ms >= 0 && ms <= longestMs ? Math.round(ms) : null;
  };
}
