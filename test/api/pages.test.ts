import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../api/app.js';
import { pages } from '../../api/pages.js';
import { freshFolder } from '../support/harness.js';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { codeOf } from './ready-review.js';

let api: ApiUnderTest;
let url: string;
let stop: () => void;

beforeAll(async () => {
  api = await startApi();
  const folder = freshFolder('pages');
  mkdirSync(join(folder, 'ui', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'ui', 'index.html'), '<title>Countersign</title>');
  writeFileSync(join(folder, 'ui', 'assets', 'main-4f2a.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not for you');
  const app = createApp(api.deps, pages(join(folder, 'ui')));
  url = await new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    stop = () => void server.close();
  });
});
afterAll(async () => {
  stop();
  await api.stop();
});

describe('the pages', () => {
  test('are served at every address of the app, and files by their hash for a year', async () => {
    for (const path of ['/', '/inbox', '/reviews/0199', '/settings/people?x=1']) {
      const page = await fetch(url + path);
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await page.text()).toContain('<title>Countersign</title>');
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    }
    const script = await fetch(`${url}/assets/main-4f2a.js`);
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
  });

  test('never lead out of their folder, and a missing file or api path is not a page', async () => {
    const paths = [
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/gone.js',
      '/%E0%A4%A.js',
      '/a%00.js',
    ];
    for (const path of [...paths, '/api/gone']) {
      const answer = await fetch(url + path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).not.toContain('not for you');
    }
    expect((await fetch(`${url}/inbox`, { method: 'POST', headers: { origin: url } })).status).toBe(404);
  });
});

test('figures are for an admin, or for this machine itself and not for whom a proxy lets through', async () => {
  expect((await fetch(`${url}/metrics`)).status).toBe(200);
  const forwarded = await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } });
  expect(forwarded.status).toBe(401);
  expect(codeOf((await api.ask(await api.person('approver'), 'GET', '/metrics')).body)).toBe('not_permitted');
  expect((await api.ask(await api.person('admin'), 'GET', '/metrics')).status).toBe(200);
});

test('readiness depends on the database and its functions, not on Temporal', async () => {
  const away = { temporal: () => Promise.reject(new Error('away')), worker: () => Promise.resolve(false) };
  const ready = await createApp({ ...api.deps, engine: away }).request('/readyz');
  expect([ready.status, await ready.json()]).toEqual([200, { database: true, temporal: false, worker: false }]);
  await api.owner`update applied_functions set sha256 = 'another version' where file like '01%'`;
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
});
