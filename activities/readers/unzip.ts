import { z } from 'zod';
import { builtChild, runChild } from './run-child.js';
import { unreadable } from './unreadable.js';

/** `into` is a folder that exists and is the asker's own: the asker removes it. */
export type UnzipRequest = { path: string; into: string };

const entrySchema = z.union([
  z.strictObject({ name: z.string(), path: z.string(), type: z.enum(['pdf', 'docx', 'text']), bytes: z.int() }),
  z.strictObject({ name: z.string(), refusal: z.string() }),
]);
/** A file of a ZIP: where it lies now, or in words why it was left out. */
export type UnzippedEntry = z.infer<typeof entrySchema>;

const answerSchema = z.union([
  z.strictObject({ entries: z.array(entrySchema) }),
  z.strictObject({ refusal: z.string() }),
]);
export type Unzipped = z.infer<typeof answerSchema>;

/**
 * Unpacks a ZIP of contracts in a process of its own with limits. One bad file never stops the others.
 * @throws Refusal `unreadable_source` where the ZIP itself cannot be taken.
 */
export async function unzipInChild(
  request: UnzipRequest,
  limits: { timeoutMs?: number; maxOldSpaceMb?: number; unzipperFile?: string } = {},
): Promise<UnzippedEntry[]> {
  const { timeoutMs = 60_000, maxOldSpaceMb = 512, unzipperFile = builtChild('unzipper') } = limits;
  const ended = await runChild(unzipperFile, request, { timeoutMs, maxOldSpaceMb });
  if (ended.timedOut || ended.tooMuch || ended.code !== 0)
    throw unreadable(
      'This ZIP could not be unpacked within the limits for one. Split it, or add its files by themselves.',
    );
  const answer = answerSchema.parse(JSON.parse(ended.output));
  if ('refusal' in answer) throw unreadable(answer.refusal);
  return answer.entries;
}
