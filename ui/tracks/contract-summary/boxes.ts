import type { DocumentPage } from '../../../api/contract/index.js';

/** Some words of a page and the box that they stand in, in points from the top left. */
export type Run = { from: number; to: number; x: number; y: number; width: number; height: number };
export type Box = Pick<Run, 'x' | 'y' | 'width' | 'height'>;
export type Span = { from: number; to: number };

/** The runs of a page, out of the flat list that they travel in. */
export function runsOf({ runs }: Pick<DocumentPage, 'runs'>): Run[] {
  const found: Run[] = [];
  for (let at = 0; at + 5 < runs.length; at += 6) {
    const [from = 0, to = 0, x = 0, y = 0, width = 0, height = 0] = runs.slice(at, at + 6);
    found.push({ from, to, x, y, width, height });
  }
  return found;
}

/** How far into a run some letters reach, where letters are as wide as in an ordinary text face. */
function reach(text: string, letters: number): number {
  const widths = [...text].map((letter) => (/[ilj.,;:'’|! ]/.test(letter) ? 0.5 : /[mwMW@]/.test(letter) ? 1.5 : 1));
  const all = widths.reduce((sum, one) => sum + one, 0);
  const part = widths.slice(0, letters).reduce((sum, one) => sum + one, 0);
  return all === 0 ? 0 : part / all;
}

const sameLine = (one: Box, other: Box) =>
  Math.abs(one.y + one.height / 2 - other.y - other.height / 2) < Math.min(one.height, other.height) / 2;

/** The boxes of some words of a page, one a line where they stand next to one another. */
export function boxesOf(runs: readonly Run[], text: (run: Run) => string, { from, to }: Span): Box[] {
  const boxes: Box[] = [];
  for (const run of runs) {
    if (run.to <= from || run.from >= to) continue;
    const words = text(run);
    const left = reach(words, Math.max(0, from - run.from));
    const right = reach(words, Math.min(words.length, to - run.from));
    const box = { x: run.x + run.width * left, y: run.y, width: run.width * (right - left), height: run.height };
    const last = boxes.at(-1);
    const gap = last === undefined ? Infinity : box.x - (last.x + last.width);
    if (last !== undefined && sameLine(last, box) && gap > -1 && gap < 3 * box.height) {
      const top = Math.min(last.y, box.y);
      const bottom = Math.max(last.y + last.height, box.y + box.height);
      boxes[boxes.length - 1] = { x: last.x, y: top, width: box.x + box.width - last.x, height: bottom - top };
    } else boxes.push(box);
  }
  return boxes;
}

/** A piece of a page's words that is marked alike all through. */
export type Piece = Span & { marked: boolean; now: boolean };

/** Cuts a stretch of words where a mark begins or ends. */
export function piecesOf(
  whole: Span,
  marks: readonly Span[],
  now: Span | undefined,
  gaps: readonly Span[] = [],
): Piece[] {
  const inside = [...marks, ...(now === undefined ? [] : [now])].filter(
    (mark) => mark.from < whole.to && mark.to > whole.from,
  );
  const cuts = new Set([whole.from, whole.to]);
  for (const { from, to } of [...inside, ...gaps]) {
    cuts.add(Math.max(from, whole.from));
    cuts.add(Math.min(to, whole.to));
  }
  const order = [...cuts].sort((a, b) => a - b);
  const within = (span: Span | undefined, from: number, to: number) =>
    span !== undefined && span.from <= from && span.to >= to;
  return order.slice(0, -1).map((from, at) => {
    const to = order[at + 1] ?? whole.to;
    return {
      from,
      to,
      marked: inside.some((mark) => within(mark, from, to)),
      now: within(now, from, to),
    };
  });
}
