import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDrafting } from '../../activities/drafting.js';
import type { DrafterSettings } from '../../activities/drafters/choose.js';
import { retryRun } from '../../db/commands/runs.js';
import { candidate } from '../drafting/candidates.js';
import { approve, decideOn, plainWalkThrough, start } from '../gate/acts.js';
import type { House, Member } from '../gate/house.js';
import { openHouse } from '../gate/open-house.js';
import { draftsOf, eventsOf, publishedOf, troubleOf } from '../gate/record.js';
import { outcomes, startFakeAnthropic, type FakeAnthropic } from '../support/fake-anthropic.js';
import { answers, startFakeOpenai } from '../support/fake-openai.js';

let house: House;
let ann: Member;
let claude: FakeAnthropic;
let openai: Awaited<ReturnType<typeof startFakeOpenai>>;
let stop: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
});
afterAll(() => house.close());
beforeEach(async () => {
  [claude, openai] = await Promise.all([startFakeAnthropic(), startFakeOpenai()]);
  openai.script(answers.text(JSON.stringify(candidate)));
  claude.script(outcomes.good(candidate));
});
afterEach(async () => {
  await stop();
  await Promise.all([claude.close(), openai.close()]);
});

const work = async (which: readonly ('anthropic' | 'openai')[]) => {
  const all = {
    anthropic: { apiKey: 'test', baseUrl: claude.url, model: 'claude-test' },
    openai: { baseUrl: openai.url, model: 'qwen3' },
  };
  const drafters: DrafterSettings = Object.fromEntries(which.map((name) => [name, all[name]]));
  stop = await house.startWorker({ activities: createDrafting({ ...house.deps, drafters }) });
};
const askedOf = () => ({ claude: claude.requests.length, openai: openai.requests.length });
const writers = async (run: string) => (await draftsOf(house, run)).map(({ drafter }) => drafter);

test('a run asked of the OpenAI-compatible model by name is drafted by it alone, redrafted by it, and published', async () => {
  await work(['anthropic', 'openai']);
  const run = await start(house, ann, plainWalkThrough, 'Onboarding', 'openai');
  await house.reaches(run, 'in-review');
  expect(openai.requests[0]?.body).toContain('First open the till and count the notes.');
  await decideOn(house, ann, run, { decision: 'request-changes', reason: 'Name the register.' });
  expect((await house.reaches(run, 'in-review')).round).toBe(2);
  expect(openai.requests[1]?.body).toContain('Name the register.');
  expect(await writers(run)).toEqual(['openai', 'openai']);
  expect(askedOf()).toEqual({ claude: 0, openai: 2 });
  await approve(house, ann, run);
  await house.reaches(run, 'published');
  const [published] = await publishedOf(house, run);
  const page = readFileSync(join(house.data, published?.address ?? ''), 'utf8');
  for (const { action } of candidate.steps) expect(page).toContain(action.replace(/\.$/, ''));
  expect(await eventsOf(house, run)).toContain('published');
});

test('the next version is asked of another by name, and only from then on', async () => {
  await work(['anthropic', 'openai']);
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await decideOn(house, ann, run, { decision: 'request-changes', reason: 'Again.', drafter: 'openai' });
  await house.reaches(run, 'in-review');
  await decideOn(house, ann, run, { decision: 'request-changes', reason: 'And again.' });
  await house.reaches(run, 'in-review');
  expect(await writers(run)).toEqual(['claude', 'openai', 'openai']);
});

test('where the one asked for is not set up any more, drafting stops and says so; no other takes its place', async () => {
  await work(['anthropic']);
  const run = await start(house, ann, plainWalkThrough, 'Closing', 'openai');
  await house.reaches(run, 'failed');
  expect(await troubleOf(house, run)).toMatchObject({ code: 'not_set_up' });
  expect((await troubleOf(house, run))?.words).toMatch(
    /^The OpenAI-compatible model was asked for and is not set up on this server/,
  );
  expect(askedOf()).toEqual({ claude: 0, openai: 0 });
  await retryRun(house.api, { token: ann.token, run, drafter: 'claude' });
  house.relay.wake();
  await house.reaches(run, 'in-review');
  expect(await writers(run)).toEqual(['claude']);
});
