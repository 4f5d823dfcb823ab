import type { Segment } from './lines.js';

const chars = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { words }) => sum + words.reduce((count, { text }) => count + text.length + 1, 0), 0);

/** Running text fills its column: most of its lines reach near the longest. */
function isProse(segments: readonly Segment[]): boolean {
  if (segments.length < 5) return false;
  const widths = segments.map(({ from, to }) => to - from).sort((a, b) => a - b);
  const [median = 0, longest = 1] = [widths[widths.length >> 1], widths.at(-1)];
  return median > 0.6 * longest && chars(segments) / segments.length > 18;
}

type Gutter = { left: number; right: number; lines: number };

/** Where many segments begin at the same place, away from the left edge, a column may begin. */
function gutters(segments: readonly Segment[]): Gutter[] {
  const starts = segments.map(({ from }) => from).sort((a, b) => a - b);
  const [first = 0] = starts;
  const last = segments.reduce((most, { to }) => Math.max(most, to), first);
  const found: Gutter[] = [];
  for (let at = 0; at < starts.length;) {
    const start = starts[at] ?? 0;
    let end = at;
    while (end < starts.length && (starts[end] ?? 0) - start < 3) end += 1;
    if (end - at >= 5 && start > first + 0.2 * (last - first))
      found.push({ left: start - 6, right: start - 0.5, lines: end - at });
    at = end;
  }
  return found.sort((a, b) => b.lines - a.lines).slice(0, 8);
}

type Band = { left: Segment[]; right: Segment[]; from: number; to: number };

/** The longest stretch of lines, from the top down, that keeps clear of a gutter and is running text on both sides. */
function bandAt(segments: readonly Segment[], { left, right }: Gutter): Band | undefined {
  let best: Band | undefined;
  let open: Band | undefined;
  const close = (to: number): void => {
    if (open && isProse(open.left) && isProse(open.right)) {
      const band = { ...open, to };
      if (best === undefined || band.to - band.from > best.to - best.from) best = band;
    }
    open = undefined;
  };
  segments.forEach((one, at) => {
    if (one.from < left && one.to > left) {
      close(at);
      return;
    }
    open ??= { left: [], right: [], from: at, to: at };
    (one.to <= left ? open.left : open.from >= 0 && one.from >= right - 3 ? open.right : open.left).push(one);
  });
  close(segments.length);
  return best;
}

/** Segments in the order of reading: from the top down, and column after column where there are columns. */
export function inReadingOrder(segments: readonly Segment[], depth = 0): Segment[][] {
  if (segments.length < 10 || depth > 6) return [[...segments]];
  let best: Band | undefined;
  for (const gutter of gutters(segments)) {
    const band = bandAt(segments, gutter);
    if (band && (best === undefined || band.to - band.from > best.to - best.from)) best = band;
  }
  if (best === undefined) return [[...segments]];
  const parts = [segments.slice(0, best.from), best.left, best.right, segments.slice(best.to)];
  return parts.filter((part) => part.length > 0).flatMap((part) => inReadingOrder(part, depth + 1));
}
