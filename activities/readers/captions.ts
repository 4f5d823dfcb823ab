import type { Transcript } from '../../workflows/domain/transcript.js';
import { gather, type Said } from './gather.js';
import { isObject } from './json-list.js';
import { splitSpeaker } from './speakers.js';
import { clockMs } from './times.js';
import { unreadable, type Warnings } from './unreadable.js';

const timing = /^\s*([\d:.,]{4,20})\s*-->\s*([\d:.,]{4,20})(?:\s|$)/;
const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  quot: '"',
  apos: "'",
  lrm: '',
  rlm: '',
};

function withoutEntities(text: string): string {
  return text.replace(/&([a-z]{2,5}|#39);/g, (whole, name: string) =>
    name === '#39' ? "'" : (entities[name] ?? whole),
  );
}

/** True where a line says from when to when something was said, well or badly. */
export function isTimingLine(line: string): boolean {
  return line.length < 500 && /^\s*\d[^>]*-->/.test(line);
}

function timesOf(line: string): { startMs: number; endMs: number } | undefined {
  const match = timing.exec(line);
  const startMs = match?.[1] === undefined ? undefined : clockMs(match[1]);
  const endMs = match?.[2] === undefined ? undefined : clockMs(match[2]);
  return startMs === undefined || endMs === undefined ? undefined : { startMs, endMs };
}

/** Teams writes a cue of its metadata as an object: who said what. */
function spokenIn(payload: string): { speaker: string | null; text: string } | undefined {
  if (!/^\s*\{\s*"/.test(payload) || payload.length > 100_000) return undefined;
  try {
    const value: unknown = JSON.parse(payload);
    if (!isObject(value) || typeof value.spokenText !== 'string') return undefined;
    return { speaker: typeof value.speakerName === 'string' ? value.speakerName : null, text: value.spokenText };
  } catch {
    return undefined;
  }
}

/** A cue's payload by voices: `<v Owen>` or `Owen:` names one; other tags are formatting. */
function voices(payload: string): { speaker: string | null; text: string }[] {
  const spoken = spokenIn(payload);
  if (spoken) return [spoken];
  const parts = payload.split(/<v(?:\.[^\s>]{0,100})?[ \t]([^>]{1,200})>/);
  return parts.flatMap((_, at) => {
    if (at % 2 === 1) return [];
    const text = withoutEntities(
      (parts[at] ?? '').replace(/<\/?(?:[cibuv]|ruby|rt|lang|font|\d)[^<>]{0,200}>/gi, ''),
    ).trim();
    const named =
      at === 0
        ? null
        : withoutEntities(parts[at - 1] ?? '')
            .trim()
            .replace(/^\d{1,3}$/, 'Speaker $&');
    if (text === '') return [];
    const split = named === null ? splitSpeaker(text) : undefined;
    return [split ? { speaker: split.speaker, text: split.rest } : { speaker: named === '' ? null : named, text }];
  });
}

type Block = { first: number; lines: string[] };

function blocksOf(lines: readonly string[], from: number): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') open = undefined;
    else if (open === undefined) blocks.push((open = { first: at + 1, lines: [line] }));
    else open.lines.push(line);
  }
  return blocks;
}

const describing = /^(?:NOTE|STYLE|REGION)(?:\s|$)/;

/**
 * WebVTT and SubRip: blocks with a timing line. A block whose times cannot be read is left out and
 * noted with its line; where that leaves nothing, the file is refused with the first of them.
 */
export function readCaptions(format: 'vtt' | 'srt', text: string, warnings: Warnings): Transcript {
  const lines = text.split('\n');
  const said: Said[] = [];
  let firstBad: { line: number; words: string } | undefined;
  let last = -1;
  for (const block of blocksOf(lines, format === 'vtt' ? 1 : 0)) {
    if (format === 'vtt' && describing.test(block.lines[0] ?? '')) continue;
    const starts = block.lines.flatMap((line, at) => (isTimingLine(line) ? [at] : []));
    if (starts.length === 0) {
      if (format === 'vtt' && block.first <= 2) continue;
      firstBad ??= { line: block.first, words: 'has no time before what is said' };
      warnings.add('Left out lines without a time.', block.first);
    }
    starts.forEach((start, nth) => {
      const line = block.first + start;
      const times = timesOf(block.lines[start] ?? '');
      if (times === undefined) {
        firstBad ??= {
          line,
          words: `has a time that cannot be read: “${(block.lines[start] ?? '').trim().slice(0, 60)}”`,
        };
        warnings.add('Left out what stands under a time that cannot be read.', line);
        return;
      }
      if (times.startMs < last) warnings.add('Times go backwards.', line);
      last = times.startMs;
      // Where blank lines are missing, the number of the next block stands at the end of this one.
      const next = starts[nth + 1] ?? block.lines.length;
      const body = block.lines.slice(start + 1, next);
      if (next < block.lines.length && /^\d{1,6}$/.test((body.at(-1) ?? '').trim())) body.pop();
      const payload = body.map((part) => part.replace(/^\s*-\s+/, '')).join(' ');
      for (const voice of voices(payload))
        said.push({ ...voice, startMs: times.startMs, endMs: Math.max(times.startMs, times.endMs) });
    });
  }
  if (said.length === 0 && firstBad)
    throw unreadable(
      `Line ${firstBad.line} ${firstBad.words}. Times look like 00:01:04.000 --> 00:01:09.500. Export the transcript again, or add it as plain text.`,
      firstBad.line,
    );
  return gather(format, said, warnings);
}
