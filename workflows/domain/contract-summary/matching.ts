import { foldText, type FoldedText } from './folded-text.js';

/** Where a quote stands in the original text, from one offset to another. */
export type Passage = { from: number; to: number };

export type Match =
  /** The words stand in the document. */
  | { state: 'verified'; passages: Passage[]; words: string }
  /** Nearly: `words` are the document's own, which replace the quote; `likeness` is 0 to 1. */
  | { state: 'drifted'; passages: Passage[]; words: string; likeness: number }
  | { state: 'not-found' };

/** Fewer letters and digits than this say nothing about where they stand. */
export const shortestQuote = 4;
const longestQuote = 6_000;
/** Below this share of equal words in order, a passage is another one. */
export const likeEnough = 0.8;
const mostPassages = 50;

const wordCharacter = /[\p{L}\p{N}]/u;
/** Scripts written without spaces, where a quote may begin and end anywhere. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** True where `at` stands within a word of the original: a quote of "0 days" is not found in "30 days". */
function splitsAWord(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at);
  if (unspaced.test(before) || unspaced.test(after)) return false;
  return wordCharacter.test(before) && wordCharacter.test(after);
}

function bare(needle: string): string {
  return needle.replace(/^[^\p{L}\p{N}(§$€£]+/u, '').replace(/[^\p{L}\p{N})%]+$/u, '');
}

function exactly(text: FoldedText, needle: string): Passage[] {
  const found: Passage[] = [];
  let at = text.folded.indexOf(needle);
  for (let tries = 0; at >= 0 && tries < 2_000 && found.length < mostPassages; tries += 1) {
    const from = text.from[at];
    const to = text.to[at + needle.length - 1];
    if (from !== undefined && to !== undefined && !splitsAWord(text.original, from) && !splitsAWord(text.original, to))
      found.push({ from, to });
    at = text.folded.indexOf(needle, at + 1);
  }
  return found;
}

type Word = { text: string; from: number; to: number };

const wordPattern = /[\p{L}\p{N}]+(?:['’.,][\p{L}\p{N}]+)*/gu;

function wordsOf(text: string): Word[] {
  return [...text.matchAll(wordPattern)].map((match) => ({
    text: foldText(match[0]).folded,
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** Length of the longest common subsequence of words, and the first and last place it takes in `hay`. */
function commonWords(needle: readonly string[], hay: readonly Word[]): { share: number; first: number; last: number } {
  let row = new Uint16Array(hay.length + 1);
  const rows = [row];
  for (const word of needle) {
    const next = new Uint16Array(hay.length + 1);
    hay.forEach((other, at) => {
      next[at + 1] = other.text === word ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0);
    });
    rows.push(next);
    row = next;
  }
  let [i, j, first, last] = [needle.length, hay.length, -1, -1];
  while (i > 0 && j > 0) {
    const here = rows[i]?.[j] ?? 0;
    if ((rows[i - 1]?.[j] ?? 0) === here) i -= 1;
    else if ((rows[i]?.[j - 1] ?? 0) === here) j -= 1;
    else {
      first = j - 1;
      if (last < 0) last = j - 1;
      i -= 1;
      j -= 1;
    }
  }
  const common = rows.at(-1)?.[hay.length] ?? 0;
  const span = first < 0 ? 1 : last - first + 1;
  // Both what the quote adds and what the document has in between count against it.
  return { share: (2 * common) / (needle.length + span), first, last };
}

/** A document made ready for looking up quotes in it, once for all of them. */
export type Document = { text: FoldedText; words: Word[]; places: ReadonlyMap<string, readonly number[]> };

/** Makes a document's text ready. Linear in its length. */
export function indexDocument(text: string): Document {
  const words = wordsOf(text);
  const places = new Map<string, number[]>();
  words.forEach(({ text: word }, at) => {
    const known = places.get(word);
    if (known === undefined) places.set(word, [at]);
    else known.push(at);
  });
  return { text: foldText(text), words, places };
}

/** Windows of the document that hold the rarest words of a quote about where they should stand. */
function windowsOf(document: Document, needle: readonly string[]): number[] {
  const rare = needle
    .map((word, offset) => ({ offset, places: document.places.get(word) ?? [] }))
    .filter(({ places }) => places.length > 0)
    .sort((a, b) => a.places.length - b.places.length)
    .slice(0, 6);
  const votes = new Map<number, number>();
  for (const { offset, places } of rare)
    for (const place of places.slice(0, 200)) {
      const start = Math.max(0, place - offset);
      const bucket = Math.floor(start / 8);
      votes.set(bucket, (votes.get(bucket) ?? 0) + 1);
    }
  return [...votes]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 8)
    .map(([bucket]) => bucket * 8);
}

function nearly(document: Document, quote: string): Match {
  const needle = wordsOf(quote)
    .map((word) => word.text)
    .slice(0, 400);
  if (needle.length < 4) return { state: 'not-found' };
  const slack = Math.max(8, Math.ceil(needle.length / 4));
  let best: { share: number; from: number; to: number } | undefined;
  for (const start of windowsOf(document, needle)) {
    const begin = Math.max(0, start - slack);
    const hay = document.words.slice(begin, start + needle.length + 2 * slack);
    const { share, first, last } = commonWords(needle, hay);
    const [from, to] = [hay[first]?.from, hay[last]?.to];
    if (from !== undefined && to !== undefined && share > (best?.share ?? 0)) best = { share, from, to };
  }
  if (best === undefined || best.share < likeEnough) return { state: 'not-found' };
  const { from, to, share } = best;
  return {
    state: 'drifted',
    passages: [{ from, to }],
    words: document.text.original.slice(from, to),
    likeness: Math.min(share, 0.999),
  };
}

/**
 * Looks a quote up in a document. *Verified*: after the folding that `foldText` states, the words stand
 * there as whole words. *Drifted*: most of its words stand there in this order; the document's own words
 * are given back to replace it. Otherwise *not found*, and so is what is too short to say anything.
 */
export function matchQuote(document: Document, quote: string): Match {
  if (quote.length > longestQuote) return { state: 'not-found' };
  const needle = bare(foldText(quote).folded);
  if (
    [...needle].filter((character) => wordCharacter.test(character)).length <
    (unspaced.test(needle) ? 2 : shortestQuote)
  )
    return { state: 'not-found' };
  const passages = exactly(document.text, needle);
  const [first] = passages;
  if (first !== undefined)
    return { state: 'verified', passages, words: document.text.original.slice(first.from, first.to) };
  return nearly(document, quote);
}
