import type { Transcript } from '../../workflows/domain/transcript.js';
import { gather, type Said } from './gather.js';
import { isSpeaker, speakerPattern, splitSpeaker } from './speakers.js';
import { clockMs, clockPattern } from './times.js';
import type { Warnings } from './unreadable.js';

/** Lines that a recorder puts around what was said. */
const addedByTool =
  /^(?:Transcribed by https:\/\/otter\.ai\/?|Meeting ended after \d[\d:]{3,9}.{0,10}|This editable transcript was computer generated and might contain errors\..{0,120})$/;

type Head = { startMs: number | null; speaker: string | null; rest: string };

const bracketed = new RegExp(String.raw`^[[(]\s?(${clockPattern})\s?[\])]\s*[-–:]?\s*`);
const leading = new RegExp(String.raw`^(${clockPattern})(?=$|[\s-])\s*[-–]?\s*`);
/** `Owen Tran 0:12`, `Owen Tran - 00:12`, `Owen Tran (0:12)`, with what is said after it or below it. */
const nameThenTime = new RegExp(
  String.raw`^(${speakerPattern})\s{0,4}(?:[-–|,•·]\s?|\s)[[(]?(${clockPattern})[\])]?\s?:?(?:$|\s+)`,
  'u',
);

function afterTime(startMs: number, text: string): Head {
  const split = splitSpeaker(text);
  if (split) return { startMs, speaker: split.speaker, rest: split.rest };
  const name = text.replace(/:$/, '').trim();
  // A name and a colon beside a time are the head of what stands below them.
  if (text.endsWith(':') && isSpeaker(name)) return { startMs, speaker: name, rest: '' };
  return { startMs, speaker: null, rest: text };
}

/** How a line begins: a time, a name, both or neither. `loose` allows a bare time with speech after it. */
function headOf(line: string, loose: boolean): Head | undefined {
  const start = line.slice(0, 300);
  const inBrackets = bracketed.exec(start);
  const ms = inBrackets?.[1] === undefined ? undefined : clockMs(inBrackets[1]);
  if (inBrackets && ms !== undefined) return afterTime(ms, line.slice(inBrackets[0].length));
  const named = nameThenTime.exec(start);
  const namedMs = named?.[2] === undefined ? undefined : clockMs(named[2]);
  if (named?.[1] !== undefined && namedMs !== undefined && isSpeaker(named[1]))
    return { startMs: namedMs, speaker: named[1], rest: line.slice(named[0].length) };
  const bare = leading.exec(start);
  const bareMs = bare?.[1] === undefined ? undefined : clockMs(bare[1]);
  if (bare && bareMs !== undefined) {
    const head = afterTime(bareMs, line.slice(bare[0].length));
    if (loose || head.rest === '' || head.speaker !== null) return head;
  }
  const split = splitSpeaker(line);
  return split ? { startMs: null, speaker: split.speaker, rest: split.rest } : undefined;
}

/** One word before a colon is a name only where it comes again, or beside a time: `Amount: 40` is no speaker. */
function doubtful(heads: readonly (Head | undefined)[]): Set<string> {
  const counts = new Map<string, number>();
  const timed = new Set<string>();
  for (const head of heads) {
    if (head === undefined || head.speaker === null) continue;
    counts.set(head.speaker, (counts.get(head.speaker) ?? 0) + 1);
    if (head.startMs !== null) timed.add(head.speaker);
  }
  return new Set(
    [...counts].filter(([name, count]) => count < 2 && !name.includes(' ') && !timed.has(name)).map(([name]) => name),
  );
}

/** Line at which Google Meet's own heading (title, who was there) ends: 0 where there is none. */
function endOfHeading(lines: readonly string[]): number {
  const start = lines.slice(0, 30);
  const here = start.indexOf('Attendees');
  return here < 0 ? 0 : start.indexOf('Transcript', here) + 1;
}

/**
 * Plain text: one cue a line, with the speaker and the time where lines name them, in any of the usual
 * ways. Lines under a head belong to its speaker and time.
 */
export function readPlain(text: string, warnings: Warnings): Transcript {
  const whole = text.split('\n').map((line) => line.trim());
  const heading = endOfHeading(whole);
  // Left empty rather than taken out, so that the numbers of lines stay true.
  const lines = whole.map((line, at) => {
    if (at >= heading && !addedByTool.test(line.slice(0, 300))) return line;
    if (line !== '') warnings.add('Left out what the recorder wrote around the transcript.', at + 1);
    return '';
  });
  const startsWithTime = lines.filter((line) => leading.test(line.slice(0, 40))).length;
  const heads = lines.map((line) => (line === '' ? undefined : headOf(line, startsWithTime >= 2)));
  const unsure = doubtful(heads);
  const said: Said[] = [];
  let speaker: string | null = null;
  let startMs: number | null = null;
  let last = -1;
  lines.forEach((line, at) => {
    const head = heads[at];
    const known = head !== undefined && !(head.speaker !== null && unsure.has(head.speaker)) ? head : undefined;
    if (known) {
      if (known.startMs !== null) {
        if (known.startMs < last) warnings.add('Times go backwards.', at + 1);
        last = known.startMs;
        speaker = known.speaker;
        startMs = known.startMs;
      } else if (known.speaker !== null) speaker = known.speaker;
    }
    const words = known ? known.rest : line;
    if (words !== '') said.push({ startMs, endMs: null, speaker, text: words });
  });
  return gather('text', said, warnings);
}
