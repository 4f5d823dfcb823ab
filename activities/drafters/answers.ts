import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const keptSchema = z.strictObject({
  v: z.literal(1),
  /** Of everything the answer was made from: another input makes it worthless. */
  inputDigest: z.string(),
  candidate: z.unknown(),
  record: z.unknown(),
});
export type KeptAnswer = { inputDigest: string; candidate: unknown; record: unknown };

/** Complete answers between their coming in and their being stored, so that a retry pays for none twice. */
export type Answers = {
  get: (runId: string, round: number) => Promise<KeptAnswer | undefined>;
  keep: (runId: string, round: number, answer: KeptAnswer) => Promise<void>;
  /** To be called once the draft is stored: an answer holds text, and text has one home. */
  forget: (runId: string, round: number) => Promise<void>;
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Answers kept as files in `<dataDir>/drafting`, readable by the owner alone. */
export function answersIn(dataDir: string): Answers {
  const folder = join(dataDir, 'drafting');
  const fileOf = (runId: string, round: number): string => {
    if (!/^[0-9a-f-]{36}$/i.test(runId) || !Number.isInteger(round)) throw new TypeError('Not the id of a run.');
    return join(folder, `${runId}-${round}.json`);
  };
  return {
    async get(runId, round) {
      try {
        const parsed = keptSchema.safeParse(JSON.parse(await readFile(fileOf(runId, round), 'utf8')));
        // A file cut off by a crash is no answer.
        return parsed.success ? parsed.data : undefined;
      } catch (error) {
        if (isMissing(error) || error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
    async keep(runId, round, answer) {
      const file = fileOf(runId, round);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const partial = `${file}.${randomBytes(6).toString('hex')}.part`;
      await writeFile(partial, JSON.stringify({ v: 1, ...answer }), { mode: 0o600, flush: true });
      await rename(partial, file);
    },
    async forget(runId, round) {
      await rm(fileOf(runId, round), { force: true });
    },
  };
}
