import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { releaseRun, withdrawRun } from '../../db/commands/runs.js';
import { approve, decideOn, edit, plainWalkThrough, reviewOf, start } from '../gate/acts.js';
import type { House, Member } from '../gate/house.js';
import { openHouse } from '../gate/open-house.js';
import { drafting } from '../gate/sop.js';
import { eventsOf, publishedOf } from '../gate/record.js';
import { until } from '../support/until.js';

let house: House;
let ann: Member;

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
  await house.startWorker({ activities: drafting(house) });
});
afterAll(() => house.close());

test('what was approved is what lies in the folder, with a receipt beside it', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  const { subjectDigest } = await reviewOf(house, run);
  await approve(house, ann, run);
  await house.reaches(run, 'published');
  const [published] = await publishedOf(house, run);
  expect(published?.subject_digest).toBe(subjectDigest);
  const page = readFileSync(join(house.data, published?.address ?? ''), 'utf8');
  expect(page).toContain('Count the notes, round 1.');
  const receipt = readFileSync(join(house.data, published?.receipt_path ?? ''), 'utf8');
  expect(receipt).toBe(published?.receipt);
  // Notices are written just after what they tell of, beside whatever people do meanwhile.
  const notices = async () => (await eventsOf(house, run)).filter((kind) => kind === 'notice-sent');
  await until(async () => (await notices()).length === 2, { what: 'the notices of review and publication' });
  expect((await eventsOf(house, run)).filter((kind) => kind !== 'notice-sent')).toEqual([
    'run-started',
    'run-screened',
    'draft-written',
    'review-opened',
    'run-through-started',
    'step-ticked',
    'step-ticked',
    'recording-attached',
    'requirement-met',
    'requirement-met',
    'run-through-finished',
    'decided',
    'publication-reserved',
    'published',
  ]);
});

test('changes asked for lead to another round, and only that is published', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await decideOn(house, ann, run, { decision: 'request-changes', reason: 'Name the till.' });
  const second = await house.reaches(run, 'in-review');
  expect(second.round).toBe(2);
  await approve(house, ann, run);
  await house.reaches(run, 'published');
  const published = await publishedOf(house, run);
  expect(published.map(({ address }) => address.split('/').at(-1))).toEqual(['v2.md']);
});

test('a rejected run publishes nothing and its workflow ends', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await decideOn(house, ann, run, { decision: 'reject', reason: 'We do not do this any more.' });
  await house.temporal.workflow.getHandle(run).result();
  expect((await house.standing(run)).state).toBe('rejected');
  expect(await publishedOf(house, run)).toEqual([]);
});

test('a run withdrawn under review publishes nothing and its workflow ends', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await withdrawRun(house.api, { token: ann.token, run, reason: 'Started twice.' });
  house.relay.wake();
  await house.temporal.workflow.getHandle(run).result();
  expect(existsSync(join(house.data, 'published', 'sop-drafting', run))).toBe(false);
  expect(await publishedOf(house, run)).toEqual([]);
});

test('what people keep for themselves is kept before any drafter sees it, until a person releases it', async () => {
  const run = await start(house, ann, ['Ask them: is this a legal matter?', ...plainWalkThrough]);
  await house.reaches(run, 'kept-human');
  expect(await eventsOf(house, run)).not.toContain('draft-written');
  await releaseRun(house.api, { token: ann.token, run, reason: 'It is only a question in the script.' });
  house.relay.wake();
  await house.reaches(run, 'in-review');
  await approve(house, ann, run);
  await house.reaches(run, 'published');
});

test("a person's edit is published under its own digest, and the one before can no longer be approved", async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  const before = await reviewOf(house, run);
  await edit(house, ann, run, 'Count the coins as well.');
  const stale = decideOn(house, ann, run, { decision: 'approve', subjectDigest: before.subjectDigest });
  await expect(stale).rejects.toMatchObject({ code: 'stale_subject' });
  await approve(house, ann, run);
  await house.reaches(run, 'published');
  const [published] = await publishedOf(house, run);
  expect(readFileSync(join(house.data, published?.address ?? ''), 'utf8')).toContain('Count the coins as well.');
});
