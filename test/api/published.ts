import { beginDelivery, reservePublication, settlePublication } from '../../db/commands/publish.js';
import { close, connect, type Db } from '../../db/connect.js';
import { newId } from '../../db/ids.js';
import type { SopReview } from '../../api/contract/reviews.js';
import { manifestSchema } from '../../workflows/domain/manifest.js';
import type { ApiUnderTest, Person } from './api-under-test.js';
import { meetAll, openedReview, readReview } from './ready-review.js';

/** As the worker's own role. */
export async function asWorker<T>(api: ApiUnderTest, act: (db: Db) => Promise<T>): Promise<T> {
  const db = connect(api.workerUrl, { name: 'api-test-worker', max: 2 });
  try {
    return await act(db);
  } finally {
    await close(db);
  }
}

export type Published = { publication: string; run: string; review: SopReview };

/** Approves what a review holds, once everything asked for is met. */
export async function approved(api: ApiUnderTest, who: Person, review: SopReview): Promise<string> {
  const ready = await meetAll(api, who, review);
  const body = { subjectDigest: ready.subjectDigest, decision: 'approve' };
  const answer = await api.ask(who, 'POST', `/api/reviews/${review.id}/decision`, { body });
  if (answer.status !== 200) throw new Error(`not approved: ${answer.text}`);
  const [row] = await api.owner<{ id: string }[]>`select id from decision where review_id = ${review.id}`;
  return row?.id ?? '';
}

/** Does what the worker would after an approval, up to the given state. */
export async function delivered(
  api: ApiUnderTest,
  run: string,
  decision: string,
  state: 'reserved' | 'published' | 'failed' = 'published',
): Promise<string> {
  const [row] = await api.owner<{ manifest: string }[]>`
    select s.manifest from subject s join decision d on d.subject_digest = s.digest where d.id = ${decision}`;
  const publications = manifestSchema.parse(JSON.parse(row?.manifest ?? '')).renditions.map((one) => ({
    id: newId(),
    renditionSha256: one.sha256,
    targetId: one.targetId,
    address: `${one.targetAddress}/${one.path}`,
  }));
  await asWorker(api, async (db) => {
    await reservePublication(db, { run, decision, publications });
    if (state === 'reserved') return;
    for (const { id: publication } of publications) {
      await beginDelivery(db, { publication });
      if (state === 'failed') await settlePublication(db, { publication, state, trouble: 'No room.' });
      else await settlePublication(db, { publication, state, receipt: '{}\n', receiptPath: 'a.json' });
    }
  });
  return publications[0]?.id ?? '';
}

/** A run that went the whole way to its page. */
export async function publishedPage(api: ApiUnderTest, who: Person, opened?: SopReview): Promise<Published> {
  const review = opened ?? (await openedReview(api, who));
  const decision = await approved(api, who, review);
  const publication = await delivered(api, review.runId, decision);
  return { publication, run: review.runId, review: await readReview(api, who, review.id) };
}
