import { z } from 'zod';
import { draftContract } from '../../activities/contract-summary.js';
import { rulesDrafter } from '../../activities/drafters/rules/index.js';
import { storeDrafterDraft } from '../../activities/prepare.js';
import { markScreened } from '../../db/commands/drafts.js';
import { openReview } from '../../db/commands/reviews.js';
import { close, connect, type Db } from '../../db/connect.js';
import { newId } from '../../db/ids.js';
import { materialOf } from '../../db/queries/sources.js';
import { contractReview, type ContractReview } from '../../api/contract/reviews.js';
import { cleaningContract } from '../../workflows/domain/samples/cleaning-contract.js';
import type { ApiUnderTest, Answer, As, Person } from './api-under-test.js';
import { codeOf, idOf } from './ready-review.js';

/** A run of a contract given as text, page breaks as form feeds, and of what changes it; its id. */
export async function startedContract(
  api: ApiUnderTest,
  who: As,
  texts: readonly string[] = [cleaningContract.text],
): Promise<string> {
  const sources: string[] = [];
  for (const text of texts) {
    const body = { kind: 'document', name: 'agreement.txt', text };
    sources.push(idOf((await api.ask(who, 'POST', '/api/sources', { body })).body));
  }
  const run = { track: 'contract-summary', title: 'Cleaning', sources };
  return idOf((await api.ask(who, 'POST', '/api/runs', { body: run, headers: { 'idempotency-key': newId() } })).body);
}

/** Does something with the worker's own rights. */
export async function asWorker<T>(api: ApiUnderTest, work: (db: Db) => Promise<T>): Promise<T> {
  const db = connect(api.workerUrl, { name: 'api-test-worker', max: 2 });
  try {
    return await work(db);
  } finally {
    await close(db);
  }
}

/** What the rules draft of a run's documents, as canonical JSON. */
export async function draftedByRules(db: Db, run: string): Promise<string> {
  const sources = await materialOf(db, run);
  const none = () => Promise.resolve(undefined);
  const { payloadText } = await draftContract({
    loadMaterial: () => Promise.resolve({ title: 'Cleaning', drafter: 'rules', sources, redraft: null }),
    loadHouse: () => Promise.resolve({ organisation: '', timeZone: 'UTC' }),
    chooseDrafter: () => rulesDrafter,
    answers: { get: none, keep: none, forget: none },
    signal: new AbortController().signal,
    heartbeat: () => undefined,
  })({ runId: run, round: 1 });
  return payloadText;
}

const drafter = { drafter: 'rules', model: null, promptVersion: null, usage: null, costUsd: null, seconds: 1 };

/** Does what the worker would: screens, drafts, opens the review. */
export async function openedContract(api: ApiUnderTest, who: Person, ...texts: string[]): Promise<ContractReview> {
  const run = await startedContract(api, who, texts.length === 0 ? undefined : texts);
  const id = await asWorker(api, async (db) => {
    await markScreened(db, { run, kept: null });
    await storeDrafterDraft({ db, data: api.data }, { run, round: 1, payload: await draftedByRules(db, run), drafter });
    const soon = new Date(Date.now() + 3_600_000);
    return (await openReview(db, { run, round: 1, reviewId: newId(), dueAt: soon, remindAt: soon })).reviewId;
  });
  return readContract(api, who, id);
}

export async function readContract(api: ApiUnderTest, who: As, id: string): Promise<ContractReview> {
  return contractReview.parse((await api.ask(who, 'GET', `/api/reviews/${id}`)).body);
}

/** Edits the draft of a review, which must go well; the review after it. */
export async function editedContract(
  api: ApiUnderTest,
  who: Person,
  review: ContractReview,
  edits: readonly unknown[],
): Promise<ContractReview> {
  const body = { baseVersion: review.draftVersion, edits };
  const answer = await api.ask(who, 'PATCH', `/api/runs/${review.runId}/draft`, { body });
  if (answer.status !== 200) throw new Error(`The edit was refused: ${answer.text}`);
  return readContract(api, who, review.id);
}

/** Answers every point that is not settled. */
export function settledContract(api: ApiUnderTest, who: Person, review: ContractReview): Promise<ContractReview> {
  const open = Object.entries(review.draft.fields).filter(([, { answer }]) => answer === 'open');
  const edits = open.map(([field]) => ({ op: 'say-absent', field }));
  return editedContract(api, who, review, [{ op: 'set-vendor', vendor: 'Brightwater Cleaning Ltd' }, ...edits]);
}

export type Asked = ContractReview['requirements'][number];

/** What a review asks for under this key. */
export function askedFor(review: ContractReview, key: string): Asked {
  const found = review.requirements.find((one) => one.key === key);
  if (found === undefined) throw new Error(`${key} is not asked for.`);
  return found;
}

/** Opens the page, or the proof of absence, of a place; the token that came with it. */
export async function servedTo(api: ApiUnderTest, who: As, review: string, place: string): Promise<string | undefined> {
  const [source = '', page = ''] = place.split(':');
  const path = source === 'absence' ? `absences/${page}` : `pages/${source}/${page}`;
  const { body } = await api.ask(who, 'GET', `/api/reviews/${review}/${path}`);
  return z.object({ viewToken: z.string().optional() }).parse(body).viewToken;
}

export function fulfilContract(
  api: ApiUnderTest,
  who: As,
  review: string,
  { key, valueDigest }: Pick<Asked, 'key' | 'valueDigest'>,
  viewToken?: string,
): Promise<Answer> {
  const body = { key, valueDigest, ...(viewToken !== undefined && { viewToken }) };
  return api.ask(who, 'POST', `/api/reviews/${review}/fulfilments`, { body });
}

/** Meets a requirement as it should be: looked at first, where two keys are asked for. Answers what was refused. */
export async function metRightly(
  api: ApiUnderTest,
  who: Person,
  review: string,
  asked: Asked,
): Promise<string | undefined> {
  const token = asked.place === undefined ? undefined : await servedTo(api, who, review, asked.place);
  return codeOf((await fulfilContract(api, who, review, asked, token)).body);
}
