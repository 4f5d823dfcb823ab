import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDrafting } from '../../activities/drafting.js';
import { retryRun, withdrawRun } from '../../db/commands/runs.js';
import { startFakeAnthropic, outcomes, type FakeAnthropic } from '../support/fake-anthropic.js';
import { until } from '../support/until.js';
import { approve, edit, plainWalkThrough, start } from './acts.js';
import type { House, Member } from './house.js';
import { openHouse } from './open-house.js';
import { draftsOf, eventsOf, noticesOf, troubleOf } from './record.js';

let house: House;
let ann: Member;
let model: FakeAnthropic;
let stop: () => Promise<void>;

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
});
afterAll(() => house.close());

beforeEach(async () => {
  model = await startFakeAnthropic();
  const anthropic = { apiKey: 'test', baseUrl: model.url, model: 'claude-test' };
  stop = await house.startWorker({ activities: createDrafting({ ...house.deps, drafters: { anthropic } }) });
});
afterEach(async () => {
  await stop();
  await model.close();
});

const good = {
  title: 'Closing the till',
  purpose: '',
  scope: '',
  owner: '',
  approver: '',
  systemsOfRecord: [],
  prerequisites: [],
  steps: [{ action: 'Count the notes.', where: '', expected: '', screenshot: null, quote: 'count the notes' }],
  decisionPoints: [],
  exceptions: [],
};

const inTrouble = (run: string) => until(async () => (await troubleOf(house, run)) ?? false);

test('drafting waits while the provider is away, says so once, and goes on when it is back', async () => {
  model.script(outcomes.overloaded(), outcomes.overloaded(), outcomes.good(good));
  const run = await start(house, ann, plainWalkThrough);
  expect((await inTrouble(run)).words).toMatch(/Drafting goes on by itself/);
  await house.reaches(run, 'in-review');
  expect((await eventsOf(house, run)).filter((kind) => kind === 'drafting-waits')).toHaveLength(1);
  expect(await troubleOf(house, run)).toBeNull();
  expect(model.served.answers).toBe(1);
  await approve(house, ann, run);
  await house.reaches(run, 'published');
});

test('while the model is away a person can let the rules draft at once', async () => {
  model.script(outcomes.rateLimited('3600'));
  const run = await start(house, ann, plainWalkThrough);
  await inTrouble(run);
  await retryRun(house.api, { token: ann.token, run, drafter: 'rules' });
  house.relay.wake();
  await house.reaches(run, 'in-review');
  expect((await draftsOf(house, run)).map(({ drafter }) => drafter)).toEqual(['rules']);
});

test('a run withdrawn while the model is away ends, and the model is not asked again', async () => {
  model.script(outcomes.rateLimited('3600'));
  const run = await start(house, ann, plainWalkThrough);
  await inTrouble(run);
  await withdrawRun(house.api, { token: ann.token, run, reason: 'Not needed.' });
  house.relay.wake();
  await house.temporal.workflow.getHandle(run).result();
  expect(model.requests).toHaveLength(1);
  expect(await draftsOf(house, run)).toEqual([]);
});

test('a refusal is no draft: the run fails, its starter is told, and a person tries again', async () => {
  model.script(outcomes.refusal(good));
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'failed');
  expect(await draftsOf(house, run)).toEqual([]);
  await until(async () => (await noticesOf(house, run)).some(({ template }) => template === 'drafting-failed'));
  model.script(outcomes.good(good));
  await retryRun(house.api, { token: ann.token, run, drafter: 'default' });
  house.relay.wake();
  await house.reaches(run, 'in-review');
});

test('a person who writes the version meanwhile is not kept waiting; the late draft stands beside it', async () => {
  model.script(outcomes.rateLimited('2'), outcomes.good(good));
  const run = await start(house, ann, plainWalkThrough);
  await inTrouble(run);
  await edit(house, ann, run, 'Count the coins by hand.');
  await house.reaches(run, 'in-review');
  const late = await until(async () => {
    const found = await draftsOf(house, run);
    return found.length === 2 && found;
  });
  expect(late.map(({ alternative }) => alternative)).toEqual([false, true]);
  expect((await house.standing(run)).version).toBe(1);
});

test('a worker that is stopped in the middle of a draft leaves the next to finish it', async () => {
  model.script(outcomes.stall(good));
  const run = await start(house, ann, plainWalkThrough);
  await until(() => model.requests.length === 1);
  const gone = stop();
  const second = await startFakeAnthropic();
  second.script(outcomes.good(good));
  const anthropic = { apiKey: 'test', baseUrl: second.url, model: 'claude-test' };
  stop = await house.startWorker({ activities: createDrafting({ ...house.deps, drafters: { anthropic } }) });
  await gone;
  await house.reaches(run, 'in-review');
  expect(await draftsOf(house, run)).toHaveLength(1);
  await second.close();
});
