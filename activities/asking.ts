import { z } from 'zod';
import { valueDigest } from '../workflows/domain/canonical.js';
import { drafterNames, type AskedDrafter } from '../workflows/domain/drafters.js';
import type { Answers } from './drafters/answers.js';
import type { Drafter, DraftRequest } from './drafters/drafter.js';
import { DraftingTrouble } from './drafters/errors.js';

/** A source of the run as stored. `reading` is null or tombstoned where it was erased. */
export type MaterialSource = {
  id: string;
  kind: string;
  name: string;
  sha256: string;
  mediaType: string;
  reading: unknown;
};

/** What a round is drafted from, as the record has it. */
export type DraftingMaterial = {
  title: string;
  /** Which drafter a person asked for. */
  drafter: AskedDrafter;
  /** In the order in which they were given. */
  sources: readonly MaterialSource[];
  /**
   * The current version's payload text, what a person asked for and of which parts (null: all of it), and
   * every version so far; null in the first round.
   */
  redraft: {
    payload: string;
    feedback: string;
    about: readonly string[] | null;
    history: readonly { payload: string; byPerson: boolean }[];
  } | null;
};

const count = z.int().min(0);
/** What is stored with a draft about its making. */
export const draftRecordSchema = z.strictObject({
  drafter: z.enum(drafterNames),
  model: z.string().nullable(),
  promptVersion: z.string(),
  usage: z.strictObject({ inputTokens: count, outputTokens: count, cacheReadTokens: count, cacheWriteTokens: count }),
  costUsd: z.number().nullable(),
  seconds: z.number(),
});
export type DraftRecord = z.infer<typeof draftRecordSchema>;

export type Asked<T> = { candidate: T; record: DraftRecord };

type Asking<T> = {
  runId: string;
  round: number;
  drafter: Drafter;
  promptVersion: string;
  schema: z.ZodType<T>;
  material: DraftingMaterial;
  answers: Answers;
  request: () => Promise<DraftRequest>;
};

async function ask<T>({ drafter, promptVersion, schema, request }: Asking<T>): Promise<Asked<T>> {
  const began = performance.now();
  const { candidate, usage } = await drafter.draft(await request());
  const parsed = schema.safeParse(candidate);
  // The issues name values of the draft, so they stay out of the error.
  if (!parsed.success) throw new DraftingTrouble('wrong_shape', { usage, drafter: drafter.name });
  const seconds = Math.round(performance.now() - began) / 1000;
  const { name, model } = drafter;
  return {
    candidate: parsed.data,
    record: { drafter: name, model, promptVersion, usage, costUsd: drafter.costUsd(usage), seconds },
  };
}

/** Of everything that an answer is made from: another input makes a kept answer worthless. */
function digestOf<T>({ drafter, promptVersion, material }: Asking<T>): string {
  const { title, redraft } = material;
  return valueDigest({
    drafter: drafter.name,
    model: drafter.model,
    promptVersion,
    title,
    redraft: redraft && { payload: redraft.payload, feedback: redraft.feedback, about: redraft.about },
    files: material.sources.map(({ id, sha256, name }) => ({ id, sha256, name })),
  });
}

/**
 * Asks a drafter, or takes the complete answer that came before a crash, so that a retry asks nobody twice.
 * @throws DraftingTrouble where the drafter gave no draft of the agreed form.
 */
export async function askOnce<T>(asking: Asking<T>): Promise<Asked<T>> {
  const { runId, round, schema, answers } = asking;
  const inputDigest = digestOf(asking);
  const kept = await answers.get(runId, round);
  if (kept?.inputDigest === inputDigest) {
    const record = draftRecordSchema.safeParse(kept.record);
    const candidate = schema.safeParse(kept.candidate);
    if (record.success && candidate.success) return { candidate: candidate.data, record: record.data };
  }
  const asked = await ask(asking);
  await answers.keep(runId, round, { inputDigest, ...asked });
  return asked;
}
