import { createDrafting } from '../../activities/drafting.js';
import { editDraft } from '../../api/drafts.js';
import { fulfil } from '../../db/commands/reviews.js';
import { startRun } from '../../db/commands/start-run.js';
import { newId } from '../../db/ids.js';
import { sha256Hex } from '../../workflows/domain/canonical.js';
import { slugOf } from '../../workflows/domain/slug.js';
import { decideOn, reviewOf } from '../gate/acts.js';
import type { House, Member } from '../gate/house.js';
import { contractWith, publishContract } from '../support/published-contract.js';

/** The drafter of letters by rules, for recording. */
export function letterActivities(house: House) {
  const { draftLetter } = createDrafting({ ...house.deps, drafters: {} });
  return { draftLetter };
}

async function underReview(house: House, who: Member): Promise<string> {
  const contract = contractWith({ ends: '2090-03-31' });
  const { run: published } = await publishContract(house.owner, { by: who.id, contract });
  const run = { id: newId(), track: 'notice-letter', title: 'Notice', slug: slugOf(`Notice ${newId()}`) };
  const started = { actor: { token: who.token }, sourceIds: [], idempotencyKey: null, bodySha256: sha256Hex(run.id) };
  await startRun(house.api, { ...started, run: { ...run, input: { contract: published, kind: 'non-renewal' } } });
  house.relay.wake();
  await house.reaches(run.id, 'in-review');
  return run.id;
}

/** One run of a letter for each outcome, played to its end. */
export const letterOutcomes: Record<string, (house: House, who: Member) => Promise<string>> = {
  'letter-approve': async (house, who) => {
    const run = await underReview(house, who);
    const edits = [
      { op: 'set-sender', sender: 'Harrow Mill' },
      { op: 'set-addressee', addressee: ['The Director', '1 Quay'] },
      { op: 'set-signatory', signatory: 'R. Sutcliffe' },
    ];
    await editDraft({ db: house.api, data: house.data }, { token: who.token, run, baseVersion: 1, edits });
    const { id: review, subjectDigest } = await reviewOf(house, run);
    const asked = await house.owner<{ key: string; value_digest: string }[]>`
      select key, value_digest from requirement where subject_digest = ${subjectDigest} order by ordinal`;
    for (const { key, value_digest: valueDigest } of asked)
      await fulfil(house.api, { token: who.token, review, key, valueDigest });
    await decideOn(house, who, run, { decision: 'approve' });
    return run;
  },
  'letter-reject': async (house, who) => {
    const run = await underReview(house, who);
    await decideOn(house, who, run, { decision: 'reject', reason: 'We stay.' });
    return run;
  },
};
