import { visibleOnly } from '../../workflows/domain/invisible.js';
import type { Cue, Transcript } from '../../workflows/domain/transcript.js';
import { unreadable, type Warnings } from './unreadable.js';

/** What one line or block of a file says, before it is numbered. */
export type Said = { startMs: number | null; endMs: number | null; speaker: string | null; text: string };

export const maxCues = 20_000;
const longest = 1_000;

/** Where to cut a text that is too long for one cue: after a sentence, else after a word, else anywhere. */
function cutAt(text: string, from: number): number {
  const limit = from + longest;
  if (limit >= text.length) return text.length;
  const part = text.slice(from, limit);
  for (let i = part.length - 1; i > longest / 4; i -= 1)
    if (part.charAt(i) === ' ' && '.?!…'.includes(part.charAt(i - 1))) return from + i;
  const space = part.lastIndexOf(' ');
  if (space > longest / 4) return from + space;
  // Never between the halves of one character.
  return /[\ud800-\udbff]/.test(part.charAt(part.length - 1)) ? limit - 1 : limit;
}

function pieces(text: string): string[] {
  const found: string[] = [];
  for (let from = 0; from < text.length;) {
    const to = cutAt(text, from);
    const piece = text.slice(from, to).trim();
    if (piece !== '') found.push(piece);
    from = to;
  }
  return found;
}

/**
 * Numbers what was said and makes it the one form of a transcript. Very long turns are cut at sentences.
 * @throws Refusal `unreadable_source` where nothing was said, or too much for one run.
 */
export function gather(format: Transcript['format'], said: readonly Said[], warnings: Warnings): Transcript {
  const cues: Cue[] = [];
  for (const item of said) {
    // A file whose format has escapes can still hold what nobody sees.
    const seen = visibleOnly(item.text);
    for (const { what, count } of seen.removed)
      warnings.add(`Left out ${what} that nobody can see in the text.`, null, count);
    const text = seen.text.replace(/\s+/g, ' ').trim();
    for (const piece of pieces(text)) {
      if (cues.length === maxCues)
        throw unreadable(
          `This transcript has more than ${maxCues.toLocaleString('en')} lines of speech, which is more than one run reads. Split it and start a run for each part.`,
        );
      const speaker = item.speaker === null ? null : visibleOnly(item.speaker).text.trim().slice(0, 200) || null;
      cues.push({ index: cues.length, startMs: item.startMs, endMs: item.endMs, speaker, text: piece });
    }
  }
  if (cues.length === 0) throw unreadable('Nothing is said in this transcript. Check that it is the right file.');
  return { format, cues, warnings: warnings.list() };
}
