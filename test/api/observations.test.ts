import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { proposedEdit } from '../../workflows/domain/sop-drafting/proposals.js';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { openedReview, readReview, webm } from './ready-review.js';

let api: ApiUnderTest;
let operator: Person;

beforeAll(async () => {
  api = await startApi();
  operator = await api.person('operator', 'Owen');
});
afterAll(() => api.stop());

type Tick = { result: string; note?: string; cameUp?: string };

/** Runs the steps with these results, in order, on a recording, and finishes. */
async function run(id: string, ticks: readonly (readonly [step: string, tick: Tick])[]) {
  const review = await readReview(api, operator, id);
  const path = `/api/runs/${review.runId}/run-throughs`;
  const rt = z.object({ id: z.string() }).parse((await api.ask(operator, 'POST', path, { body: {} })).body).id;
  for (const [step, tick] of ticks) {
    const stepDigest = review.requirements.find((one) => one.key === `run-through:${step}`)?.valueDigest;
    const made = await api.ask(operator, 'PATCH', `${path}/${rt}`, { body: { step, stepDigest, ...tick } });
    expect(made.status).toBe(200);
  }
  const headers = { 'content-type': 'video/webm' };
  await api.ask(operator, 'POST', `${path}/${rt}/recording?offset=0&last=true`, { raw: webm(rt), headers });
  expect((await api.ask(operator, 'POST', `${path}/${rt}/finish`, { body: {} })).status).toBe(200);
  return readReview(api, operator, id);
}

const openKeys = (review: Awaited<ReturnType<typeof readReview>>) =>
  review.requirements.filter((one) => !one.fulfilled).map((one) => one.key);

describe('what a run-through showed', () => {
  test('is asked about until it is taken in or left, and taking an exception in costs no tick', async () => {
    const { id } = await openedReview(api, operator);
    const review = await run(id, [
      ['s-00000001', { result: 'as-written' }],
      ['s-00000002', { result: 'exception', cameUp: 'The log is full', note: 'Take a new book from the office.' }],
      ['s-00000002', { result: 'as-written' }],
    ]);
    const [seen] = review.observations;
    if (seen === undefined) throw new Error('no observation');
    expect(seen).toMatchObject({ step: 's-00000002', result: 'exception', person: 'Owen', cameUp: 'The log is full' });
    expect(openKeys(review)).toContain(`met-exception:${seen.id}`);
    expect(openKeys(review)).not.toContain('run-through:s-00000002');

    const edits = [proposedEdit(review.draft, seen)];
    const body = { baseVersion: review.draftVersion, edits };
    expect((await api.ask(operator, 'PATCH', `/api/runs/${review.runId}/draft`, { body })).status).toBe(200);
    const after = await readReview(api, operator, id);
    expect(after.draft.exceptions).toMatchObject([
      { when: 'The log is full', then: 'Take a new book from the office.' },
    ]);
    expect(openKeys(after).filter((key) => !key.startsWith('exception:') && !key.startsWith('check:'))).toEqual([]);
  });

  test('leaves a step that differed open until its mended words are run again', async () => {
    const { id } = await openedReview(api, operator);
    const review = await run(id, [
      ['s-00000001', { result: 'differed', note: 'Open the visitor log on the tablet.' }],
      ['s-00000002', { result: 'as-written' }],
    ]);
    const [seen] = review.observations;
    if (seen === undefined) throw new Error('no observation');
    expect(openKeys(review)).toEqual(expect.arrayContaining([`differed:${seen.id}`, 'run-through:s-00000001']));
    expect(openKeys(review)).not.toContain('run-through:s-00000002');
    const body = { baseVersion: review.draftVersion, edits: [proposedEdit(review.draft, seen)] };
    expect((await api.ask(operator, 'PATCH', `/api/runs/${review.runId}/draft`, { body })).status).toBe(200);
    const mended = await readReview(api, operator, id);
    expect(mended.draft.steps[0]?.action).toBe('Open the visitor log on the tablet.');
    expect(openKeys(mended)).not.toContain(`differed:${seen.id}`);
    expect(openKeys(mended)).toContain('run-through:s-00000001');
    const again = await run(id, [['s-00000001', { result: 'as-written' }]]);
    expect(openKeys(again).filter((key) => key.startsWith('run-through:'))).toEqual([]);
    expect(again.renditions[0]?.markdown.match(/Owen ran/g)).toHaveLength(2);
  });

  test('can be left as it is, by name', async () => {
    const { id } = await openedReview(api, operator);
    const review = await run(id, [
      ['s-00000001', { result: 'differed', note: 'The tablet was broken.' }],
      ['s-00000001', { result: 'as-written' }],
      ['s-00000002', { result: 'as-written' }],
    ]);
    const asked = review.requirements.find((one) => one.key.startsWith('differed:'));
    if (asked === undefined) throw new Error('nothing asked');
    const body = { key: asked.key, valueDigest: asked.valueDigest };
    expect((await api.ask(operator, 'POST', `/api/reviews/${id}/fulfilments`, { body })).status).toBe(200);
    const after = await readReview(api, operator, id);
    expect(after.requirements.find((one) => one.key === asked.key)).toMatchObject({
      fulfilled: true,
      by: { name: 'Owen' },
    });
  });
});
