import type { z } from 'zod';
import { canonicalJson } from '../workflows/domain/canonical.js';
import type { AskedDrafter } from '../workflows/domain/drafters.js';
import { Refusal } from '../workflows/domain/errors.js';
import { readingSchema } from '../workflows/domain/reading.js';
import { assembleSop, candidateOf } from '../workflows/domain/sop-drafting/assemble.js';
import { mergeRedraft, partInWords } from '../workflows/domain/sop-drafting/redraft.js';
import type { Version } from '../workflows/domain/sop-drafting/authorship.js';
import { type SopTemplate } from '../workflows/domain/sop-drafting/template.js';
import { sopCandidateSchema, sopSchema, type Sop } from '../workflows/domain/sop-drafting/schema.js';
import { askOnce, type DraftRecord, type DraftingMaterial, type MaterialSource } from './asking.js';
import type { Answers } from './drafters/answers.js';
import type { Drafter, DraftRequest, Material } from './drafters/drafter.js';
import { sopDraftingV1 } from './drafters/prompts/sop-drafting.v1.js';
import { rulesVersion } from './drafters/rules/index.js';

export type DraftSopDeps = {
  loadMaterial: (runId: string, round: number) => Promise<DraftingMaterial>;
  /** The team's format as it is now. */
  loadTemplate: () => Promise<SopTemplate>;
  readFile: (sha256: string) => Promise<Uint8Array>;
  chooseDrafter: (asked: AskedDrafter) => Drafter;
  answers: Answers;
  signal: AbortSignal;
  heartbeat: (receivedBytes: number) => void;
};

export type DraftedSop = { payload: Sop; payloadText: string; drafter: DraftRecord };

type Shot = MaterialSource & { width: number; height: number };

function readingOf(source: MaterialSource): z.infer<typeof readingSchema> | undefined {
  const parsed = readingSchema.safeParse(source.reading);
  return parsed.success ? parsed.data : undefined;
}

function transcriptOf(sources: readonly MaterialSource[]) {
  const found = sources.flatMap((source) => {
    const reading = source.kind === 'transcript' ? readingOf(source) : undefined;
    return reading?.kind === 'transcript' ? [{ name: source.name, transcript: reading.transcript }] : [];
  });
  const [first] = found;
  if (first === undefined)
    throw new Refusal(
      'transcript_required',
      'There is no transcript, so there is no draft. Add the transcript of the walk-through.',
    );
  if (found.length > 1)
    throw new Refusal('invalid_request', 'An SOP is drafted from one transcript. Start one run for each recording.');
  return first;
}

function shotsOf(sources: readonly MaterialSource[]): Shot[] {
  return sources.flatMap((source) => {
    const reading = source.kind === 'screenshot' ? readingOf(source) : undefined;
    return reading?.kind === 'image' ? [{ ...source, width: reading.width, height: reading.height }] : [];
  });
}

function historyOf({ history }: NonNullable<DraftingMaterial['redraft']>): Version[] {
  return history.map(({ payload, byPerson }) => ({ sop: sopSchema.parse(JSON.parse(payload)), byPerson }));
}

async function requestOf(
  deps: DraftSopDeps,
  material: DraftingMaterial,
  shots: readonly Shot[],
  previous: Sop | null,
): Promise<DraftRequest> {
  const images = await Promise.all(
    shots.map(async ({ name, mediaType, width, height, sha256 }): Promise<Material> => {
      return { kind: 'image', name, mediaType, width, height, bytes: await deps.readFile(sha256) };
    }),
  );
  const shotIds = shots.map((shot) => shot.id);
  return {
    track: 'sop-drafting',
    title: material.title,
    schema: sopCandidateSchema,
    prompt: sopDraftingV1,
    material: [{ kind: 'transcript', ...transcriptOf(material.sources) }, ...images],
    redraft:
      material.redraft && previous
        ? {
            previous: candidateOf(previous, shotIds),
            feedback: material.redraft.feedback,
            about: material.redraft.about?.map((name) => partInWords(previous, name)) ?? null,
          }
        : null,
    signal: deps.signal,
    heartbeat: deps.heartbeat,
  };
}

/**
 * Drafts one round of an SOP from the run's transcript and screenshots. Stores nothing but the complete
 * answer, in the data folder, so that a retry asks nobody twice; the caller stores the draft and then
 * forgets the answer.
 * @throws Refusal `transcript_required`; DraftingTrouble where the drafter gave no draft.
 */
export function draftSop(deps: DraftSopDeps) {
  return async ({ runId, round }: { runId: string; round: number }): Promise<DraftedSop> => {
    const material = await deps.loadMaterial(runId, round);
    const { transcript } = transcriptOf(material.sources);
    const shots = shotsOf(material.sources);
    const previous = material.redraft ? sopSchema.parse(JSON.parse(material.redraft.payload)) : null;
    const drafter = deps.chooseDrafter(material.drafter);
    const promptVersion = drafter.name === 'rules' ? rulesVersion : sopDraftingV1.version;
    const { redraft } = material;
    const { candidate, record } = await askOnce({
      ...{ runId, round, drafter, promptVersion, material },
      schema: sopCandidateSchema,
      answers: deps.answers,
      request: () => requestOf(deps, material, shots, previous),
    });
    const template = previous?.template ?? (await deps.loadTemplate());
    const screenshots = shots.map((shot) => shot.id);
    const seed = `${runId}:${round}`;
    const drafted = assembleSop({ candidate, transcript, screenshots, previous, template, seed });
    // Whatever the drafter returned: what a person wrote stays, and what was not asked about.
    const payload = redraft
      ? mergeRedraft({ history: historyOf(redraft), drafted, about: redraft.about, seed })
      : drafted;
    return { payload, payloadText: canonicalJson(payload), drafter: record };
  };
}
