import { compare, type QuoteIndex } from '../quotes.js';
import type { Cue } from '../transcript.js';

/** One sentence as it was said: in which cue it begins, and where it stands in the compared text of the index. */
export type Spoken = { cue: number; startMs: number | null; text: string; from: number; to: number };

const pauseMs = 2_500;
const longest = 1_500;
/** Speech with fewer full stops than one in so many words has none to go by: each caption stands for itself. */
const unpunctuated = 60;
const ends = /[.?!…]["'”’)\]]*\s+|[。！？]+\s*/g;
const abbreviation = /(?:\b(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|no|inc|ltd|approx)|\b[A-Z])\.$/i;
const closed = /(?:[.?!…]["'”’)\]]*|[。！？]+)$/;

function endsSentence(text: string): boolean {
  return closed.test(text.slice(-12)) && !abbreviation.test(text.slice(-12));
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(ends)) {
    const to = match.index + match[0].length;
    if (!endsSentence(text.slice(Math.max(from, to - 24), to).trim())) continue;
    pieces.push(text.slice(from, to));
    from = to;
  }
  pieces.push(text.slice(from));
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

function goesOn(last: Cue | undefined, cue: Cue): boolean {
  if (last === undefined || last.speaker !== cue.speaker) return false;
  return last.endMs === null || cue.startMs === null || cue.startMs - last.endMs < pauseMs;
}

/** All that was said, sentence by sentence, joined over the captions that cut them: nothing is left out. */
export function spokenIn(index: QuoteIndex): Spoken[] {
  const found: Spoken[] = [];
  const cut = index.cues.map((cue) => piecesOf(cue.text));
  const closedCount = cut.flat().filter(endsSentence).length;
  const byCue = index.text.length / 6 / (closedCount + 1) > unpunctuated;
  let open: Spoken | undefined;
  let last: Cue | undefined;
  index.cues.forEach((cue, nth) => {
    if (byCue || !goesOn(last, cue)) open = undefined;
    let at = index.starts[nth] ?? 0;
    for (const piece of cut[nth] ?? []) {
      const to = at + compare(piece).length;
      if (open !== undefined && open.text.length + piece.length < longest) {
        open.text += ` ${piece}`;
        open.to = to;
      } else found.push((open = { cue: cue.index, startMs: cue.startMs, text: piece, from: at, to }));
      if (endsSentence(piece)) open = undefined;
      at = to + 1;
    }
    last = cue;
  });
  return found;
}
