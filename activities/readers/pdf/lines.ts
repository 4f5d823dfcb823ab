import { around, type Box } from './geometry.js';
import type { Word } from './ink.js';

/** Words beside each other without a wide gap, on one line. */
export type Segment = {
  words: Word[];
  from: number;
  to: number;
  base: number;
  size: number;
  top: number;
  bottom: number;
};

/** Gaps wider than this many heights of type part a line into segments. */
const wide = 1.6;

const heightOf = (word: Word): number => Math.min(word.size, 72);

/** Drawn again at the same place to look bold, or as its own shadow. */
function isRepetition(word: Word, before: Word): boolean {
  const slack = word.size * 0.2;
  return (
    word.text === before.text &&
    Math.abs(word.from - before.from) < slack &&
    Math.abs(word.base - before.base) < slack &&
    Math.abs(word.size - before.size) < slack
  );
}

/** Words that stand on the same base line, or beside one as its small print does. */
function rowsOf(words: readonly Word[]): Word[][] {
  const rows: { words: Word[]; base: number; size: number }[] = [];
  for (const word of [...words].sort((a, b) => a.base - b.base || a.from - b.from)) {
    let found: (typeof rows)[number] | undefined;
    // Only the last few rows can be as near as this.
    for (let at = rows.length - 1; at >= Math.max(0, rows.length - 4); at -= 1) {
      const row = rows[at];
      if (row === undefined) continue;
      const apart = Math.abs(word.base - row.base);
      const [large, small] = [Math.max(word.size, row.size), Math.min(word.size, row.size)];
      if (apart < 0.25 * small || (small < 0.8 * large && apart < 0.5 * large)) {
        found = row;
        break;
      }
    }
    if (found === undefined) rows.push({ words: [word], base: word.base, size: word.size });
    else {
      found.words.push(word);
      if (word.size > found.size) Object.assign(found, { base: word.base, size: word.size });
    }
  }
  return rows.map((row) => row.words.sort((a, b) => a.from - b.from));
}

function segment(words: Word[]): Segment {
  let largest = words[0];
  let [from, to] = [Infinity, -Infinity];
  for (const word of words) {
    if (largest === undefined || word.size > largest.size) largest = word;
    from = Math.min(from, word.from);
    to = Math.max(to, word.to);
  }
  const size = largest === undefined ? 0 : heightOf(largest);
  const base = largest?.base ?? 0;
  return { words, from, to, base, size, top: base - size * 0.8, bottom: base + size * 0.2 };
}

/** Words of one direction as segments of lines, from the top down. */
export function segmentsOf(words: readonly Word[]): Segment[] {
  const segments: Segment[] = [];
  for (const row of rowsOf(words)) {
    let open: Word[] = [];
    for (const word of row) {
      const before = open.at(-1);
      if (before !== undefined && (isRepetition(word, before) || open.slice(-3).some((one) => isRepetition(word, one))))
        continue;
      if (before !== undefined && word.from - before.to > wide * Math.max(heightOf(word), heightOf(before))) {
        segments.push(segment(open));
        open = [];
      }
      open.push(word);
    }
    if (open.length > 0) segments.push(segment(open));
  }
  return segments;
}

/** True where a reader sees a space between two words of a line. */
export function parted(before: Word, word: Word): boolean {
  if (before.spaceAfter || word.spaceBefore) return word.from > before.to - 0.3 * word.size;
  return word.from - Math.max(before.to, before.pen) > 0.13 * Math.min(word.size, before.size);
}

export const boxAround = (words: readonly Word[]): Box =>
  words.slice(1).reduce((box, word) => around(box, word.box), words[0]?.box ?? { x0: 0, y0: 0, x1: 0, y1: 0 });
