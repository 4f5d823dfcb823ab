import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.js';
import { keyScopes } from '../../workflows/domain/roles.js';
import { startApi, type ApiUnderTest, type As, type Person } from '../api/api-under-test.js';
import { publishedPage, type Published } from '../api/published.js';
import { openedReview } from '../api/ready-review.js';
import { hostileBodies, hostileIds, standingOf } from './doors-kit.js';

let api: ApiUnderTest;
let admin: Person;
let approver: Person;
let operator: Person;
let viewer: Person;
let letGo: Person;
let every: { key: string };
let reading: { key: string };
let at: Published;

beforeAll(async () => {
  api = await startApi();
  [admin, approver, operator, viewer, letGo] = await Promise.all([
    api.person('admin', 'Ada'),
    api.person('approver', 'Ruth'),
    api.person('operator', 'Owen'),
    api.person('viewer', 'Vera'),
    api.person('admin', 'Gone'),
  ]);
  at = await publishedPage(api, admin);
  await api.owner`update member set active = false where user_id = ${letGo.id}`;
  every = await api.key(admin, keyScopes);
  reading = await api.key(admin, ['runs:start']);
});
afterAll(() => api.stop());

/** Does it, and sees that nothing but an answer came of it; the answers' statuses. */
async function inVain(acts: readonly (() => Promise<{ status: number; body: unknown }>)[]): Promise<number[]> {
  const before = await standingOf(api);
  const statuses: number[] = [];
  for (const act of acts) statuses.push((await act()).status);
  expect(await standingOf(api)).toEqual(before);
  return statuses;
}
const refusedOnly = (statuses: readonly number[]) =>
  expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([]);

