import { z } from 'zod';
import { errorStatus, Refusal, type ErrorCode } from '../../workflows/domain/errors.js';
import { readingSchema } from '../../workflows/domain/reading.js';
import type { SourceKind } from '../../workflows/domain/sources.js';
import { builtChild, runChild } from './run-child.js';
import { unreadable } from './unreadable.js';

export type ReadRequest = { path: string; kind: SourceKind; name: string };
export type ReadLimits = { timeoutMs?: number; maxOldSpaceMb?: number; readerFile?: string };

const answerSchema = z.strictObject({
  mediaType: z.string().min(1).max(200),
  reading: readingSchema,
  warnings: z.array(z.string()).max(50),
});
/** The sniffed type of a file, what was read from it, and what had to be left out or mended, in words. */
export type ReadAnswer = z.infer<typeof answerSchema>;

const errorCode = z.custom<ErrorCode>((value) => typeof value === 'string' && Object.hasOwn(errorStatus, value));
const outcomeSchema = z.union([
  z.strictObject({ answer: answerSchema }),
  z.strictObject({
    refusal: z.strictObject({
      code: errorCode,
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
]);

/**
 * Reads an uploaded file in a child process with limits of time and memory, so that no file can stop
 * or slow the program. The type is told from the bytes; `name` only helps to word a refusal.
 * @throws Refusal `unreadable_source` or `too_large`, also where the child crashed or took too long.
 */
export async function readInChild(request: ReadRequest, limits: ReadLimits = {}): Promise<ReadAnswer> {
  const { timeoutMs = request.kind === 'document' ? 10_000 : 20_000, maxOldSpaceMb = 512 } = limits;
  const ended = await runChild(limits.readerFile ?? builtChild('reader'), request, { timeoutMs, maxOldSpaceMb });
  if (ended.timedOut)
    throw unreadable(
      `This file took too long to read (more than ${timeoutMs / 1000} s), so reading was stopped. Make it smaller or export it again.`,
    );
  if (ended.code !== 0 || ended.tooMuch)
    throw unreadable(
      'This file could not be read: reading it failed or took too much memory. Export it again, or add it as plain text.',
    );
  const outcome = outcomeSchema.parse(JSON.parse(ended.output));
  if ('refusal' in outcome) throw new Refusal(outcome.refusal.code, outcome.refusal.message, outcome.refusal.details);
  return outcome.answer;
}
