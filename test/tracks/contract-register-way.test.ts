import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { register, registerDetail } from '../../api/contract/register.js';
import { startApp, type App } from '../support/app.js';
import {
  confirmContract,
  contractReviewOf,
  readContractReview,
  settleContract,
  startContract,
} from '../support/contract-client.js';
import { contractOf } from '../support/contract-texts.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { decide, getRun } from '../support/sop-client.js';
import { until } from '../support/until.js';

let app: App;
let owen: TestPerson;
let ruth: TestPerson;
beforeAll(async () => {
  app = await startApp();
  [owen, ruth] = [await addPerson(app, 'operator', 'Owen Tran'), await addPerson(app, 'approver', 'Ruth Akande')];
});
afterAll(() => app.stop());

async function approve(run: string): Promise<void> {
  const settled = await settleContract(owen.client, await contractReviewOf(owen.client, run));
  await confirmContract(owen.client, settled);
  await decide(ruth.client, await readContractReview(ruth.client, settled.id), 'approve');
  await until(async () => (await getRun(owen.client, run)).state === 'published', { withinMs: 30_000 });
}
const listed = async () => (await owen.client.ask(register, 'GET', '/api/register')).entries;

test('a contract enters the register when it is published, and an amendment takes its place when that is', async () => {
  const first = await startContract(owen.client);
  await contractReviewOf(owen.client, first);
  expect(await listed()).toEqual([]);
  await approve(first);
  const [entry] = await listed();
  expect(entry).toMatchObject({
    runId: first,
    noticeWindow: { answer: 'stated', words: 'at least 90 calendar days before' },
    renewalDate: { answer: 'stated', words: '2027-03-31' },
  });
  const receipt = await owen.client.send('GET', entry?.receiptUrl ?? '');
  expect(
    JSON.parse(String(typeof receipt.body === 'string' ? receipt.body : JSON.stringify(receipt.body))),
  ).toMatchObject({
    runId: first,
  });

  const told = { vendor: 'Brightwater Cleaning Ltd', signed: 'April 1, 2026', years: 3, noticeDays: 60, cap: 90_000 };
  const text = contractOf({ ...told, state: 'Delaware', filler: 3, spaces: ' ' });
  const second = await startContract(owen.client, [text], { title: 'Cleaning, new', input: { supersedes: first } });
  await contractReviewOf(owen.client, second);
  expect((await listed()).map(({ runId }) => runId)).toEqual([first]);
  await approve(second);
  expect((await listed()).map(({ runId, earlier }) => [runId, earlier])).toEqual([[second, 1]]);
  const detail = await owen.client.ask(registerDetail, 'GET', `/api/register/${second}`);
  expect(detail.history.map(({ runId, otherRun }) => [runId, otherRun])).toEqual([[first, true]]);
  expect(detail.points.find(({ field }) => field === 'noticeWindow')?.quotes[0]?.text).toContain('60 days');
  const { title } = await owen.client.ask(
    z.object({ title: z.string() }),
    'GET',
    `/api/published/${detail.publicationId}`,
  );
  expect(title).toBe('Cleaning, new');
}, 120_000);
