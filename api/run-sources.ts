import { addRunSource } from '../db/commands/sources.js';
import type { Db } from '../db/connect.js';
import { Refusal, type ErrorCode } from '../workflows/domain/errors.js';

const closedWords: Record<string, string> = {
  published: 'This is published. Open its repair, and add the screenshot to the next version.',
  rejected: 'This run was rejected, so nothing can be added to it.',
  withdrawn: 'This run was withdrawn, so nothing can be added to it.',
};

type Details = NonNullable<Refusal['details']>;

const words: Partial<Record<ErrorCode, (details: Details) => string>> = {
  wrong_state: ({ state }) =>
    closedWords[String(state)] ?? 'This has been approved, so nothing can be added to it any more.',
  not_found: ({ what }) =>
    what === 'run' ? 'There is no such run.' : 'There is no such screenshot; it may have been erased.',
  unsupported_media: () => 'Only a screenshot can be added after the start.',
  too_large: ({ most }) => `A run takes at most ${String(most)} sources.`,
};

/** Adds a screenshot to a run that is under way; refusals are worded for this act. */
export async function addToRun(db: Db, act: { token: string; run: string; source: string }): Promise<void> {
  try {
    await addRunSource(db, act);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, details = {} } = error;
    throw new Refusal(code, words[code]?.(details) ?? message, details);
  }
}
