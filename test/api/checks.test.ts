import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { codeOf, meetAll, openedReview, readReview } from './ready-review.js';

let api: ApiUnderTest;
let operator: Person;
let approver: Person;

beforeAll(async () => {
  api = await startApi();
  [operator, approver] = await Promise.all([
    api.person('operator', 'Owen Tran'),
    api.person('approver', 'Ruth Akande'),
  ]);
});
afterAll(() => api.stop());

describe('what the rules find', () => {
  const key = 'check:no-system-of-record:s-00000002';
  const save = (run: string, baseVersion: number, edits: unknown[]) =>
    api.ask(operator, 'PATCH', `/api/runs/${run}/draft`, { body: { baseVersion, edits } });
  const action = (words: string) => ({ op: 'set-step', id: 's-00000002', fields: { action: words } });
  const fields = { approver: 'Karen Lindholm', systemsOfRecord: ['Visitor log', 'Okta'] };
  const findOf = async (review: string) => {
    const detail = await readReview(api, operator, review);
    return detail.requirements.find((one) => one.key === key);
  };

  test('holds an approval back until it is mended or said to be right by name, and is asked again after an edit', async () => {
    const first = await openedReview(api, operator);
    expect(first.requirements.filter((one) => one.key.startsWith('check:'))).toEqual([]);
    await save(first.runId, first.draftVersion, [{ op: 'set', fields }, action('Disable the accounts')]);
    const review = await readReview(api, operator, first.id);
    const found = review.requirements.filter((one) => one.key.startsWith('check:'));
    expect(found.map((one) => [one.key, one.kind])).toEqual([
      [key, 'confirm'],
      ['check:not-on-roster:approver', 'confirm'],
    ]);
    const body = { decision: 'approve', subjectDigest: review.subjectDigest };
    const early = await api.ask(approver, 'POST', `/api/reviews/${review.id}/decision`, { body });
    expect(codeOf(early.body)).toBe('requirements_missing');

    await meetAll(api, operator, review);
    expect(await findOf(review.id)).toMatchObject({ fulfilled: true, by: { name: 'Owen Tran' } });

    const met = await readReview(api, operator, review.id);
    await save(met.runId, met.draftVersion, [{ op: 'set', fields: { purpose: 'Because.' } }]);
    expect(await findOf(review.id)).toMatchObject({ fulfilled: true });
    const next = await readReview(api, operator, review.id);
    await save(next.runId, next.draftVersion, [action('Disable all the accounts')]);
    expect(await findOf(review.id)).toMatchObject({ fulfilled: false });

    const again = await readReview(api, operator, review.id);
    await save(again.runId, again.draftVersion, [action('Disable all the accounts in Okta')]);
    expect(await findOf(review.id)).toBeUndefined();
  });

  test('takes for a stranger nobody who is on the roster', async () => {
    const first = await openedReview(api, operator);
    await save(first.runId, first.draftVersion, [
      { op: 'set', fields: { owner: 'Owen Tran', approver: 'ruth akande' } },
    ]);
    const review = await readReview(api, operator, first.id);
    expect(review.requirements.filter((one) => one.key.startsWith('check:'))).toEqual([]);
  });
});
