import { afterAll, beforeAll, expect, test } from 'vitest';
import { sopFigures } from '../../api/contract/figures.js';
import { newId } from '../../db/ids.js';
import { keptFigures, median } from '../../workflows/domain/sop-drafting/figures.js';
import { startApi, type ApiUnderTest, type Person } from '../api/api-under-test.js';
import { publishedPage } from '../api/published.js';
import { openedReview } from '../api/ready-review.js';

let api: ApiUnderTest;
let admin: Person;
let viewer: Person;
beforeAll(async () => {
  api = await startApi();
  admin = await api.person('admin', 'Ada');
  viewer = await api.person('viewer');
});
afterAll(() => api.stop());
const figures = async () => sopFigures.parse((await api.ask(viewer, 'GET', '/api/sop-figures')).body);

test('a middle value of none is none, and a share is counted once for each published version', () => {
  expect([median([]), median([3]), median([4, 1, 2]), median([1, 2, 3, 10])]).toEqual([undefined, 3, 2, 2.5]);
  const row = (drafter: string, promptVersion: string | null, keptShare: number) => ({
    drafter,
    promptVersion,
    keptShare,
  });
  expect(
    keptFigures([row('rules', null, 0.4), row('claude', 'v1', 1), row('claude', 'v2', 0.9), row('claude', 'v1', 0.6)]),
  ).toEqual([
    { drafter: 'claude', promptVersion: 'v1', n: 2, median: 0.8, whole: 1 },
    { drafter: 'claude', promptVersion: 'v2', n: 1, median: 0.9, whole: 0 },
    { drafter: 'rules', promptVersion: null, n: 1, median: 0.4, whole: 0 },
  ]);
});

test('only what was published is counted, from its first upload; earlier ones stand beside it as stated', async () => {
  expect(await figures()).toMatchObject({ made: [], earlier: [], kept: [], elapsed: { made: { n: 0 } } });
  await openedReview(api, admin);
  const at = await publishedPage(api, admin);
  await api.owner`update source set created_at = created_at - interval '2 hours' where id in
    (select source_id from run_source where run_id = ${at.run})`;
  const id = newId();
  const body = { id, title: 'Close the till', elapsedMinutes: 600 };
  for (let n = 0; n < 2; n += 1) expect((await api.ask(admin, 'POST', '/api/earlier-sops', { body })).status).toBe(200);
  const found = await figures();
  expect(found.made).toMatchObject([{ runId: at.run, elapsedMinutes: 120, activeMinutes: 1 }]);
  expect(found.elapsed).toEqual({ made: { n: 1, medianMinutes: 120 }, earlier: { n: 1, medianMinutes: 600 } });
  expect(found.active.earlier).toEqual({ n: 0 });
  expect(found.kept).toEqual([{ drafter: 'rules', promptVersion: null, n: 1, median: 1, whole: 1 }]);
  await api.ask(admin, 'POST', `/api/earlier-sops/${id}/remove`, { body: {} });
  await api.ask(admin, 'POST', `/api/earlier-sops/${id}/remove`, { body: {} });
  expect((await figures()).earlier).toEqual([]);
  const events = await api.owner`select kind, body from event where kind like 'earlier-sop-%' order by position`;
  expect(events.map((event) => event['kind'])).toEqual(['earlier-sop-entered', 'earlier-sop-removed']);
  expect(JSON.stringify(events)).not.toContain('till');
});

test('stated times that cannot be are refused, and a viewer enters none', async () => {
  const enter = (who: Person, over: Record<string, unknown>) =>
    api.ask(who, 'POST', '/api/earlier-sops', { body: { id: newId(), title: 'A', elapsedMinutes: 10, ...over } });
  expect((await enter(viewer, {})).status).toBe(403);
  for (const over of [{ elapsedMinutes: 0 }, { activeMinutes: 11 }, { title: ' ' }, { elapsedMinutes: 1.5 }])
    expect((await enter(admin, over)).status).toBe(400);
});
