import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../api/app.js';
import { changeEvent } from '../../api/contract/house.js';
import { listenForChanges, type Changes } from '../../api/events.js';
import { until } from '../support/until.js';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { openedReview } from './ready-review.js';

let api: ApiUnderTest;
let changes: Changes;
let operator: Person;
let admin: Person;
beforeAll(async () => {
  api = await startApi();
  [operator, admin] = await Promise.all([api.person('operator', 'Owen'), api.person('admin')]);
  changes = await listenForChanges(api.db, pino({ level: 'silent' }));
});
afterAll(async () => {
  await changes.stop();
  await api.stop();
});

/** An open page: everything that its stream has said so far. */
async function openPage(who: Person) {
  const app = createApp({ ...api.deps, changes });
  const answer = await app.request('/api/events', { headers: { cookie: who.cookie } });
  const reader = answer.body?.getReader();
  const said: string[] = [];
  const decoder = new TextDecoder();
  const reading = (async () => {
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read())
      said.push(decoder.decode(part.value));
  })();
  await until(() => said.length > 0);
  const close = async () => {
    await reader?.cancel();
    await reading;
  };
  return { answer, text: () => said.join(''), close };
}

test('an open page hears which run changed, and nothing of what it says', async () => {
  const page = await openPage(operator);
  expect(page.answer.headers.get('content-type')).toContain('text/event-stream');
  const review = await openedReview(api, operator);
  await until(() => page.text().includes(review.runId));
  const change = { fields: { title: 'A most secret title' }, op: 'set' };
  await api.ask(operator, 'PATCH', `/api/runs/${review.runId}/draft`, { body: { baseVersion: 1, edits: [change] } });
  const assign = { person: operator.id };
  await api.ask(admin, 'POST', `/api/reviews/${review.id}/assign`, { body: assign });
  await api.ask(admin, 'PATCH', '/api/settings', { body: { organisation: 'Harbour Ltd' } });
  await until(() => page.text().includes('"settings"'));

  const lines = page
    .text()
    .split('\n')
    .filter((line) => line !== '');
  for (const line of lines) expect(line).toMatch(/^(: still here|event: change|data: \{.*\})$/);
  const told = lines.filter((line) => line.startsWith('data: ')).map((line): unknown => JSON.parse(line.slice(6)));
  expect(told.length).toBeGreaterThan(2);
  for (const one of told) expect(z.strictObject({ run: z.uuid() }).or(changeEvent).safeParse(one).success).toBe(true);
  for (const words of ['secret', 'Owen', 'visitor', 'Harbour']) expect(page.text()).not.toContain(words);
  await page.close();
});

test('the listener comes back after its connection was killed', async () => {
  const heard: unknown[] = [];
  const stop = changes.subscribe((change) => heard.push(change));
  await api.owner`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%' and pid <> pg_backend_pid()`;
  await until(
    async () => {
      await api.owner`select pg_notify('countersign', '{"scope":"people"}')`;
      return heard.length > 0;
    },
    { withinMs: 15_000, everyMs: 200 },
  );
  stop();
});
