import type { Cue } from './transcript.js';

/** A quote found: in which cue it begins, when that is, and the transcript's own words. */
export type FoundQuote = { cue: number; startMs: number | null; quote: string };

type Unit = { text: string; from: number; to: number };

const cluster = /\P{M}\p{M}*|\p{M}+/gu;
/** Scripts written without spaces between words, where a quote may begin and end anywhere. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const wordCharacter = /[\p{L}\p{N}]/u;

function same(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .replace(/[\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212\ufe58\uff0d]/g, '-')
    .replace(/\s+/g, ' ');
}

/** Each visible unit of a text as it is compared, with where it stood. Runs of white space are one unit. */
function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  for (const match of text.matchAll(cluster)) {
    const from = match.index;
    const to = from + match[0].length;
    const compared = same(match[0]);
    const last = units.at(-1);
    if (compared === ' ' && (last === undefined || last.text === ' ')) continue;
    units.push({ text: compared, from, to });
  }
  if (units.at(-1)?.text === ' ') units.pop();
  return units;
}

const ascii = /^[\t\n\r\x20-\x7e]*$/;

/** The compared form of a text, as quotes are looked up in it: its units joined, by a short way where there is nothing but ASCII. */
export function compare(text: string): string {
  if (ascii.test(text)) return text.toLowerCase().replace(/`/g, "'").replace(/\s+/g, ' ').trim();
  return unitsOf(text)
    .map((unit) => unit.text)
    .join('');
}

/** Without the marks that people and models put around a quotation. */
function needleOf(quote: string): string {
  const text = compare(quote);
  let from = 0;
  let to = text.length;
  while (from < to && /[\s"'.…,;:-]/.test(text.charAt(from))) from += 1;
  while (to > from && /[\s"'.…,;:!?-]/.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function longEnough(needle: string): boolean {
  return needle.length >= (unspaced.test(needle) ? 3 : 6);
}

/** A text made ready for looking up quotes in it, once for all of them. */
export type QuoteIndex = { cues: readonly Cue[]; text: string; starts: readonly number[] };

/** Makes a transcript's cues ready for `findQuote`. */
export function quoteIndex(cues: readonly Cue[]): QuoteIndex {
  const starts: number[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const cue of cues) {
    const part = compare(cue.text);
    starts.push(at);
    parts.push(part);
    at += part.length + 1;
  }
  return { cues, text: parts.join(' '), starts };
}

/** Position of the cue that holds offset `at`. */
function cueAt(index: QuoteIndex, at: number): number {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((index.starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function splitsAWord(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at);
  if (unspaced.test(before) || unspaced.test(after)) return false;
  return wordCharacter.test(before) && wordCharacter.test(after);
}

/** The transcript's own words from compared offset `from` to `to` of one cue. */
function ownWords(cue: Cue, from: number, to: number): string {
  let at = 0;
  let start: number | undefined;
  let end = 0;
  for (const unit of unitsOf(cue.text)) {
    if (at + unit.text.length > from && at < to) {
      start ??= unit.from;
      end = unit.to;
    }
    at += unit.text.length;
  }
  return start === undefined ? '' : cue.text.slice(start, end);
}

function quoteFrom(index: QuoteIndex, from: number, to: number): FoundQuote | undefined {
  const first = cueAt(index, from);
  const last = cueAt(index, to - 1);
  const words = index.cues
    .slice(first, last + 1)
    .map((cue, offset) => {
      const start = index.starts[first + offset] ?? 0;
      return ownWords(cue, Math.max(0, from - start), to - start);
    })
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 2000);
  const cue = index.cues[first];
  return cue === undefined || words === '' ? undefined : { cue: cue.index, startMs: cue.startMs, quote: words };
}

/** How often a match that splits a word is passed over, so that a hostile text costs a bounded time. */
const maxTries = 200;

/** Where a quote stands in the compared text of an index: from one offset to another. */
export type Place = { from: number; to: number };

function lookFrom(index: QuoteIndex, needle: string, from: number): Place | undefined {
  let at = index.text.indexOf(needle, from);
  for (let tries = 0; at >= 0 && tries < maxTries; tries += 1) {
    if (!splitsAWord(index.text, at) && !splitsAWord(index.text, at + needle.length))
      return { from: at, to: at + needle.length };
    at = index.text.indexOf(needle, at + 1);
  }
  return undefined;
}

/** Where a quote stands: the first place at or after offset `from`, else the first of all, else `undefined`. */
export function placeOf(index: QuoteIndex, quote: string, from = 0): Place | undefined {
  const needle = needleOf(quote.slice(0, 2000));
  if (!longEnough(needle)) return undefined;
  return lookFrom(index, needle, from) ?? (from > 0 ? lookFrom(index, needle, 0) : undefined);
}

/**
 * Looks a quote up in a transcript: white space, case, quotation marks, dashes and Unicode forms aside,
 * the words must stand there. Where they stand more than once, the first place at or after `fromCue`.
 * `undefined` where they are nowhere, or are too few to say anything.
 */
export function findQuote(index: QuoteIndex, quote: string, fromCue = 0): FoundQuote | undefined {
  const place = placeOf(index, quote, index.starts[fromCue] ?? 0);
  return place && quoteFrom(index, place.from, place.to);
}
