import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { codeOf, openedReview } from './ready-review.js';

let api: ApiUnderTest;
let operator: Person;
let approver: Person;
beforeAll(async () => {
  api = await startApi();
  [operator, approver] = await Promise.all([api.person('operator', 'Owen'), api.person('approver', 'Ruth')]);
});
afterAll(() => api.stop());

const decide = (review: { id: string; subjectDigest: string }, body: Record<string, unknown>) =>
  api.ask(approver, 'POST', `/api/reviews/${review.id}/decision`, {
    body: { subjectDigest: review.subjectDigest, ...body },
  });

test('changes are asked of one step by its id, and the record keeps of which', async () => {
  const review = await openedReview(api, operator);
  const step = review.draft.steps[0]?.id ?? '';
  const asked = await decide(review, { decision: 'request-changes', reason: 'Say where.', about: [step, 'purpose'] });
  expect(asked.status).toBe(200);
  const [run] = await api.owner`select feedback, feedback_about from run where id = ${review.runId}`;
  expect(run).toEqual({ feedback: 'Say where.', feedback_about: [step, 'purpose'] });
});

test('changes asked of a part that is not there are refused by its name, and nothing is decided', async () => {
  const review = await openedReview(api, operator);
  const asked = await decide(review, { decision: 'request-changes', reason: 'Say where.', about: ['s-ffffffff'] });
  expect(asked.status).toBe(400);
  expect(JSON.stringify(asked.body)).toContain('s-ffffffff');
  expect((await api.owner`select state from run where id = ${review.runId}`)[0]).toEqual({ state: 'in-review' });
});

test.each(['approve', 'reject'])('%s is on all of a version, never on parts of it', async (decision) => {
  const review = await openedReview(api, operator);
  const asked = await decide(review, { decision, reason: 'So.', about: ['purpose'] });
  expect(codeOf(asked.body)).toBe('invalid_request');
  expect((await api.owner`select state from run where id = ${review.runId}`)[0]).toEqual({ state: 'in-review' });
});
