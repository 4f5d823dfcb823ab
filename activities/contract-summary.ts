import { canonicalJson } from '../workflows/domain/canonical.js';
import { assembleContract, type ReadByRules } from '../workflows/domain/contract-summary/assemble.js';
import { candidateOf, contractCandidateSchema } from '../workflows/domain/contract-summary/candidate.js';
import { extractContract } from '../workflows/domain/contract-summary/extraction/extract.js';
import { givenDocuments } from '../workflows/domain/contract-summary/given.js';
import { mergeContract } from '../workflows/domain/contract-summary/redraft.js';
import { contractSchema, type Contract } from '../workflows/domain/contract-summary/schema.js';
import type { AskedDrafter } from '../workflows/domain/drafters.js';
import { Refusal } from '../workflows/domain/errors.js';
import { askOnce, type DraftingMaterial, type DraftRecord } from './asking.js';
import type { Answers } from './drafters/answers.js';
import type { Drafter, DraftRequest } from './drafters/drafter.js';
import { contractSummaryV1 } from './drafters/prompts/contract-summary.v1.js';
import { learnedWeights } from './drafters/rules/contract-summary/weights.js';
import { rulesVersion } from './drafters/rules/index.js';

export type DraftContractDeps = {
  loadMaterial: (runId: string, round: number) => Promise<DraftingMaterial>;
  /** The organisation's own name, and the time zone in which its days end. */
  loadHouse: () => Promise<{ organisation: string; timeZone: string }>;
  chooseDrafter: (asked: AskedDrafter) => Drafter;
  answers: Answers;
  signal: AbortSignal;
  heartbeat: (receivedBytes: number) => void;
};

export type DraftedContract = { payload: Contract; payloadText: string; drafter: DraftRecord };

/** Page by page, so that a drafter can tell where something stands. Hidden text was cut out when the file was read. */
function paged(document: ReadByRules): string {
  const { text, pages } = document.read;
  return pages.map(({ from, to }, at) => `[page ${String(at + 1)}]\n${text.slice(from, to).trim()}`).join('\n\n');
}

function requestOf(
  deps: DraftContractDeps,
  material: DraftingMaterial,
  documents: readonly ReadByRules[],
  previous: Contract | null,
): DraftRequest {
  const { redraft } = material;
  return {
    track: 'contract-summary',
    title: material.title,
    schema: contractCandidateSchema,
    prompt: contractSummaryV1,
    material: documents.map((document) => ({
      kind: 'text',
      name: `${document.role} ${document.name}`,
      text: paged(document),
      plain: document.read.text,
    })),
    redraft:
      redraft && previous
        ? { previous: candidateOf(previous), feedback: redraft.feedback, about: redraft.about }
        : null,
    signal: deps.signal,
    heartbeat: deps.heartbeat,
  };
}

/**
 * Drafts one round of a contract's one-pager. Whoever drafts, the rules read every document as well, and code looks
 * every quote up. Stores nothing but the complete answer, so that a retry asks nobody twice.
 * @throws Refusal `document_required`; DraftingTrouble where the drafter gave no draft.
 */
export function draftContract(deps: DraftContractDeps) {
  return async ({ runId, round }: { runId: string; round: number }): Promise<DraftedContract> => {
    const material = await deps.loadMaterial(runId, round);
    const documents = givenDocuments(material.sources).map((document) => ({
      ...document,
      extraction: extractContract(document.read.text, learnedWeights),
    }));
    if (documents.length === 0)
      throw new Refusal(
        'document_required',
        'There is no contract to read. Start again with the file of the contract.',
      );
    const { redraft, title } = material;
    const previous = redraft ? contractSchema.parse(JSON.parse(redraft.payload)) : null;
    const drafter = deps.chooseDrafter(material.drafter);
    const { candidate, record } = await askOnce({
      ...{ runId, round, drafter, material },
      promptVersion: drafter.name === 'rules' ? rulesVersion : contractSummaryV1.version,
      schema: contractCandidateSchema,
      answers: deps.answers,
      request: () => Promise.resolve(requestOf(deps, material, documents, previous)),
    });
    const { organisation, timeZone } = await deps.loadHouse();
    const drafted = assembleContract({
      ...{ candidate, documents, title, timeZone, organisation },
      seed: `${runId}:${String(round)}`,
      byRules: drafter.name === 'rules',
    });
    const payload = contractSchema.parse(
      previous === null ? drafted : mergeContract(previous, drafted, redraft?.about ?? null),
    );
    return { payload, payloadText: canonicalJson(payload), drafter: record };
  };
}
