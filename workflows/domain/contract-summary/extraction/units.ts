/** A sentence or part of one, where it stands in the document, and its words as rules read them. */
export type Unit = { from: number; to: number; plain: string };

/** No passage that is offered is longer, in characters of the document. */
export const longestPassage = 1_200;
const longestUnit = 800;
const shortestUnit = 60;

const abbreviations =
  /(?:^|[\s("])(?:inc|ltd|co|corp|llc|no|nos|sec|art|mr|mrs|ms|dr|st|u\.s|u\.s\.a|l\.p|n\.v|e\.g|i\.e|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|\d{1,3}|[a-z])$/i;
const space = /\s/;
const lower = /\p{Ll}/u;

/** Words as rules read them: lower case, single spaces, plain quotes, at most as long as a unit. */
export function plainWords(text: string): string {
  return text
    .slice(0, longestPassage)
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Offsets at which a sentence may begin: after its end mark, or after an empty line that no small letter follows. */
function* boundaries(text: string): Generator<number> {
  let at = 0;
  while (at < text.length) {
    if (!space.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    let lines = 0;
    let next = at;
    for (; next < text.length && space.test(text.charAt(next)); next += 1) if (text.charAt(next) === '\n') lines += 1;
    const before = text.slice(Math.max(0, at - 16), at).replace(/["')\]\u201d]{1,4}$/, '');
    const after = text.charAt(next);
    if (!lower.test(after)) {
      if (/[?!]$/.test(before) || (before.endsWith('.') && !abbreviations.test(before.slice(0, -1)))) yield next;
      else if (lines > 1) yield next;
    }
    at = next;
  }
}

/** The last good place to cut a sentence that is too long: a semicolon, a bracketed letter, a comma, a space. */
function cut(text: string, from: number, to: number): number {
  const head = text.slice(from, Math.min(to, from + longestUnit));
  const floor = longestUnit / 3;
  for (const mark of ['; ', ' (', ', ', ' ', '\n']) {
    const at = head.lastIndexOf(mark);
    if (at > floor) return from + at + 1;
  }
  return from + head.length;
}

/** Cuts a document into sentences. Time is linear in its length; nothing but white space lies between units. */
export function unitsOf(text: string): Unit[] {
  const edges = [0, ...boundaries(text), text.length];
  const spans: { from: number; to: number }[] = [];
  for (let index = 1; index < edges.length; index += 1) {
    let from = edges[index - 1] ?? 0;
    const to = edges[index] ?? 0;
    const last = spans.at(-1);
    // A heading belongs to the sentence under it.
    if (last !== undefined && last.to - last.from < shortestUnit && to - last.from <= longestUnit) {
      last.to = to;
      continue;
    }
    while (to - from > longestUnit) {
      const at = cut(text, from, to);
      spans.push({ from, to: at });
      from = at;
    }
    if (to > from) spans.push({ from, to });
  }
  return spans.flatMap(({ from, to }) => {
    const words = text.slice(from, to);
    const inner = words.trim();
    if (inner === '') return [];
    const start = from + words.indexOf(inner);
    return [{ from: start, to: start + inner.length, plain: plainWords(inner) }];
  });
}

/** The unit with as many of its neighbours as fit into one passage, by turns after and before it. */
export function passageAround(units: readonly Unit[], index: number): { from: number; to: number } {
  let [first, last] = [index, index];
  const from = () => units[first]?.from ?? 0;
  const to = () => units[last]?.to ?? 0;
  for (let grew = true; grew;) {
    grew = false;
    const after = units[last + 1];
    if (after !== undefined && after.to - from() <= longestPassage) {
      last += 1;
      grew = true;
    }
    const before = units[first - 1];
    if (before !== undefined && to() - before.from <= longestPassage) {
      first -= 1;
      grew = true;
    }
  }
  return { from: from(), to: to() };
}
