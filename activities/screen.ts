import { markScreened } from '../db/commands/drafts.js';
import { screenMaterial } from '../db/queries/material.js';
import { keptHumanBy } from '../workflows/domain/do-not-delegate.js';
import { readingSchema } from '../workflows/domain/reading.js';
import type { GateDeps } from './deps.js';

/** Every string in a value, however deep. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** What a source says, in one piece: a rule's words may run over the end of a line or a turn. */
function wordsOf(reading: unknown): string {
  const read = readingSchema.safeParse(reading).data;
  // What a contract says is what the work is about, not what somebody wants done.
  if (read?.kind === 'document') return '';
  const pieces = read?.kind === 'transcript' ? read.transcript.cues.map((cue) => cue.text) : stringsIn(reading);
  return pieces.join(' ').replace(/\s+/g, ' ');
}

/** Applies the do-not-delegate rules to all that a run brings, before any drafter sees it. False where there is no such run. */
export async function screenRun({ db }: GateDeps, run: string): Promise<boolean> {
  const found = await screenMaterial(db, run);
  if (found === null) return false;
  const kept = keptHumanBy([found.title, ...stringsIn(found.input), ...found.readings.map(wordsOf)]);
  await markScreened(db, { run, kept: kept ?? null });
  return true;
}
