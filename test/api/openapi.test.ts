import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { routeKeys } from '../../api/authorisation.js';
import { startApi, type ApiUnderTest } from './api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const operation = z.looseObject({
  summary: z.string().min(3),
  description: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.looseObject({ default: z.looseObject({}) }),
});
const openApi = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
});

test('the OpenAPI document says every route of the table, with who may use it and the one error shape', async () => {
  const { paths } = openApi.parse((await api.ask(undefined, 'GET', '/api/openapi.json')).body);
  const told = Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`));
  expect(told.sort()).toEqual([...routeKeys].sort());
  const decision = paths['/api/reviews/{id}/decision']?.['post'];
  expect(decision?.security).toEqual([{ session: [] }]);
  expect(JSON.stringify(decision)).toContain('subjectDigest');
});

test('the page to read it is whole without a network and without an inline script', async () => {
  const page = await api.ask(undefined, 'GET', '/api/docs');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(page.text).not.toMatch(/https?:\/\//);
  for (const [, path] of page.text.matchAll(/(?:src|href)="([^"]+)"/g))
    expect((await api.ask(undefined, 'GET', path ?? '')).status).toBe(200);
  expect((await api.ask(undefined, 'GET', '/api/docs/..%2f..%2fpackage.json')).status).toBe(404);
  expect((await api.ask(undefined, 'GET', '/api/docs/constructor')).status).toBe(404);
});
