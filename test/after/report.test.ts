import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticeList } from '../../api/contract/house.js';
import { publishedDetail } from '../../api/contract/published.js';
import { timeline } from '../../api/contract/timeline.js';
import { newId } from '../../db/ids.js';
import { startApi, type ApiUnderTest, type Person } from '../api/api-under-test.js';
import { publishedPage, type Published } from '../api/published.js';
import { codeOf, openedReview } from '../api/ready-review.js';

let api: ApiUnderTest;
let admin: Person;
let operator: Person;
let viewer: Person;
beforeAll(async () => {
  api = await startApi();
  admin = await api.person('admin', 'Ada');
  operator = await api.person('operator', 'Owen');
  viewer = await api.person('viewer', 'Vera');
});
afterAll(() => api.stop());

const say = (who: Person | { key: string } | undefined, at: Published, over: Record<string, unknown> = {}) =>
  api.ask(who, 'POST', `/api/published/${at.publication}/reports`, {
    body: { report: newId(), words: 'The log moved.', ...over },
  });
const runOf = async (at: Published) => {
  const [row] = await api.owner`select state, round, feedback, feedback_about as about from run where id = ${at.run}`;
  return row;
};
const page = async (at: Published) =>
  publishedDetail.parse((await api.ask(viewer, 'GET', `/api/published/${at.publication}`)).body);

test('a report by whoever may opens the repair once, however often it is pressed, and its words are what the next draft starts from', async () => {
  const at = await publishedPage(api, admin);
  const over = { report: newId(), step: 's-00000002' };
  const answers = await Promise.all([say(operator, at, over), say(operator, at, over), say(operator, at, over)]);
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
  expect(await runOf(at)).toEqual({
    state: 'drafting',
    round: 2,
    feedback: 'Step 2: The log moved.',
    about: ['s-00000002'],
  });
  const { events } = timeline.parse((await api.ask(viewer, 'GET', `/api/timeline?run=${at.run}`)).body);
  const told = events.filter((event) => event.kind === 'problem-reported');
  expect(told.map((event) => [event.by.name, event.words])).toEqual([['Owen', 'Step 2: The log moved.']]);
  expect((await page(at)).reports.map((report) => report.answered)).toEqual([true]);
});

test('a reader reports, nothing moves, and those who may open the repair are told without the words', async () => {
  const at = await publishedPage(api, admin);
  const report = newId();
  await Promise.all([say(viewer, at, { report }), say(viewer, at, { report })]);
  expect(await runOf(at)).toMatchObject({ state: 'published', round: 1, feedback: null });
  expect((await page(at)).reports).toMatchObject([{ words: 'The log moved.', by: { name: 'Vera' }, answered: false }]);
  const { notices } = noticeList.parse((await api.ask(operator, 'GET', '/api/notices')).body);
  const told = notices.filter((notice) => notice.template === 'problem-reported' && notice.runId === at.run);
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told)).not.toContain('The log moved.');
  expect((await page(at)).verified.ok).toBe(true);
});

test('a report publishes, approves and decides nothing, whoever sends it', async () => {
  const at = await publishedPage(api, admin);
  const counts = async () =>
    (
      await api.owner`select (select count(*) from decision) d, (select count(*) from publication) p,
      (select count(*) from fulfilment) f, (select count(*) from review where state = 'approved') r`
    )[0];
  const before = await counts();
  await say(viewer, at);
  expect(await counts()).toEqual(before);
  await say(admin, at);
  const after = await counts();
  expect([after?.['d'], after?.['p'], after?.['f']]).toEqual([before?.['d'], before?.['p'], before?.['f']]);
  // The spent approval of what is repaired is the only thing that changes, and it covers no later version.
  expect(Number(after?.['r'])).toBe(Number(before?.['r']) - 1);
});

test('only what was published can be reported, by a person, in words that fit', async () => {
  const at = await publishedPage(api, admin);
  const waiting = await openedReview(api, admin);
  const { key } = await api.key(admin, ['read', 'runs:start']);
  expect((await say(undefined, at)).status).toBe(401);
  expect((await say({ key }, at)).status).toBe(403);
  expect(codeOf((await say(viewer, { ...at, publication: waiting.runId })).body)).toBe('not_found');
  expect((await say(viewer, at, { words: ' ' })).status).toBe(400);
  expect((await say(viewer, at, { words: 'x'.repeat(1001) })).status).toBe(400);
  expect(codeOf((await say(viewer, at, { step: 's-ffffffff' })).body)).toBe('invalid_request');
  expect((await page(at)).reports).toEqual([]);
});
