import type { Cue, Transcript } from '../../../../workflows/domain/transcript.js';

/** One sentence of the walk-through, with the cue in which it begins. */
export type Sentence = { text: string; cue: number; startMs: number | null; speaker: string | null };

/** A silence this long ends a sentence, punctuated or not. */
const pauseMs = 2_500;
const longest = 1_500;

type Stretch = { speaker: string | null; parts: { at: number; cue: Cue }[]; text: string };

function stretchesOf(cues: readonly Cue[]): Stretch[] {
  const stretches: Stretch[] = [];
  let last: Cue | undefined;
  for (const cue of cues) {
    const open = stretches.at(-1);
    const ended = last?.endMs ?? null;
    const pause = ended !== null && cue.startMs !== null && cue.startMs - ended >= pauseMs;
    if (open !== undefined && open.speaker === cue.speaker && !pause && open.text.length < 20_000) {
      open.parts.push({ at: open.text.length + 1, cue });
      open.text += ` ${cue.text}`;
    } else stretches.push({ speaker: cue.speaker, parts: [{ at: 0, cue }], text: cue.text });
    last = cue;
  }
  return stretches;
}

const abbreviation = /(?:\b(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|no|inc|ltd|approx)|\b[A-Z])\.$/i;
const spokenBreak = /\s(?=(?:and then|so then|then|next|after that|and after that|now)\s+(?:you|we|i)\b)/gi;

/** Offsets at which sentences begin. Speech without punctuation is cut where a speaker goes on to the next thing. */
function beginnings(stretch: Stretch): number[] {
  const starts = [0];
  const ends = [...stretch.text.matchAll(/[.?!…]["'”’)\]]?\s+/g)];
  for (const end of ends) {
    const before = stretch.text.slice(Math.max(0, end.index - 8), end.index + 1);
    if (!abbreviation.test(before)) starts.push(end.index + end[0].length);
  }
  const words = stretch.text.length / 6;
  if (words / (ends.length + 1) > 60) {
    starts.push(...stretch.parts.map((part) => part.at));
    starts.push(...[...stretch.text.matchAll(spokenBreak)].map((match) => match.index + 1));
  } else {
    // Where a tool left the full stop out, a new line that begins with a capital begins a sentence too.
    for (const { at, cue } of stretch.parts)
      if (/^(?:So|Then|Next|Now|Finally|First|After|Click|Go|Open|You|If|Once|Okay)\b/.test(cue.text)) starts.push(at);
  }
  return [...new Set(starts)].sort((a, b) => a - b);
}

/** What was said, as sentences: joined over the cues in which captions cut them, in the order of the recording. */
export function sentencesOf(transcript: Transcript): Sentence[] {
  return stretchesOf(transcript.cues).flatMap((stretch) => {
    const starts = beginnings(stretch);
    let part = 0;
    return starts.flatMap((from, at): Sentence[] => {
      const text = stretch.text.slice(from, Math.min(starts[at + 1] ?? stretch.text.length, from + longest)).trim();
      while ((stretch.parts[part + 1]?.at ?? Infinity) <= from) part += 1;
      const cue = stretch.parts[part]?.cue;
      return text === '' || cue === undefined
        ? []
        : [{ text, cue: cue.index, startMs: cue.startMs, speaker: stretch.speaker }];
    });
  });
}
