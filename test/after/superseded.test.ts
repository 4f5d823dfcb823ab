import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishedDetail, publishedList } from '../../api/contract/published.js';
import { searchAnswer } from '../../api/contract/house.js';
import { startApi, type ApiUnderTest, type Person } from '../api/api-under-test.js';
import { publishedPage, type Published } from '../api/published.js';
import { draftAndOpen, readReview, sop } from '../api/ready-review.js';
import { sopChanges } from '../../ui/tracks/sop-drafting/changes.js';

let api: ApiUnderTest;
let admin: Person;
let first: Published;
let second: Published;
beforeAll(async () => {
  api = await startApi();
  admin = await api.person('admin', 'Ada');
  first = await publishedPage(api, admin);
  await api.ask(admin, 'POST', `/api/runs/${first.run}/repair`, { body: { reason: 'Step 2 moved.' } });
  second = await publishedPage(api, admin, await readReview(api, admin, await draftAndOpen(api, first.run, 2)));
});
afterAll(() => api.stop());

const detail = async (id: string) => publishedDetail.parse((await api.ask(admin, 'GET', `/api/published/${id}`)).body);

test('a superseded version says so wherever it is shown, and leads to the one in force', async () => {
  const [old, now] = [await detail(first.publication), await detail(second.publication)];
  const inForce = { publicationId: second.publication, draftVersion: now.draftVersion };
  expect(now.draftVersion).toBeGreaterThan(old.draftVersion);
  expect([old.supersededBy, now.supersededBy]).toEqual([inForce, undefined]);
  const { items } = publishedList.parse((await api.ask(admin, 'GET', '/api/published')).body);
  expect(new Map(items.map((one) => [one.publicationId, one.supersededBy]))).toEqual(
    new Map([
      [first.publication, inForce],
      [second.publication, undefined],
    ]),
  );
  const { hits } = searchAnswer.parse((await api.ask(admin, 'GET', '/api/search?q=visitor')).body);
  const marks = hits.flatMap((hit) => (hit.kind === 'published' ? [[hit.id, hit.superseded]] : []));
  expect(new Map(marks.map(([id, superseded]) => [id, superseded]))).toEqual(
    new Map([
      [first.publication, true],
      [second.publication, false],
    ]),
  );
  const answer = await api.ask(admin, 'GET', `/api/published/${first.publication}/export?format=md`);
  expect(answer.headers.get('content-disposition')).toContain('-v1-superseded.md');
});

test('what changed between versions names own sections and pictures as well as words', () => {
  const own = { ...sop, ownSections: [{ key: 'own-glossary', text: 'Badge: a card.' }] };
  const step = sop.steps[0];
  const pictured = { ...sop, steps: step ? [{ ...step, screenshot: first.run }, ...sop.steps.slice(1)] : [] };
  const changed = (to: typeof sop) => sopChanges(sop, to).filter((item) => item.state !== 'same');
  expect(changed(own).map((item) => item.passages)).toEqual([[{ label: '', before: '', after: 'Badge: a card.' }]]);
  expect(changed(pictured).map((item) => item.title)).toEqual(['Step 1']);
});
