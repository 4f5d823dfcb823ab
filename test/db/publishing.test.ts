import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putDraft, putSubject } from '../../db/commands/drafts.js';
import {
  beginDelivery,
  refusePublication,
  reservePublication,
  resolvePublication,
  settlePublication,
} from '../../db/commands/publish.js';
import { openReview } from '../../db/commands/reviews.js';
import { openRepair, withdrawRun } from '../../db/commands/runs.js';
import { putTarget } from '../../db/commands/settings.js';
import { newId } from '../../db/ids.js';
import { standing } from '../../db/queries/standing.js';
import { canonicalJson, sha256Hex } from '../../workflows/domain/canonical.js';
import {
  decided,
  due,
  edited,
  manifest,
  member,
  metAll,
  openKit,
  refused,
  underReview,
  type Kit,
  type Somebody,
} from './kit.js';
import { publishedRun, renditionsOf } from './record-kit.js';

describe('an approved run', () => {
  let kit: Kit;
  let operator: Somebody;
  let approver: Somebody;
  let admin: Somebody;
  beforeAll(async () => {
    kit = await openKit();
    operator = await member(kit, 'operator');
    approver = await member(kit, 'approver');
    admin = await member(kit, 'admin');
  });
  afterAll(() => kit.close());
  const stateOf = async (run: string) => (await standing(kit.worker, run))?.state;

  it('is published under its approval alone, once per address', async () => {
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    const publications = await renditionsOf(kit, at.digest);
    expect(await refused(reservePublication(kit.worker, { run: at.run, decision: newId(), publications }))).toBe(
      'not_found',
    );
    const { id: decision } = await decided(kit, approver, at);
    const reserve = (pubs: typeof publications) =>
      reservePublication(kit.worker, { run: at.run, decision, publications: pubs });
    for (const pubs of [
      [],
      publications.map((one) => ({ ...one, address: `${one.address}.bak` })),
      publications.map((one) => ({ ...one, renditionSha256: sha256Hex('other bytes') })),
      [...publications, ...publications.map((one) => ({ ...one, id: newId(), address: 'published/elsewhere.md' }))],
    ]) {
      expect(await refused(reserve(pubs))).toBe('invalid_request');
    }
    const first = await reserve(publications);
    const repeated = await reserve(publications.map((one) => ({ ...one, id: newId() })));
    expect(repeated).toEqual(first);
    const publication = publications[0]?.id ?? '';
    const arrived = { publication, state: 'published', receipt: '{}', receiptPath: 'r' } as const;
    expect(await refused(settlePublication(kit.worker, arrived))).toBe('wrong_state');
    expect(await beginDelivery(kit.worker, { publication })).toEqual({ state: 'delivering', attempts: 1 });
    expect(await refused(withdrawRun(kit.api, { token: operator.token, run: at.run, reason: 'stop' }))).toBe(
      'wrong_state',
    );
    expect((await settlePublication(kit.worker, arrived)).runState).toBe('published');
    expect((await settlePublication(kit.worker, arrived)).runState).toBe('published');
    expect(await refused(settlePublication(kit.worker, { publication, state: 'uncertain', trouble: '?' }))).toBe(
      'wrong_state',
    );
    const events = await kit.owner`select 1 from event where kind = 'published' and stream = ${`run:${at.run}`}`;
    expect(events).toHaveLength(1);
    expect(await refused(edited(kit, operator, at, { version: 2 }))).toBe('wrong_state');
  });

  it('is never sent again silently: an uncertain delivery waits for a person', async () => {
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    const { id: decision } = await decided(kit, approver, at);
    const publications = await renditionsOf(kit, at.digest);
    await reservePublication(kit.worker, { run: at.run, decision, publications });
    const publication = publications[0]?.id ?? '';
    await beginDelivery(kit.worker, { publication });
    await settlePublication(kit.worker, { publication, state: 'uncertain', trouble: 'The line went dead.' });
    expect(await stateOf(at.run)).toBe('uncertain');
    expect((await beginDelivery(kit.worker, { publication })).state).toBe('uncertain');
    const resolve = (who: Somebody, resolution: 'arrived' | 'send-again', reason = 'I looked.') =>
      resolvePublication(kit.api, { token: who.token, publication, resolution, reason });
    expect(await refused(resolve(operator, 'arrived'))).toBe('not_permitted');
    expect(await refused(resolve(approver, 'arrived', ''))).toBe('reason_required');
    await resolve(approver, 'send-again');
    expect((await beginDelivery(kit.worker, { publication })).state).toBe('delivering');
    await settlePublication(kit.worker, { publication, state: 'failed', trouble: 'No.' });
    expect(await refused(resolve(approver, 'arrived'))).toBe('wrong_state');
    await resolve(approver, 'send-again');
    await beginDelivery(kit.worker, { publication });
    await settlePublication(kit.worker, { publication, state: 'uncertain', trouble: 'Dead again.' });
    await resolve(approver, 'arrived');
    expect(await stateOf(at.run)).toBe('published');
    await settlePublication(kit.worker, { publication, state: 'published', receipt: '{"late":1}', receiptPath: 'r' });
    const [row] = await kit.owner`select receipt from publication where id = ${publication}`;
    expect(row?.['receipt']).toBe('{"late":1}');
  });

  it('goes back to review where its address was changed after the approval, and asks for another approval', async () => {
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    const { id: decision } = await decided(kit, approver, at);
    const publications = await renditionsOf(kit, at.digest);
    const moved = { ...kit.target, address: 'elsewhere' };
    const put = (target: typeof moved) =>
      putTarget(kit.api, {
        token: admin.token,
        target: { ...target, kind: 'folder', track: 'sop-drafting', active: true },
      });
    await put(moved);
    try {
      const answer = await reservePublication(kit.worker, { run: at.run, decision, publications });
      expect(answer).toEqual({ addressChanged: true, publications: [] });
      expect(await refused(reservePublication(kit.worker, { run: at.run, decision, publications }))).toBe(
        'wrong_state',
      );
      expect(await stateOf(at.run)).toBe('in-review');
      const review = { run: at.run, round: 2, reviewId: newId(), ...due() };
      expect(await refused(openReview(kit.worker, review))).toBe('stale_subject');
      const { subjectDigest } = await putSubject(kit.worker, {
        run: at.run,
        manifest: manifest(kit, at.run, { version: 1, target: moved }),
      });
      const opened = await openReview(kit.worker, review);
      expect(
        await refused(
          putSubject(kit.worker, {
            run: at.run,
            manifest: manifest(kit, at.run, { version: 1, target: moved, text: 'x' }),
          }),
        ),
      ).toBe('wrong_state');
      expect(await refused(decided(kit, approver, { ...at, review: opened.reviewId }))).toBe('stale_subject');
      await decided(kit, approver, { ...at, review: opened.reviewId, digest: subjectDigest });
      expect(await stateOf(at.run)).toBe('approved');
    } finally {
      await put(kit.target);
    }
  });

  it('goes back to review where the worker finds that the approval does not hold', async () => {
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    const { id: decision } = await decided(kit, approver, at);
    await refusePublication(kit.worker, { run: at.run, decision, code: 'signature' });
    expect(await standing(kit.worker, at.run)).toMatchObject({ state: 'in-review', round: 2 });
    expect(await refused(refusePublication(kit.worker, { run: at.run, decision, code: 'signature' }))).toBe(
      'wrong_state',
    );
  });

  it('that was published is repaired in a new round through the same gate', async () => {
    const at = await publishedRun(kit, operator, approver);
    expect(await refused(openRepair(kit.api, { token: operator.token, run: at.run, reason: '' }))).toBe(
      'reason_required',
    );
    expect(await openRepair(kit.api, { token: operator.token, run: at.run, reason: 'Step 2 moved.' })).toEqual({
      state: 'drafting',
      round: 2,
    });
    // The spent approval publishes nothing more.
    const answer = await reservePublication(kit.worker, { run: at.run, decision: at.decision, publications: [] });
    expect(answer.publications.map((one) => one.state)).toEqual(['published']);
    const draft = {
      token: operator.token,
      run: at.run,
      baseVersion: 1,
      payload: canonicalJson({ v: 2 }),
      manifest: manifest(kit, at.run, { version: 2, text: 'mended' }),
    };
    await putDraft(kit.api, draft);
    const opened = await openReview(kit.worker, { run: at.run, round: 2, reviewId: newId(), ...due() });
    expect(opened.opened).toBe(true);
  });

  it('is withdrawn from any open state before a delivery, and then nothing of it can be approved', async () => {
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    const { id: decision } = await decided(kit, approver, at);
    await withdrawRun(kit.api, { token: operator.token, run: at.run, reason: 'Changed our minds.' });
    const publications = await renditionsOf(kit, at.digest);
    expect(await refused(reservePublication(kit.worker, { run: at.run, decision, publications }))).toBe('wrong_state');
    expect(await stateOf(at.run)).toBe('withdrawn');
  });
});
