import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { routeKeys } from '../../api/authorisation.js';
import { sourceAdded } from '../../api/contract/sources.js';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { addTranscript, idOf, openedReview } from './ready-review.js';

let api: ApiUnderTest;
let admin: Person;
let names: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  admin = await api.person('admin', 'Ada');
  const review = await openedReview(api, admin);
  const rt = idOf((await api.ask(admin, 'POST', `/api/runs/${review.runId}/run-throughs`, { body: {} })).body);
  const source = sourceAdded.parse(
    (await api.ask(admin, 'POST', '/api/sources', { body: { kind: 'notes', name: 'n.txt', text: 'Some notes.' } }))
      .body,
  );
  names = {
    run: review.runId,
    review: review.id,
    rt,
    version: '1',
    sha256: source.sha256,
    source: await addTranscript(api, admin),
    file: 'start.js',
  };
});
afterAll(() => api.stop());

/** What each table of the gate holds: rows and their contents. */
async function everything(): Promise<Record<string, string>> {
  const tables = await api.owner`select tablename from pg_tables where schemaname = 'public' order by 1`;
  const found: Record<string, string> = {};
  for (const { tablename } of z.array(z.object({ tablename: z.string() })).parse([...tables])) {
    // Evidence that a page was served is kept, on purpose, and is no part of any decision by itself.
    if (tablename === 'served') continue;
    const [row] = await api.owner`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${api.owner(tablename)} t`;
    found[tablename] = z.object({ sum: z.string() }).parse(row).sum;
  }
  return found;
}

const paths = () =>
  routeKeys
    .filter((key) => key.startsWith('get ') && key !== 'get /api/events')
    .map((key) => {
      const path = key.slice(4);
      const id = path.startsWith('/api/reviews')
        ? names['review']
        : path.startsWith('/api/sources')
          ? names['source']
          : names['run'];
      const given: Record<string, string | undefined> = { ...names, id };
      return path.replace(/\{(\w+)\}/g, (_, name: string) => given[name] ?? '');
    });

test('opening a link, with GET or HEAD, changes nothing at all', async () => {
  const before = await everything();
  for (const path of paths())
    for (const method of ['GET', 'HEAD']) {
      const { status } = await api.ask(admin, method, path);
      expect([path, status < 500]).toEqual([path, true]);
    }
  expect(await everything()).toEqual(before);
});

test('a GET of a link that decides, undoes or withdraws is not there', async () => {
  const before = await everything();
  const deeds = [
    `reviews/${names['review']}/decision`,
    `reviews/${names['review']}/undo`,
    `runs/${names['run']}/withdraw`,
  ];
  for (const path of deeds)
    for (const method of ['GET', 'HEAD']) expect((await api.ask(admin, method, `/api/${path}`)).status).toBe(404);
  expect(await everything()).toEqual(before);
});
