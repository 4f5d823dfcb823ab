import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.js';
import {
  confirmContract,
  contractReviewOf,
  readContractReview,
  serve,
  settleContract,
  startContract,
  startContractFile,
} from '../support/contract-client.js';
import { pdf, scan } from '../support/pdfs.js';
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

const refused = (code: string) => expect.objectContaining({ code });

test('a contract goes from its file to the folder, with its last safe day counted out', async () => {
  const run = await startContract(owen.client);
  const drafted = await contractReviewOf(owen.client, run);
  const { fields } = drafted.draft;
  expect(fields.renewalDate).toMatchObject({ answer: 'stated', value: { day: '2027-03-31', anchor: 'end-of-term' } });
  expect(fields.noticeWindow).toMatchObject({ answer: 'stated', value: { count: 90, unit: 'calendar-days' } });
  expect(fields.renewal.value).toMatchObject({ automatic: true, each: { count: 12, unit: 'months' } });
  expect(fields.noticeWindow.quotes[0]).toMatchObject({ state: 'verified', page: 1 });
  const settled = await settleContract(owen.client, drafted);
  await confirmContract(owen.client, settled);
  const ready = await readContractReview(ruth.client, settled.id);
  expect(ready.requirements.filter((one) => !one.fulfilled)).toEqual([]);
  await decide(ruth.client, ready, 'approve');
  await until(async () => (await getRun(owen.client, run)).state === 'published', {
    withinMs: 30_000,
    what: 'publication',
  });
  const [published] = await app.owner`select address from publication where run_id = ${run}`;
  const page = readFileSync(join(app.data, String(published?.['address'])), 'utf8');
  expect(page).toContain('**31 December 2026**, until midnight in');
  expect(page).toContain('31 March 2027 less 90 calendar days is 31 December 2026.');
});

test('renewal date and notice window are confirmed only by the session that was served their page', async () => {
  const run = await startContract(owen.client);
  const review = await settleContract(owen.client, await contractReviewOf(owen.client, run));
  const asked = review.requirements.find((one) => one.key === 'two-keys:renewalDate');
  if (asked?.place === undefined) throw new Error('No page is asked for.');
  const { key, valueDigest, place } = asked;
  const path = `/api/reviews/${review.id}/fulfilments`;
  const confirm = (who: TestPerson, viewToken?: string) =>
    who.client.ask(expect.anything() as never, 'POST', path, {
      key,
      valueDigest,
      ...(viewToken !== undefined && { viewToken }),
    });
  await expect(confirm(owen)).rejects.toEqual(refused('page_not_served'));
  await expect(confirm(owen, 'made-up')).rejects.toEqual(refused('page_not_served'));
  const ruths = await serve(ruth.client, review.id, place);
  await expect(confirm(owen, ruths)).rejects.toEqual(refused('page_not_served'));
  const absence = await serve(owen.client, review.id, 'absence:renewalDate');
  await expect(confirm(owen, absence)).rejects.toEqual(refused('page_not_served'));
  await expect(decide(ruth.client, review, 'approve')).rejects.toEqual(refused('requirements_missing'));
  const own = await serve(owen.client, review.id, place);
  expect((await owen.client.send('POST', path, { key, valueDigest, viewToken: own })).status).toBe(200);
  const [met] = await app.owner`select evidence from fulfilment where run_id = ${run} and key = ${key}`;
  expect(met?.['evidence']).toMatchObject({ served: place });
  const [event] = await app.owner`
    select body::jsonb ->> 'served' as served from event where stream = ${`run:${run}`} and kind = 'requirement-met'`;
  expect(event?.['served']).toBe(place);
});

test('what was served is told by the database alone, whatever evidence a request brings', async () => {
  const run = await startContract(owen.client);
  const review = await settleContract(owen.client, await contractReviewOf(owen.client, run));
  const asked = review.requirements.find((one) => one.kind === 'confirm');
  const body = { key: asked?.key, valueDigest: asked?.valueDigest, evidence: { served: 'made up', at: 'the desk' } };
  expect((await owen.client.send('POST', `/api/reviews/${review.id}/fulfilments`, body)).status).toBe(200);
  const [met] = await app.owner`select evidence from fulfilment where run_id = ${run}`;
  expect(met?.['evidence']).toEqual({ at: 'the desk' });
});

test('a contract that is a picture is recognised before it is drafted, and its page says so', async () => {
  const lines = [
    'This Agreement is made on 1 March 2026 and continues until 31 March 2027.',
    'It shall automatically renew for successive periods of twelve months,',
    'unless either party gives written notice not to renew at least sixty (60)',
    'days before the end of the term. The laws of Ireland govern this Agreement.',
  ];
  const bytes = await pdf((d) => d.image(scan(lines), 0, 0, { width: 595.28 }));
  const run = await startContractFile(owen.client, 'scanned.pdf', bytes);
  const review = await contractReviewOf(owen.client, run, 120_000);
  expect(review.draft.documents).toMatchObject([{ recognised: [1], unread: [] }]);
  expect(review.sources[0]?.reading).toMatchObject({
    kind: 'document-facts',
    facts: { pages: [{ words: 'recognised' }] },
  });
  expect(JSON.stringify(review.draft.fields)).toContain('sixty (60)');
  const [event] = await app.owner`select body from event where kind = 'source-recognised'`;
  expect(JSON.parse(String(event?.['body']))).toMatchObject({ pages: 1 });
}, 150_000);
