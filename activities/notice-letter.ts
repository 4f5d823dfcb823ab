import { canonicalJson, valueDigest } from '../workflows/domain/canonical.js';
import { dayInWords, civilDayAt } from '../workflows/domain/contract-summary/civil-day.js';
import type { AskedDrafter } from '../workflows/domain/drafters.js';
import { Refusal } from '../workflows/domain/errors.js';
import { assembleLetter, mergeLetter, rulesAgain } from '../workflows/domain/notice-letter/assemble.js';
import { letterFacts, letterTrouble, type ApprovedContract } from '../workflows/domain/notice-letter/facts.js';
import {
  endDay,
  kindWords,
  letterCandidateSchema,
  letterInputSchema,
  letterSchema,
  type Letter,
  type LetterCandidate,
  type LetterFacts,
} from '../workflows/domain/notice-letter/schema.js';
import { askOnce, type DraftingMaterial, type DraftRecord } from './asking.js';
import type { Answers } from './drafters/answers.js';
import type { Drafter, DraftRequest } from './drafters/drafter.js';
import { noticeLetterV1 } from './drafters/prompts/notice-letter.v1.js';
import { rulesVersion } from './drafters/rules/index.js';

export type DraftLetterDeps = {
  loadMaterial: (runId: string, round: number) => Promise<DraftingMaterial>;
  loadInput: (runId: string) => Promise<unknown>;
  loadApproved: (contractRun: string) => Promise<ApprovedContract | 'unpublished' | 'superseded' | null>;
  loadHouse: () => Promise<{ organisation: string; timeZone: string }>;
  chooseDrafter: (asked: AskedDrafter) => Drafter;
  answers: Answers;
  signal: AbortSignal;
  heartbeat: (receivedBytes: number) => void;
};

export type DraftedLetter = { payload: Letter; payloadText: string; drafter: DraftRecord };

/** What a model is told: code's facts, and the contract's own words on giving notice. */
function told(facts: LetterFacts, organisation: string): string {
  const ends = endDay(facts);
  const quotes = [...(facts.noticeClause === null ? [] : [facts.noticeClause]), ...facts.manner];
  return [
    `Letter: ${kindWords[facts.kind]}`,
    `From: ${organisation}`,
    `To the vendor: ${facts.vendor}`,
    `Agreement: “${facts.contract.title}”`,
    ...(facts.effective === null ? [] : [`In effect since: ${dayInWords(facts.effective)}`]),
    `The agreement ends on: ${ends === null ? 'not given' : dayInWords(ends)}`,
    `Dated: ${dayInWords(facts.writtenOn)}`,
    ...quotes.map(({ text }) => `The contract says: “${text.replace(/\s+/g, ' ')}”`),
  ].join('\n');
}

/** Everything is checked again here: an input that came another way than through the start drafts nothing. */
async function approvedFor(deps: DraftLetterDeps, runId: string) {
  const input = letterInputSchema.safeParse(await deps.loadInput(runId));
  if (!input.success)
    throw new Refusal(
      'invalid_request',
      'This letter does not say which contract it is about. Start it again from there.',
    );
  const approved = await deps.loadApproved(input.data.contract);
  if (approved === null) throw new Refusal('not_found', 'There is no contract summary to draft this letter from.');
  if (approved === 'unpublished')
    throw new Refusal('not_permitted', 'This contract is not approved and published, so no letter is drafted from it.');
  if (approved === 'superseded')
    throw new Refusal('not_permitted', 'A later contract took the place of this one. Start the letter from that one.');
  return { input: input.data, approved };
}

/**
 * Drafts one round of a notice letter on the approved one-pager in force. The drafter gives the paragraphs alone; days,
 * names and clauses are set by code.
 * @throws Refusal where there is no approved contract to stand on; DraftingTrouble where the drafter gave no draft.
 */
export function draftLetter(deps: DraftLetterDeps) {
  return async ({ runId, round }: { runId: string; round: number }): Promise<DraftedLetter> => {
    const material = await deps.loadMaterial(runId, round);
    const { input, approved } = await approvedFor(deps, runId);
    const { organisation, timeZone } = await deps.loadHouse();
    const today = civilDayAt(new Date(), timeZone);
    const trouble = letterTrouble(input, approved.contract, today);
    if (trouble !== undefined) throw new Refusal('invalid_request', trouble);
    const facts = letterFacts(input, approved, today);
    const { redraft, title } = material;
    const previous = redraft ? letterSchema.parse(JSON.parse(redraft.payload)) : null;
    const drafter = deps.chooseDrafter(material.drafter);
    const byRules = drafter.name === 'rules';
    const before = (): LetterCandidate | null =>
      previous && (byRules ? rulesAgain(previous, facts) : { paragraphs: previous.paragraphs.slice(0, 8) });
    const request = (): DraftRequest => ({
      track: 'notice-letter',
      title,
      schema: letterCandidateSchema,
      prompt: noticeLetterV1,
      material: [
        { kind: 'text', name: 'the approved summary', text: told(facts, organisation), plain: canonicalJson(facts) },
      ],
      redraft: redraft && { previous: before(), feedback: redraft.feedback, about: redraft.about },
      signal: deps.signal,
      heartbeat: deps.heartbeat,
    });
    const { candidate, record } = await askOnce({
      ...{ runId, round, drafter },
      // The facts are what it is drafted from: where they change, an answer kept from before is worth nothing.
      material: { ...material, sources: [{ ...factsSource, id: approved.run, sha256: valueDigest(facts) }] },
      promptVersion: byRules ? rulesVersion : noticeLetterV1.version,
      schema: letterCandidateSchema,
      answers: deps.answers,
      request: () => Promise.resolve(request()),
    });
    const drafted = assembleLetter(facts, organisation, candidate);
    const payload = previous === null ? drafted : mergeLetter(previous, drafted, redraft?.about ?? null);
    return { payload, payloadText: canonicalJson(payload), drafter: record };
  };
}

const factsSource = { kind: 'document', name: 'approved summary', mediaType: 'application/json', reading: null };
