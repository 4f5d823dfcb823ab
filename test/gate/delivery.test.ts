import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTargets } from '../../activities/targets/index.js';
import type { Delivery, Outcome, Target } from '../../activities/targets/target.js';
import { filePath } from '../../db/files.js';
import { resolvePublication } from '../../db/commands/publish.js';
import { manifestSchema } from '../../workflows/domain/manifest.js';
import { receiptSchema } from '../../workflows/domain/receipt.js';
import { freshFolder } from '../support/harness.js';
import { until } from '../support/until.js';
import { approve, plainWalkThrough, reviewOf, start } from './acts.js';
import type { House, Member } from './house.js';
import { openHouse } from './open-house.js';
import { eventsOf, noticesOf, publishedOf } from './record.js';
import { drafting } from './sop.js';

let house: House;
let ann: Member;
let folder: Target;
/** What the place does with the next deliveries; the real folder afterwards. */
let answers: Outcome[] = [];
let tried = 0;

const place: Target = {
  deliver: async (delivery: Delivery) => {
    tried += 1;
    return answers.shift() ?? folder.deliver(delivery);
  },
  acknowledge: (delivery) => folder.acknowledge(delivery),
};

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
  const real = createTargets(house.data)['folder'];
  if (real === undefined) throw new Error('no folder target');
  folder = real;
  await house.startWorker({ activities: drafting(house), deps: { targets: { folder: place } } });
});
afterAll(() => house.close());
beforeEach(() => {
  answers = [];
  tried = 0;
});

async function approved(): Promise<string> {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await approve(house, ann, run);
  return run;
}

const publicationOf = async (run: string) => {
  const [row] = await house.owner<[{ id: string; state: string; attempts: number; trouble: string | null }]>`
    select id, state, attempts, trouble from publication where run_id = ${run} order by created_at desc limit 1`;
  return row;
};

test('a delivery that failed is tried again, and arrives once', async () => {
  answers = [{ outcome: 'failed', trouble: 'The disk is full.', again: true }];
  const run = await approved();
  await house.reaches(run, 'published');
  expect(tried).toBe(2);
  expect(await publishedOf(house, run)).toHaveLength(1);
  expect((await eventsOf(house, run)).filter((kind) => kind === 'published')).toHaveLength(1);
});

test('where it cannot be known whether it arrived, nothing is sent again until a person says so', async () => {
  answers = [{ outcome: 'uncertain', trouble: 'The place did not answer.' }];
  const run = await approved();
  await house.reaches(run, 'uncertain');
  for (let look = 0; look < 3; look += 1) await house.temporal.workflow.getHandle(run).signal('look');
  expect(await house.temporal.workflow.getHandle(run).query('standing')).toMatchObject({ state: 'uncertain' });
  expect(tried).toBe(1);
  const { id } = await publicationOf(run);
  expect((await noticesOf(house, run)).map(({ template }) => template)).toContain('delivery-uncertain');
  await resolvePublication(house.api, {
    token: ann.token,
    publication: id,
    resolution: 'send-again',
    reason: 'Not there.',
  });
  house.relay.wake();
  await house.reaches(run, 'published');
  expect(tried).toBe(2);
});

test('what a person found to have arrived is not sent again, and gets its receipt', async () => {
  answers = [{ outcome: 'uncertain', trouble: 'The place did not answer.' }];
  const run = await approved();
  await house.reaches(run, 'uncertain');
  const { id } = await publicationOf(run);
  await resolvePublication(house.api, {
    token: ann.token,
    publication: id,
    resolution: 'arrived',
    reason: 'It is there.',
  });
  house.relay.wake();
  const [published] = await until(async () => {
    const found = await publishedOf(house, run);
    return found[0]?.receipt_path && found;
  });
  expect(tried).toBe(1);
  expect(existsSync(join(house.data, published?.receipt_path ?? ''))).toBe(true);
});

test('another file in the way is not overwritten, and a person is asked', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  const address = await nextAddress(run);
  mkdirSync(dirname(join(house.data, address)), { recursive: true });
  writeFileSync(join(house.data, address), 'Somebody else was here.');
  await approve(house, ann, run);
  await house.reaches(run, 'failed');
  expect(readFileSync(join(house.data, address), 'utf8')).toBe('Somebody else was here.');
  expect((await publicationOf(run)).trouble).toMatch(/was not overwritten/);
  rmSync(join(house.data, address));
  const { id } = await publicationOf(run);
  await resolvePublication(house.api, {
    token: ann.token,
    publication: id,
    resolution: 'send-again',
    reason: 'Moved away.',
  });
  house.relay.wake();
  await house.reaches(run, 'published');
});

test('a link that leads out of the folder is never followed', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  const address = await nextAddress(run);
  const outside = freshFolder('outside');
  mkdirSync(dirname(dirname(join(house.data, address))), { recursive: true });
  symlinkSync(outside, dirname(join(house.data, address)));
  await approve(house, ann, run);
  await house.reaches(run, 'failed');
  expect(existsSync(join(outside, 'v1.md'))).toBe(false);
});

test('bytes changed in the file store after the approval are not published; a person looks again', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  const { subjectDigest } = await reviewOf(house, run);
  const manifest = await manifestOf(subjectDigest);
  const sha256 = manifest.renditions[0]?.sha256 ?? '';
  const stored = filePath(house.data, sha256);
  const before = readFileSync(stored);
  writeFileSync(stored, 'Something nobody approved.');
  await approve(house, ann, run);
  await until(async () => (await house.standing(run)).round === 2);
  expect(await refusalOf(run)).toMatchObject({ code: 'bytes' });
  expect(await publishedOf(house, run)).toEqual([]);
  writeFileSync(stored, before);
});

test('a decision whose signature does not hold publishes nothing', async () => {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  const forged = { ...house, signer: { ...house.signer, sign: () => 'A'.repeat(86) } };
  await approve(forged, ann, run);
  await until(async () => (await house.standing(run)).round === 2);
  expect(await refusalOf(run)).toMatchObject({ code: 'signature' });
  expect(await publishedOf(house, run)).toEqual([]);
});

test('a delivery that was made and not settled is recognised, and keeps its receipt', async () => {
  let first: Outcome | undefined;
  const once = place.deliver;
  place.deliver = async (delivery) => {
    first = await folder.deliver(delivery);
    place.deliver = once;
    throw new Error('The worker went away after the delivery.');
  };
  const run = await approved();
  await house.reaches(run, 'published');
  const [published] = await publishedOf(house, run);
  expect(first).toMatchObject({ outcome: 'published', receipt: published?.receipt });
  expect(receiptSchema.parse(JSON.parse(published?.receipt ?? '')).publicationId).toBe(published?.id);
});

async function refusalOf(run: string): Promise<unknown> {
  const [row] = await house.owner<[{ body: string }]>`
    select body from event where stream = ${`run:${run}`} and kind = 'publication-refused'`;
  return JSON.parse(row.body);
}

async function manifestOf(digest: string) {
  const [row] = await house.owner<[{ manifest: string }]>`select manifest from subject where digest = ${digest}`;
  return manifestSchema.parse(JSON.parse(row.manifest));
}

async function nextAddress(run: string): Promise<string> {
  const [rendition] = (await manifestOf((await reviewOf(house, run)).subjectDigest)).renditions;
  return `${rendition?.targetAddress}/${rendition?.path}`;
}
