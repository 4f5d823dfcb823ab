import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { letterReview, type LetterReview } from '../../api/contract/reviews.js';
import { cleaningContract } from '../../workflows/domain/samples/cleaning-contract.js';
import type { Answer, Client } from './client.js';
import {
  confirmContract,
  contractReviewOf,
  readContractReview,
  settleContract,
  startContract,
} from './contract-client.js';
import { confirmAll, decide, getRun, openReview } from './sop-client.js';
import { until } from './until.js';

/** The sample with an end that no machine's clock has passed: its last safe day is 31 December 2089. */
export const longContract = cleaningContract.text.replace('31 March 2027', '31 March 2090');

export const published = (client: Client, run: string) =>
  until(async () => (await getRun(client, run)).state === 'published', {
    withinMs: 30_000,
    what: `publication of ${run}`,
  });

/** A contract's summary, settled by one and approved by the other; answers with its run. */
export async function publishContract(operator: Client, approver: Client, text = longContract): Promise<string> {
  const run = await startContract(operator, [text]);
  const settled = await settleContract(operator, await contractReviewOf(operator, run));
  await confirmContract(operator, settled);
  await decide(approver, await readContractReview(approver, settled.id), 'approve');
  await published(operator, run);
  return run;
}

/** What the start of a letter answers, whatever that is. */
export const askForLetter = (client: Client, input: unknown, more: object = {}): Promise<Answer> =>
  client.send(
    'POST',
    '/api/runs',
    { track: 'notice-letter', sources: [], input, ...more },
    { 'idempotency-key': newId() },
  );

export async function startLetter(client: Client, contract: string, kind = 'non-renewal'): Promise<string> {
  const { status, body } = await askForLetter(client, { contract, kind });
  if (status !== 202) throw new Error(`The letter did not start: ${JSON.stringify(body)}`);
  return z.object({ id: z.string() }).parse(body).id;
}

export const readLetter = (client: Client, id: string): Promise<LetterReview> =>
  client.ask(letterReview, 'GET', `/api/reviews/${id}`);

/** The open review of a letter, waited for. */
export async function letterOf(client: Client, run: string): Promise<LetterReview> {
  return readLetter(client, (await openReview(client, run)).id);
}

/** A person's edits of the version that they saw. */
export const editLetter = (client: Client, { runId, draftVersion }: LetterReview, edits: unknown[]) =>
  client.ask(z.unknown(), 'PATCH', `/api/runs/${runId}/draft`, { baseVersion: draftVersion, edits });

/** Writes what nobody guesses, and confirms all that can be confirmed. */
export async function completeLetter(client: Client, review: LetterReview): Promise<LetterReview> {
  const edits = [
    { op: 'set-addressee', addressee: ['Brightwater Cleaning Ltd', '2 Dock Road', 'Bristol'] },
    { op: 'set-signatory', signatory: 'R. Sutcliffe, Operations Manager' },
    ...(review.draft.sender === '' ? [{ op: 'set-sender', sender: 'Harrow Mill Trading Ltd' }] : []),
  ];
  await editLetter(client, review, edits);
  await confirmAll(client, await readLetter(client, review.id));
  return readLetter(client, review.id);
}
