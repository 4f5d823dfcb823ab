import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorBody } from '../../api/contract/common.js';
import { constantWords, refusalOf } from '../../api/errors.js';
import { runList } from '../../api/contract/runs.js';
import { newId } from '../../db/ids.js';
import { publicUrl, startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { addTranscript, codeOf, startRun } from './ready-review.js';

let api: ApiUnderTest;
let admin: Person;
beforeAll(async () => {
  api = await startApi();
  admin = await api.person('admin');
});
afterAll(() => api.stop());

describe('an unsafe request with a session', () => {
  const notes = { kind: 'notes', name: 'n.txt', text: 'Words.' };
  const from = (headers: Record<string, string>) => api.ask(admin, 'POST', '/api/sources', { body: notes, headers });

  test.each([
    ['from another site', 'https://evil.example'],
    ['from a site with our name in its own', 'http://countersign.test.evil.example'],
    ['from the same name over another port', 'http://countersign.test:8080'],
    ['from nowhere', 'null'],
    ['from an empty place', ''],
  ])('%s is refused', async (_, origin) => {
    const before = await api.events();
    const { status, body } = await from({ origin });
    expect([status, codeOf(body)]).toEqual([403, 'origin_refused']);
    expect(await api.events()).toBe(before);
  });

  test('without an Origin is refused, whatever its content type', async () => {
    const cookie = admin.cookie;
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
      const { status } = await api.ask(admin, 'POST', '/api/sources', {
        raw: JSON.stringify(notes),
        headers: { 'content-type': type, cookie, origin: 'undefined' },
      });
      expect(status).toBe(403);
    }
  });

  test('from this server’s own page is served, also under the name that it was asked by', async () => {
    expect((await from({ origin: publicUrl })).status).toBe(201);
    expect((await from({ origin: 'http://10.0.0.7:4747', host: '10.0.0.7:4747' })).status).toBe(201);
  });

  test('with a key needs no Origin', async () => {
    const { key } = await api.key(admin, ['runs:start']);
    expect((await api.ask({ key }, 'POST', '/api/sources', { body: notes })).status).toBe(201);
  });
});

describe('a refusal', () => {
  test('has the one shape and the request id, which is in the header too', async () => {
    const answers = [
      await api.ask(undefined, 'GET', '/api/me'),
      await api.ask(admin, 'GET', `/api/runs/${newId()}`),
      await api.ask(admin, 'GET', '/api/runs/no-id'),
      await api.ask(admin, 'GET', '/api/nothing-here'),
      await api.ask(admin, 'POST', '/api/invitations', {
        raw: '{"email"',
        headers: { 'content-type': 'application/json' },
      }),
      await api.ask(admin, 'POST', '/api/invitations', { body: { email: 'no', role: 'king', more: 1 } }),
      await api.ask(admin, 'GET', '/api/runs?state=flying'),
      await api.ask(admin, 'GET', '/api/timeline?week=2026-W60'),
      await api.ask(admin, 'GET', '/api/inbox?cursor=%F0'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 404, 400, 404, 400, 400, 400, 400, 400]);
    for (const { body, headers } of answers)
      expect(errorBody.parse(body).error.requestId).toBe(headers.get('x-request-id'));
  });

  test('of ours says the same whatever happened', () => {
    expect(refusalOf(new Error('relation "secret" does not exist'))).toMatchObject({
      code: 'internal',
      message: constantWords.internal,
    });
    const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.3:5432'), { code: 'ECONNREFUSED' });
    expect(refusalOf(away)).toMatchObject({ code: 'unavailable', message: constantWords.unavailable });
  });

  test('of a body that is too large comes before it is read', async () => {
    const { status, body } = await api.ask(admin, 'POST', '/api/invitations', {
      raw: JSON.stringify({ email: 'a@b.example', role: 'viewer', pad: 'x'.repeat(1024 * 1024) }),
      headers: { 'content-type': 'application/json' },
    });
    expect([status, codeOf(body)]).toEqual([413, 'too_large']);
  });
});

describe('every answer', () => {
  test('carries the headers that keep pages in and other sites out', async () => {
    const { headers } = await api.ask(admin, 'GET', '/api/me');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('starting a run', () => {
  const begin = (body: unknown, headers: Record<string, string> = { 'idempotency-key': newId() }) =>
    api.ask(admin, 'POST', '/api/runs', { body, headers });

  test('twice with the same key and body is one run; another body is refused', async () => {
    const sources = [await addTranscript(api, admin)];
    const headers = { 'idempotency-key': 'once' };
    const body = { track: 'sop-drafting', title: 'Once', sources };
    const all = await Promise.all(Array.from({ length: 8 }, () => begin(body, headers)));
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(202));
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    const other = await begin({ ...body, title: 'Twice' }, headers);
    expect([other.status, codeOf(other.body)]).toEqual([409, 'idempotency_conflict']);
    const list = runList.parse((await api.ask(admin, 'GET', '/api/runs')).body);
    expect(list.runs.filter((run) => run.title === 'Once')).toHaveLength(1);
  });

  test('with another person’s key is another run', async () => {
    const other = await api.person('operator');
    expect(await startRun(api, admin, 'the-same')).not.toBe(await startRun(api, other, 'the-same'));
  });

  test('needs a key, a transcript, and sources that are there', async () => {
    const sources = [await addTranscript(api, admin)];
    const codes = [
      await begin({ track: 'sop-drafting', sources }, {}),
      await begin({ track: 'sop-drafting', sources: [] }),
      await begin({ track: 'sop-drafting', sources: [newId()] }),
      await begin({ track: 'sop-drafting', sources, approve: true }),
      await begin({ track: 'no-such', sources }),
    ].map(({ status, body }) => [status, codeOf(body)]);
    expect(codes).toEqual([
      [422, 'idempotency_key_required'],
      [422, 'transcript_required'],
      [404, 'not_found'],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
    ]);
  });
});
