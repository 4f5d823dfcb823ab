import { inReadingOrder } from './columns.js';
import type { Word } from './ink.js';
import { boxAround, parted, segmentsOf, type Segment } from './lines.js';

/** The text of a page, and of each run of words its offsets and its box. */
export type Composed = { text: string; runs: number[] };

const round = (value: number): number => Math.round(value * 10) / 10;

/** One line of reading: segments on one base line. */
type Line = { segments: Segment[]; from: number; to: number; base: number; size: number };

function linesOf(segments: readonly Segment[]): Line[] {
  const lines: Line[] = [];
  for (const one of segments) {
    const line = lines.at(-1);
    if (line && Math.abs(one.base - line.base) < 0.3 * Math.min(one.size, line.size) && one.from >= line.to - 1) {
      line.segments.push(one);
      line.to = Math.max(line.to, one.to);
      line.size = Math.max(line.size, one.size);
    } else lines.push({ segments: [one], from: one.from, to: one.to, base: one.base, size: one.size });
  }
  return lines;
}

/** What most lines are apart, seen from lines of one size that follow each other. */
function usualStep(lines: readonly Line[]): number {
  const steps: number[] = [];
  for (let at = 1; at < lines.length; at += 1) {
    const [before, line] = [lines[at - 1], lines[at]];
    if (!before || !line) continue;
    const step = line.base - before.base;
    if (step > 0 && step < 3 * line.size) steps.push(step / line.size);
  }
  steps.sort((a, b) => a - b);
  // Below the middle, because the space between paragraphs is among them.
  return steps[Math.floor((steps.length - 1) * 0.35)] ?? 1.2;
}

const numbered =
  /^(?:\(?(?:[a-z]{1,2}|[ivxlc]{1,5}|[A-Z]|\d{1,3})[.)]|\d{1,3}(?:\.\d{1,3})+\.?|(?:ARTICLE|Article|SECTION|Section)\s*\d*|[•·▪–—-])$/;

function beginsParagraph(before: Line, line: Line, step: number, left: number, right: number): boolean {
  const apart = (line.base - before.base) / Math.max(1, Math.min(line.size, before.size));
  if (apart < 0 || apart > step * 1.35 || apart > 2.6) return true;
  if (Math.abs(line.size - before.size) > 0.15 * Math.max(line.size, before.size)) return true;
  const em = line.size;
  const indented = line.from > left + em && line.from > before.from + 0.9 * em;
  const short = before.to < right - 0.2 * (right - left);
  // Under a number, the text hangs.
  const hangs = numbered.test(before.segments[0]?.words[0]?.text ?? '');
  if (indented && !hangs && before.from < left + 0.9 * em) return true;
  return short && numbered.test(line.segments[0]?.words[0]?.text ?? '');
}

/** Words of a page that are seen, as text in reading order with a run for each stretch of a line. */
export function compose(words: readonly Word[]): Composed {
  const runs: number[] = [];
  const parts: string[] = [];
  let length = 0;
  const put = (piece: string): void => {
    parts.push(piece);
    length += piece.length;
  };
  const putLine = (line: Line): void => {
    line.segments.forEach((one, index) => {
      if (index > 0) put(' ');
      const from = length;
      let before: Word | undefined;
      for (const word of one.words) {
        if (before && parted(before, word)) put(' ');
        put(word.text);
        before = word;
      }
      const box = boxAround(one.words);
      runs.push(from, length, round(box.x0), round(box.y0), round(box.x1 - box.x0), round(box.y1 - box.y0));
    });
  };
  for (const turn of [0, 1, 3, 2, 4] as const) {
    const turned = words.filter((word) => word.turn === turn);
    if (turned.length === 0) continue;
    for (const block of inReadingOrder(segmentsOf(turned))) {
      const lines = linesOf(block);
      const step = usualStep(lines);
      const left = lines.reduce((least, { from }) => Math.min(least, from), Infinity);
      const right = lines.reduce((most, { to }) => Math.max(most, to), -Infinity);
      lines.forEach((line, at) => {
        const before = lines[at - 1];
        if (before === undefined) {
          if (length > 0) put('\n\n');
        } else put(beginsParagraph(before, line, step, left, right) ? '\n\n' : '\n');
        putLine(line);
      });
    }
  }
  return { text: parts.join(''), runs };
}
