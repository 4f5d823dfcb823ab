import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decided } from '../../api/contract/reviews.js';
import { decisionText } from '../../workflows/domain/decision-text.js';
import { startApi, type ApiUnderTest, type As, type Person } from './api-under-test.js';
import { codeOf, meetAll, openedReview, readReview } from './ready-review.js';

let api: ApiUnderTest;
let operator: Person;
let approver: Person;
let admin: Person;

beforeAll(async () => {
  api = await startApi();
  [operator, approver, admin] = await Promise.all([
    api.person('operator', 'Owen'),
    api.person('approver', 'Ruth'),
    api.person('admin', 'Ada'),
  ]);
});
afterAll(() => api.stop());

const decide = (who: As, review: { id: string; subjectDigest: string }, decision = 'approve', reason?: string) =>
  api.ask(who, 'POST', `/api/reviews/${review.id}/decision`, {
    body: { decision, subjectDigest: review.subjectDigest, ...(reason === undefined ? {} : { reason }) },
  });

const edit = (who: As, run: string, baseVersion: number, title: string) =>
  api.ask(who, 'PATCH', `/api/runs/${run}/draft`, { body: { baseVersion, edits: [{ op: 'set', fields: { title } }] } });

describe('a decision', () => {
  test('is refused with the keys of what is missing, and stands once all of it is met', async () => {
    const review = await openedReview(api, operator);
    expect(review.mayApprove).toMatchObject({ ok: false, code: 'not_permitted' });
    const early = await decide(approver, review);
    expect(early.status).toBe(422);
    expect(early.body).toMatchObject({ error: { code: 'requirements_missing' } });
    const keys = review.requirements.map(({ key, label }) => ({ key, label }));
    expect(early.body).toMatchObject({ error: { details: { keys } } });

    await meetAll(api, operator, review);
    const ready = await readReview(api, approver, review.id);
    expect(ready.requirements.every((one) => one.fulfilled && one.by?.name === 'Owen')).toBe(true);
    expect(ready.mayApprove).toEqual({ ok: true });
    const wakes = api.woken();
    const made = await decide(approver, ready);
    expect(made.status).toBe(200);
    expect(api.woken()).toBeGreaterThan(wakes);

    const { id, decidedAt, keyId, signature, singlePerson } = decided.parse(made.body);
    expect(singlePerson).toBe(false);
    const { publicKey } = api.deps.signer;
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    const subjectDigest = ready.subjectDigest;
    const facts = { decisionId: id, reviewId: review.id, subjectDigest, personId: approver.id, decidedAt, keyId };
    const text = decisionText({ ...facts, decision: 'approve' });
    expect(verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))).toBe(true);

    const after = await readReview(api, operator, review.id);
    expect(after.decision).toMatchObject({ by: { name: 'Ruth' }, outcome: 'as-drafted', keptShare: 1 });
  });

  test('repeated by the same person has the same answer; another person is told who decided', async () => {
    const review = await meetAll(api, operator, await openedReview(api, operator));
    const first = await decide(approver, review);
    const again = await decide(approver, review);
    expect(again.body).toEqual(first.body);
    const other = await decide(admin, review, 'reject', 'Too late.');
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({
      error: { code: 'already_decided', details: { name: 'Ruth', decision: 'approve' } },
    });
  });

  test('covers a page that says who ran it, so a fingerprint from before the run-through approves nothing', async () => {
    const before = await openedReview(api, operator);
    expect(before.renditions[0]?.markdown).toContain('Not run yet.');
    const review = await meetAll(api, operator, before);
    expect(review.renditions[0]?.markdown).toMatch(
      /- Owen ran steps 1 and 2 on .+ \(UTC\), in 1 minute, on a recording/,
    );
    expect(codeOf((await decide(approver, before)).body)).toBe('stale_subject');
    const edited = await edit(operator, review.runId, 1, 'Log every visitor');
    expect(edited.status).toBe(200);
    const now = await readReview(api, approver, review.id);
    expect(now.renditions[0]?.markdown).toContain('Owen ran steps 1 and 2');
    expect((await decide(approver, now)).status).toBe(200);
  });

  test('on what was changed in another window is refused as stale, and an edit on it too', async () => {
    const review = await meetAll(api, operator, await openedReview(api, operator));
    expect((await edit(operator, review.runId, 1, 'Another title')).status).toBe(200);
    const late = await decide(approver, review);
    expect(codeOf(late.body)).toBe('stale_subject');
    const overtaken = await edit(admin, review.runId, 1, 'A third title');
    expect(overtaken.body).toMatchObject({
      error: { code: 'edited_meanwhile', details: { version: 2, name: 'Owen' } },
    });

    const now = await readReview(api, approver, review.id);
    expect(now.draft.title).toBe('Another title');
    // The steps read as they did, so their run-through still counts.
    expect(now.mayApprove).toEqual({ ok: true });
    expect((await decide(approver, now)).status).toBe(200);
    expect((await readReview(api, approver, review.id)).decision).toMatchObject({ outcome: 'with-edits' });
  });

  test('by the author of the version is refused where a second person is asked for', async () => {
    const review = await openedReview(api, operator);
    await edit(approver, review.runId, 1, 'Mine');
    const mine = await meetAll(api, operator, await readReview(api, approver, review.id));
    expect((await readReview(api, approver, review.id)).mayApprove).toMatchObject({
      ok: false,
      code: 'author_cannot_approve',
    });
    expect((await decide(approver, mine)).status).toBe(403);
    expect(codeOf((await decide(approver, mine)).body)).toBe('author_cannot_approve');
    expect((await decide(admin, mine)).status).toBe(200);
  });

  test('needs a reason where it asks for changes or rejects', async () => {
    const review = await openedReview(api, operator);
    expect(codeOf((await decide(approver, review, 'reject')).body)).toBe('reason_required');
    expect(codeOf((await decide(approver, review, 'request-changes')).body)).toBe('reason_required');
    expect((await decide(approver, review, 'reject', 'Not ours.')).status).toBe(200);
  });

  test('is refused to an approver who was demoted while the page was open', async () => {
    const late = await api.person('approver', 'Lena');
    const review = await meetAll(api, operator, await openedReview(api, operator));
    expect((await readReview(api, late, review.id)).mayApprove).toEqual({ ok: true });
    await api.ask(admin, 'POST', `/api/members/${late.id}/role`, { body: { role: 'operator' } });
    expect((await decide(late, review)).status).toBe(403);
    await api.ask(admin, 'POST', `/api/members/${late.id}/role`, { body: { role: 'approver' } });
    await api.ask(admin, 'POST', `/api/members/${late.id}/deactivate`);
    expect((await decide(late, review)).status).toBe(401);
  });

  test('cannot be made by a key of any scope, even with its maker’s cookie beside it', async () => {
    const review = await meetAll(api, operator, await openedReview(api, operator));
    const { key } = await api.key(admin, ['runs:start', 'requests:write', 'metrics:write', 'read']);
    const before = await api.events();
    const alone = await decide({ key }, review);
    expect(codeOf(alone.body)).toBe('not_permitted');
    const headers = { authorization: `Bearer ${key}` };
    const body = { decision: 'approve', subjectDigest: review.subjectDigest };
    const both = await api.ask(admin, 'POST', `/api/reviews/${review.id}/decision`, { body, headers });
    expect(codeOf(both.body)).toBe('not_permitted');
    expect(await api.events()).toBe(before);
  });

  test('cannot be undone where there is no grace, and can within it', async () => {
    const plain = await meetAll(api, operator, await openedReview(api, operator));
    const { graceUntil } = decided.parse((await decide(approver, plain)).body);
    expect(graceUntil).toBeUndefined();
    expect(codeOf((await api.ask(approver, 'POST', `/api/reviews/${plain.id}/undo`)).body)).toBe('too_late');

    const policy = { secondPerson: 'where-there-is-one', graceSeconds: 300, dueHours: 48, reminderHours: 24 };
    expect((await api.ask(admin, 'PUT', '/api/tracks/sop-drafting/policy', { body: policy })).status).toBe(200);
    const review = await meetAll(api, operator, await openedReview(api, operator));
    expect(decided.parse((await decide(approver, review)).body).graceUntil).toBeDefined();
    expect((await api.ask(approver, 'POST', `/api/reviews/${review.id}/undo`)).status).toBe(200);
    expect((await readReview(api, approver, review.id)).state).toBe('open');
    await api.ask(admin, 'PUT', '/api/tracks/sop-drafting/policy', { body: { ...policy, graceSeconds: 0 } });
  });
});
