import { v7 as newId } from 'uuid';
import { Client, Failed } from '../support/client.js';
import { confirmAll, decide, openReview, runThroughAll, startSop } from '../support/sop-client.js';
import { pause } from '../support/until.js';
import type { Product } from './product.js';

/** What the product said yes to: the oracle holds it to every line. */
export type Acknowledged = {
  runs: string[];
  decisions: { id: string; runId: string; decision: string; acknowledgedAt: number }[];
};

const patienceMs = 90_000;

/** Repeats one request until it is answered: a person whose page lost the connection presses the button again. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const final = error instanceof Failed && error.answer.status < 500 && error.answer.status !== 429;
      if (final || Date.now() > end) throw error;
      await pause(100);
    }
  }
}

function decisionFor(number: number): { decision: string; reason?: string } {
  if (number % 10 === 9) return { decision: 'reject', reason: 'This is not how we do it.' };
  return { decision: 'approve' };
}

async function one(client: Client, number: number, recording: Uint8Array, said: Acknowledged): Promise<void> {
  const key = newId();
  const runId = await insist(() => startSop(client, `ledger ${number}`, key));
  said.runs.push(runId);
  const review = await insist(() => openReview(client, runId));
  await insist(() => runThroughAll(client, review, recording));
  // Who ran it stands on the page, so there is a new page to confirm and to decide on.
  const ran = await insist(() => openReview(client, runId));
  await insist(() => confirmAll(client, ran));
  const { decision, reason } = decisionFor(number);
  const answer = await insist(() => decide(client, ran, decision, reason));
  said.decisions.push({ id: answer.id, runId, decision: answer.decision, acknowledgedAt: Date.now() });
}

/**
 * People at work, `together` at once, until `stop` is aborted; each finishes what was begun.
 * Answers with what was acknowledged and with anything that went wrong for a person.
 */
export async function work(
  product: Product,
  together: number,
  recording: Uint8Array,
  stop: AbortSignal,
): Promise<{ said: Acknowledged; complaints: string[] }> {
  const said: Acknowledged = { runs: [], decisions: [] };
  const complaints: string[] = [];
  let number = 0;
  const person = async () => {
    const client = new Client(product.url);
    await insist(() => client.signIn(product.owner.email, product.owner.password));
    while (!stop.aborted) {
      number += 1;
      await one(client, number, recording, said).catch((error: unknown) => complaints.push(String(error)));
    }
  };
  await Promise.all(Array.from({ length: together }, person));
  return { said, complaints };
}