describe('taking a published page along', () => {
  const take = (who: As, id: string, format = 'pdf') =>
    api.ask(who, 'GET', `/api/published/${id}/export?format=${format}`);

  test('takes a member or a key that reads, and changes nothing at all', async () => {
    expect(await inVain([() => take(undefined, at.publication), () => take(letGo, at.publication)])).toEqual([
      401, 401,
    ]);
    expect(await inVain([() => take(reading, at.publication)])).toEqual([403]);
    const formats = ['md', 'docx', 'pdf'];
    const served = await inVain(
      formats.flatMap((format) => [viewer, every].map((who) => () => take(who, at.publication, format))),
    );
    expect(new Set(served)).toEqual(new Set([200]));
  });

  test('takes the id of a publication and no other, however it is written', async () => {
    const review = await openedReview(api, operator);
    const [decision] = await api.owner<{ id: string }[]>`select id from decision limit 1`;
    const others = [at.run, at.review.id, decision?.id ?? '', review.runId, review.id, newId(), viewer.id];
    expect(await inVain(others.map((id) => () => take(admin, id)))).toEqual(others.map(() => 404));
    refusedOnly(await inVain(hostileIds.map((id) => () => take(admin, id))));
  });

  test('makes no format but the three, whatever is asked for', async () => {
    const formats = [
      '',
      'html',
      'PDF',
      'md,pdf',
      '../md',
      '__proto__',
      'constructor',
      'md%00',
      'pdf&format=docx',
      'a'.repeat(2000),
    ];
    refusedOnly(await inVain(formats.map((format) => () => take(admin, at.publication, format))));
  });

  test('is reading: sent as a change it is no route', async () => {
    const path = `/api/published/${at.publication}/export?format=md`;
    refusedOnly(
      await inVain(
        ['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => () => api.ask(admin, method, path, { body: {} })),
      ),
    );
  });
});

describe('reporting a problem', () => {
  const path = (id = at.publication) => `/api/published/${id}/reports`;
  const say = (who: As, body: unknown, id?: string) => api.ask(who, 'POST', path(id), { body });
  const report = () => ({ report: newId(), words: 'The log moved.' });

  test('takes a person who works here: no key of any scope, nobody let go, nobody unknown, no other site', async () => {
    const statuses = await inVain([
      () => say(undefined, report()),
      () => say(letGo, report()),
      () => say(every, report()),
      () => say(reading, report()),
      () => api.ask(viewer, 'POST', path(), { body: report(), headers: { origin: 'https://evil.example' } }),
      () => api.ask(viewer, 'GET', path()),
    ]);
    expect(statuses).toEqual([401, 401, 403, 403, 403, 404]);
  });

  test('is about something published, by its own id', async () => {
    const review = await openedReview(api, operator);
    const others = [at.run, at.review.id, review.runId, review.id, newId()];
    expect(await inVain(others.map((id) => () => say(admin, report(), id)))).toEqual(others.map(() => 404));
    refusedOnly(await inVain(hostileIds.map((id) => () => say(admin, report(), id))));
  });

  test('takes words and a step of this very page, and no order beside them', async () => {
    const orders = [
      ...[
        { decision: 'approve' },
        { about: ['purpose'] },
        { state: 'published' },
        { run: at.run },
        { token: admin.token },
      ],
      ...[
        { step: 'purpose' },
        { step: 's-ffffffff' },
        { step: ['s-00000001'] },
        { step: '__proto__' },
        { step: "s-0'--" },
      ],
      ...[
        { report: 'x' },
        { report: null },
        { words: '' },
        { words: '\u200b \n' },
        { words: 7 },
        { words: 'x'.repeat(1001) },
      ],
    ];
    refusedOnly(await inVain(orders.map((more) => () => say(admin, { ...report(), ...more }))));
    refusedOnly(await inVain(hostileBodies.map((body) => () => say(admin, body))));
    expect(await inVain([() => say(admin, { ...report(), words: 'x'.repeat(2_000_000) })])).toEqual([413]);
  });

  test('keeps hostile words as words: no page is changed by them, nothing is decided or published', async () => {
    const two = await publishedPage(api, admin);
    const counts = () => api.owner`select (select count(*) from decision) d, (select count(*) from publication) p,
      (select count(*) from draft) v, (select count(*) from subject) s, (select count(*) from fulfilment) f`;
    const before = await counts();
    const words = '<img src=x onerror=alert(1)> {"decision":"approve"} \'); delete from event; -- approve all';
    expect((await say(viewer, { report: newId(), words }, two.publication)).status).toBe(200);
    expect(await counts()).toEqual(before);
    const page = await api.ask(viewer, 'GET', `/api/published/${two.publication}`);
    expect(page.body).toMatchObject({ reports: [{ words }], verified: { ok: true } });
    expect(JSON.stringify(Reflect.get(Object(page.body), 'rendition'))).not.toContain('onerror');
    const [told] =
      await api.owner`select body from event where kind = 'problem-reported' and stream = ${`run:${two.run}`}`;
    expect(String(told?.['body'])).not.toContain('onerror');
  });

  test('by one person is heard twenty times an hour, and then refused', async () => {
    const three = await publishedPage(api, admin);
    const statuses: number[] = [];
    for (let n = 0; n < 20; n += 1) statuses.push((await say(viewer, report(), three.publication)).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await inVain([() => say(viewer, report(), three.publication)])).toEqual([429]);
    expect((await api.owner`select state, round from run where id = ${three.run}`)[0]).toEqual({
      state: 'published',
      round: 1,
    });
  });
});

describe('asking changes of some parts', () => {
  const ask = (who: As, review: { id: string; subjectDigest: string }, more: Record<string, unknown> = {}) =>
    api.ask(who, 'POST', `/api/reviews/${review.id}/decision`, {
      body: { decision: 'request-changes', subjectDigest: review.subjectDigest, reason: 'Say where.', ...more },
    });

  test('takes an approver in person', async () => {
    const review = await openedReview(api, operator);
    const about = ['purpose'];
    const callers = [undefined, letGo, viewer, operator, every, reading];
    expect(await inVain(callers.map((who) => () => ask(who, review, { about })))).toEqual([
      401, 401, 403, 403, 403, 403,
    ]);
  });

  test('takes parts of the very version under review, and nothing that only looks like one', async () => {
    const review = await openedReview(api, operator);
    const names = ['__proto__', 'constructor', 'toString', 'steps.0.action', 's-ffffffff', "purpose'--", ' purpose'];
    refusedOnly(await inVain(names.map((name) => () => ask(approver, review, { about: ['purpose', name] }))));
    const lists = [
      [],
      'purpose',
      { 0: 'purpose' },
      [7],
      [null],
      [''],
      ['x'.repeat(41)],
      Array.from({ length: 401 }, () => 'purpose'),
    ];
    refusedOnly(await inVain(lists.map((about) => () => ask(approver, review, { about }))));
  });

  test('approves, rejects and redirects nothing', async () => {
    const review = await openedReview(api, operator);
    const other = await openedReview(api, operator);
    const about = ['purpose'];
    refusedOnly(
      await inVain([
        () => ask(approver, review, { about, decision: 'approve' }),
        () => ask(approver, review, { about, decision: 'reject' }),
        () => ask(approver, review, { about, decision: 'publish' }),
        () => ask(approver, review, { about, subjectDigest: other.subjectDigest }),
        () => ask(approver, review, { about, reason: ' ' }),
        () => ask(approver, review, { about, run: other.runId }),
        () => ask(approver, { ...review, id: other.runId }, { about }),
        () => ask(approver, { ...review, id: newId() }, { about }),
      ]),
    );
    refusedOnly(await inVain(hostileIds.map((id) => () => ask(approver, { ...review, id }, { about }))));
  });

  test('is over once something was decided', async () => {
    const review = await openedReview(api, operator);
    expect((await ask(approver, review, { about: ['purpose'] })).status).toBe(200);
    // The same person's repetition gets the same answer, and changes no word and no part.
    const again = { about: ['scope'], reason: 'Everything.' };
    expect(await inVain([admin, approver].map((who) => () => ask(who, review, again)))).toEqual([409, 200]);
    const [run] = await api.owner`select round, feedback_about from run where id = ${review.runId}`;
    expect(run).toEqual({ round: 2, feedback_about: ['purpose'] });
  });
});
