import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { errorStatus, Refusal, type ErrorCode } from '../../workflows/domain/errors.js';
import { readingSchema } from '../../workflows/domain/reading.js';
import type { SourceKind } from '../../workflows/domain/sources.js';
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

const maxAnswerBytes = 96 * 1024 * 1024;

/** Beside the built program, or in dist/ where this file runs as source. */
function builtReader(): string {
  const beside = fileURLToPath(new URL('./reader.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/reader.js', import.meta.url));
}

type Ended = { code: number | null; signal: string | null; output: string; timedOut: boolean; tooMuch: boolean };

function runChild(request: ReadRequest, limits: Required<ReadLimits>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${limits.maxOldSpaceMb}`,
        // Much is made and thrown away while a file is read.
        '--max-semi-space-size=32',
        '--disallow-code-generation-from-strings',
        limits.readerFile,
      ],
      // No settings and no secrets reach the child; what it prints about itself is not kept.
      { env: {}, stdio: ['pipe', 'pipe', 'ignore'] },
    );
    const chunks: Buffer[] = [];
    let bytes = 0;
    let timedOut = false;
    let tooMuch = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, limits.timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxAnswerBytes) chunks.push(chunk);
      else if (!tooMuch) {
        tooMuch = true;
        child.kill('SIGKILL');
      }
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, output: Buffer.concat(chunks).toString('utf8'), timedOut, tooMuch });
    });
    // A child that dies before it has read its request closes the pipe; its exit tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(request));
  });
}

/**
 * Reads an uploaded file in a child process with limits of time and memory, so that no file can stop
 * or slow the program. The type is told from the bytes; `name` only helps to word a refusal.
 * @throws Refusal `unreadable_source` or `too_large`, also where the child crashed or took too long.
 */
export async function readInChild(request: ReadRequest, limits: ReadLimits = {}): Promise<ReadAnswer> {
  const {
    timeoutMs = request.kind === 'document' ? 10_000 : 20_000,
    maxOldSpaceMb = 512,
    readerFile = builtReader(),
  } = limits;
  if (!existsSync(readerFile)) throw new Error(`The reader is not built: ${readerFile} is missing. Run npm run build.`);
  const ended = await runChild(request, { timeoutMs, maxOldSpaceMb, readerFile });
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
