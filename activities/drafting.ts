import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { draftingTrouble } from '../db/commands/drafts.js';
import type { Json } from '../db/commands/json.js';
import { read } from '../db/files.js';
import { draftingMaterial } from '../db/queries/material.js';
import { approvedContract, inputOf } from '../db/queries/letter.js';
import { houseSettings } from '../db/queries/settings.js';
import { sopTemplate } from '../db/queries/sop-template.js';
import { materialOf } from '../db/queries/sources.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { DraftAnswer, DraftRequest } from '../workflows/gate/standing.js';
import type { GateDeps } from './deps.js';
import { answersIn } from './drafters/answers.js';
import { chooseDrafter, type DrafterSettings } from './drafters/choose.js';
import { DraftingTrouble } from './drafters/errors.js';
import { standingOf } from './gate.js';
import { tellAbout } from './notices/tell.js';
import { storeDrafterDraft } from './prepare.js';
import type { DraftingMaterial } from './asking.js';
import { draftContract, type DraftContractDeps } from './contract-summary.js';
import { draftLetter, type DraftLetterDeps } from './notice-letter.js';
import { readDocuments } from './read-documents.js';
import { draftSop, type DraftSopDeps } from './sop-drafting.js';
import { withVerb } from './verb.js';

export type DraftingDeps = GateDeps & { drafters: DrafterSettings };
type Made = { payloadText: string; drafter: Json };
type Make = (
  deps: DraftSopDeps & DraftContractDeps & DraftLetterDeps,
) => (of: { runId: string; round: number }) => Promise<Made>;

const heartbeatMs = 2_000;
const longestWaitMs = 300_000;
/** After so many unforeseen failures in a row a person looks. */
const maxUnforeseen = 8;

/** The activities that draft, one per track: around each drafter the same care for retries, cancelling and trouble. */
export function createDrafting(deps: DraftingDeps) {
  return {
    /** Drafts one round of an SOP. */
    draftSop: withVerb('generate', (request: DraftRequest) => draftRound(deps, draftSop, request)),
    /** Recognises the words of pages that are pictures. */
    readDocuments: withVerb('ingest', (run: string) => readDocuments(deps, run)),
    /** Drafts one round of a contract's one-pager. */
    draftContract: withVerb('generate', (request: DraftRequest) => draftRound(deps, draftContract, request)),
    /** Drafts one round of a notice letter. */
    draftLetter: withVerb('generate', (request: DraftRequest) => draftRound(deps, draftLetter, request)),
  };
}

async function draftRound(deps: DraftingDeps, make: Make, { run, round }: DraftRequest): Promise<DraftAnswer> {
  const at = await standingOf(deps, run);
  const wanted = at !== null && at.round === round && (at.state === 'drafting' || at.state === 'in-review');
  if (!wanted) return { outcome: 'stopped' };
  const context = Context.current();
  const answers = answersIn(deps.data);
  const beat = setInterval(() => context.heartbeat(), heartbeatMs);
  try {
    const started = await draftingMaterial(deps.db, run, round);
    if (started?.drafted !== true) {
      const made = await make({
        loadMaterial: () => loadMaterial(deps, run, round),
        loadTemplate: () => sopTemplate(deps.db),
        loadHouse: () => houseSettings(deps),
        loadInput: (letter) => inputOf(deps.db, letter),
        loadApproved: (contract) => approvedContract(deps.db, contract),
        readFile: (sha256) => read(deps.data, sha256),
        chooseDrafter: (asked) => chooseDrafter(deps.drafters, asked),
        answers,
        signal: context.cancellationSignal,
        heartbeat: (receivedBytes) => context.heartbeat(receivedBytes),
      })({ runId: run, round });
      await storeDrafterDraft(deps, { run, round, payload: made.payloadText, drafter: made.drafter });
    }
    await answers.forget(run, round);
    return { outcome: 'stored' };
  } catch (error) {
    return await inTrouble(deps, { run, round }, error, context.info.attempt);
  } finally {
    clearInterval(beat);
  }
}

async function loadMaterial({ db }: DraftingDeps, run: string, round: number): Promise<DraftingMaterial> {
  const [start, sources] = await Promise.all([draftingMaterial(db, run, round), materialOf(db, run)]);
  if (start === null) throw new Refusal('not_found', 'There is no such run.');
  const { title, drafter, previous, feedback, about, history } = start;
  return {
    title,
    drafter,
    sources,
    redraft: previous === null ? null : { payload: previous, feedback: feedback ?? '', about, history },
  };
}

/** Puts trouble into the record in plain words; throws where trying again can help, with when to. */
async function inTrouble(
  deps: DraftingDeps,
  { run, round }: { run: string; round: number },
  error: unknown,
  attempt: number,
): Promise<DraftAnswer> {
  if (error instanceof CancelledFailure || Context.current().cancellationSignal.aborted) throw error;
  if (error instanceof Refusal && error.code === 'wrong_state') return { outcome: 'stopped' };
  const before = (await draftingMaterial(deps.db, run, round))?.trouble ?? null;
  const trouble = troubleOf(error, attempt, before);
  if (!(error instanceof DraftingTrouble)) deps.log.warn({ run, err: error }, 'Drafting met something unforeseen.');
  if (trouble.told) {
    const { code, words, final } = trouble;
    await draftingTrouble(deps.db, { run, code, words, final });
  }
  if (trouble.final) {
    await tellAbout(deps, run, 'drafting-failed', `drafting-failed:${run}:${Date.now()}`);
    return { outcome: 'stopped' };
  }
  // A history holds no text: the code says what it was, the record says it in words.
  throw ApplicationFailure.create({ type: trouble.code, message: trouble.code, ...delay(trouble.afterMs) });
}

type Trouble = { code: string; words: string; final: boolean; told: boolean; afterMs: number | null };

function troubleOf(error: unknown, attempt: number, before: string | null): Trouble {
  if (error instanceof DraftingTrouble) {
    const { code, words, retryAfterMs, maxAttempts } = error;
    // Waiting for a provider costs nothing; the same useless answer twice, or many of them, costs tokens.
    const final = error.final || (maxAttempts !== null && (before === code || attempt >= maxUnforeseen));
    return { code, words, final, told: true, afterMs: retryAfterMs };
  }
  if (error instanceof Refusal && error.code !== 'unavailable') {
    return { code: error.code, words: error.message, final: true, told: true, afterMs: null };
  }
  const away = error instanceof Refusal;
  const words = 'Something went wrong here while drafting. Try again, or draft with rules only.';
  return {
    code: away ? 'unavailable' : 'unforeseen',
    words,
    final: !away && attempt >= maxUnforeseen,
    told: !away,
    afterMs: null,
  };
}

function delay(afterMs: number | null) {
  return afterMs === null ? {} : { nextRetryDelay: Math.min(Math.max(afterMs, 1_000), longestWaitMs) };
}
