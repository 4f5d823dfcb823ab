import type { Transcript } from '../../workflows/domain/transcript.js';
import { lineOf } from './decode.js';
import { gather, maxCues, type Said } from './gather.js';
import { isObject, listIn, speakersIn, textOf, type Json } from './json-list.js';
import { rawTime, toMilliseconds, type RawTime, type Timed } from './json-times.js';
import { unreadable, type Warnings } from './unreadable.js';

const advice = 'Export the transcript again as .vtt, .srt, text or JSON, and add that.';
const startKeys =
  'start startTime start_time startMs start_ms startOffset start_offset startDateTime begin from offset timestamp ts time'.split(
    ' ',
  );
const endKeys = 'end endTime end_time endMs end_ms endOffset end_offset endDateTime to'.split(' ');
const speakerKeys =
  'speaker_name speakerName speakerDisplayName speaker_display_name speaker user_name username name participant user author speaker_model_label speaker_id speakerId'.split(
    ' ',
  );
const deepest = 100;

/** Offset at which a text nests deeper than any transcript does; `undefined` where it does not. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) return at;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return undefined;
}

/** True where a text is meant as JSON, well or badly written: `[00:12] Owen` is not. */
function isMeantAsJson(text: string, name: string): boolean {
  return /\.json$/i.test(name) || /^\s*(?:\[\s*[\]{]|\{\s*[}"])/.test(text.slice(0, 2000));
}

function syntaxRefusal(text: string, error: unknown): Error {
  const words = error instanceof Error ? error.message : '';
  const position = /position (\d{1,9})/.exec(words)?.[1];
  const ends = words.includes('end of JSON') || Number(position) >= text.trimEnd().length;
  if (position === undefined && !ends)
    return unreadable(`This file is not valid JSON: ${words.slice(0, 120)}. ${advice}`);
  const line = lineOf(text, ends ? text.trimEnd().length : Number(position));
  return unreadable(`Line ${line} is not valid JSON${ends ? ': the file ends too early' : ''}. ${advice}`, line);
}

/** What a JSON file holds; `undefined` where the text is not meant as JSON. */
export function parsedJson(text: string, name: string): { root: unknown } | undefined {
  const meant = isMeantAsJson(text, name);
  if (!meant && !/^\s*[[{]/.test(text.slice(0, 2000))) return undefined;
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    if (!meant) return undefined;
    const line = lineOf(text, deep);
    throw unreadable(
      `Line ${line} of this JSON file nests more than ${deepest} levels deep, which no transcript does. ${advice}`,
      line,
    );
  }
  try {
    return { root: JSON.parse(text) as unknown };
  } catch (error) {
    if (!meant) return undefined;
    throw syntaxRefusal(text, error);
  }
}

function valueOf(item: Json, keys: readonly string[]): { key: string; value: unknown } | undefined {
  for (const key of keys) {
    const value = Object.hasOwn(item, key) ? item[key] : undefined;
    if (value !== undefined && value !== null && value !== '') return { key, value };
  }
  return undefined;
}

function timeOf(item: Json, keys: readonly string[], warnings: Warnings): RawTime | undefined {
  const found = valueOf(item, keys);
  if (found === undefined) return undefined;
  const time = rawTime(found.value, found.key);
  if (time === undefined) warnings.add('Left out times that cannot be read.');
  return time;
}

/** A name from one value of an item: ids and paths of resources are none. */
function nameIn(key: string, value: unknown): string | null {
  if (isObject(value)) {
    const name = valueOf(value, ['name', 'displayName', 'display_name', 'speaker_name', 'user_name', 'username']);
    return name === undefined || isObject(name.value) ? null : nameIn('name', name.value);
  }
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  if (typeof value === 'number' || /^(?:\d{1,6}|[A-Z])$/.test(value)) return `Speaker ${value}`;
  if (/id$/i.test(key) || /^\S*\/\S*$/.test(value)) return null;
  return value.trim() || null;
}

function speakerOf(item: Json, names: ReadonlyMap<string, string>): string | null {
  const given = speakerKeys.flatMap((key) => {
    const value = Object.hasOwn(item, key) ? item[key] : undefined;
    return value === undefined || value === null || value === '' ? [] : [{ key, value }];
  });
  for (const { value } of given) {
    const known = typeof value === 'string' || typeof value === 'number' ? names.get(String(value)) : undefined;
    if (known !== undefined) return known.trim() || null;
  }
  for (const { key, value } of given) {
    const name = nameIn(key, value);
    if (name !== null) return name;
  }
  return null;
}

/**
 * JSON as Fireflies, Otter, Zoom, Teams and Meet export it, and any list of things said with their times.
 * @throws Refusal `unreadable_source` where it holds no such list, or nothing in it can be read.
 */
export function readJson(root: unknown, warnings: Warnings): Transcript {
  const list = listIn(root);
  if (list === undefined) {
    const keys = isObject(root) ? Object.keys(root).slice(0, 6).join(', ').slice(0, 120) : '';
    throw unreadable(
      `This JSON file holds no list of what was said${keys === '' ? '' : ` (it holds: ${keys})`}. ${advice}`,
      1,
    );
  }
  const names = speakersIn(root);
  const items: (Timed & { speaker: string | null; text: string })[] = [];
  let isOffset = false;
  for (const item of list) {
    const text = isObject(item) ? textOf(item) : undefined;
    if (!isObject(item) || text === undefined) {
      warnings.add('Left out items of the list that hold no text.');
      continue;
    }
    // One more than may be: the refusal is the same for every format.
    if (items.length > maxCues) break;
    isOffset ||= /offset/i.test(valueOf(item, startKeys)?.key ?? '');
    const [start, end] = [timeOf(item, startKeys, warnings), timeOf(item, endKeys, warnings)];
    items.push({ start, end, letters: text.length, speaker: speakerOf(item, names), text });
  }
  const msOf = toMilliseconds(items, isOffset);
  let last = -1;
  const said = items.map(({ start, end, speaker, text }): Said => {
    const startMs = msOf(start);
    const endMs = msOf(end);
    if ((start !== undefined && startMs === null) || (end !== undefined && endMs === null))
      warnings.add('Left out times that no recording reaches.');
    if (startMs !== null && startMs < last) warnings.add('Times go backwards.');
    last = startMs ?? last;
    return { startMs, endMs: startMs === null || endMs === null ? null : Math.max(startMs, endMs), speaker, text };
  });
  return gather('json', said, warnings);
}
