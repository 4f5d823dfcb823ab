import { storeDrafterDraft } from '../../activities/prepare.js';
import { createContractReminders } from '../../activities/contract-reminders.js';
import { fulfil, servePage } from '../../db/commands/reviews.js';
import { withdrawRun } from '../../db/commands/runs.js';
import { addSource } from '../../db/commands/sources.js';
import { startRun } from '../../db/commands/start-run.js';
import { putText } from '../../db/files.js';
import { newId } from '../../db/ids.js';
import { canonicalJson, sha256Hex } from '../../workflows/domain/canonical.js';
import { addDays, civilDayAt } from '../../workflows/domain/contract-summary/civil-day.js';
import { slugOf } from '../../workflows/domain/slug.js';
import type { DraftAnswer, DraftRequest } from '../../workflows/gate/standing.js';
import { decideOn, reviewOf } from '../gate/acts.js';
import type { House, Member } from '../gate/house.js';
import { contractWith, publishContract } from '../support/published-contract.js';
import { until } from '../support/until.js';

/** A drafter of contracts, and the daily look, for recording. */
export function contractActivities(house: House) {
  const draftContract = async ({ run, round }: DraftRequest): Promise<DraftAnswer> => {
    const payload = canonicalJson(contractWith({ ends: null, windowDays: null, title: `Round ${String(round)}` }));
    const made = { run, round, payload, drafter: { drafter: 'rules' } };
    await storeDrafterDraft({ db: house.worker, data: house.data }, made);
    return { outcome: 'stored' };
  };
  const readDocuments = () => Promise.resolve();
  return { draftContract, readDocuments, ...createContractReminders(house.deps) };
}

async function underReview(house: House, who: Member): Promise<string> {
  const { sha256, bytes } = await putText(house.data, 'An agreement.');
  const source = { id: newId(), kind: 'document', name: 'agreement.txt', mediaType: 'text/plain', sha256, bytes };
  await addSource(house.api, { actor: { token: who.token }, source: { ...source, reading: { kind: 'document' } } });
  const run = { id: newId(), track: 'contract-summary', title: 'Agreement', slug: slugOf(`Agreement ${newId()}`) };
  const started = { actor: { token: who.token }, run, sourceIds: [source.id], idempotencyKey: null };
  await startRun(house.api, { ...started, bodySha256: sha256Hex(run.id) });
  house.relay.wake();
  await house.reaches(run.id, 'in-review');
  return run.id;
}

async function approve(house: House, { token, ...who }: Member, run: string): Promise<void> {
  const { id: review, subjectDigest } = await reviewOf(house, run);
  const asked = await house.owner<{ key: string; value_digest: string; place: string | null }[]>`
    select key, value_digest, place from requirement where subject_digest = ${subjectDigest} order by ordinal`;
  for (const { key, value_digest: valueDigest, place } of asked) {
    const viewDigest = sha256Hex(newId());
    if (place !== null) await servePage(house.api, { token, review, place, viewDigest });
    await fulfil(house.api, { token, review, key, valueDigest, ...(place !== null && { viewDigest }) });
  }
  await decideOn(house, { token, ...who }, run, { decision: 'approve' });
}

/** One run of a contract for each outcome, played to its end, and the daily look with something to tell. */
export const contractOutcomes: Record<string, (house: House, who: Member) => Promise<string>> = {
  'contract-approve': async (house, who) => {
    const run = await underReview(house, who);
    await approve(house, who, run);
    return run;
  },
  'contract-request-changes': async (house, who) => {
    const run = await underReview(house, who);
    await decideOn(house, who, run, { decision: 'request-changes', reason: 'Look at the cap again.' });
    await until(async () => {
      const { round, reviewId } = await house.standing(run);
      return round === 2 && reviewId !== null;
    });
    await approve(house, who, run);
    return run;
  },
  'contract-reject': async (house, who) => {
    const run = await underReview(house, who);
    await decideOn(house, who, run, { decision: 'reject', reason: 'Not ours.' });
    return run;
  },
  'contract-withdraw': async (house, who) => {
    const run = await underReview(house, who);
    await withdrawRun(house.api, { token: who.token, run, reason: 'Started by mistake.' });
    house.relay.wake();
    return run;
  },
  'contract-reminders': async (house, who) => {
    const ends = addDays(civilDayAt(new Date(), 'UTC'), 97);
    await publishContract(house.owner, { by: who.id, contract: contractWith({ ends }) });
    const workflowId = `contract-reminders-${newId()}`;
    await house.temporal.workflow.start('contractReminders', { workflowId, taskQueue: house.taskQueue, args: [] });
    return workflowId;
  },
};
