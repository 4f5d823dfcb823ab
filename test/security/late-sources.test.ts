import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addRunSource } from '../../db/commands/sources.js';
import { withdrawRun } from '../../db/commands/runs.js';
import { newId } from '../../db/ids.js';
import { keyScopes } from '../../workflows/domain/roles.js';
import { startApi, type ApiUnderTest, type As, type Person } from '../api/api-under-test.js';
import { approved, asWorker, publishedPage } from '../api/published.js';
import { addTranscript, codeOf, draftAndOpen, openedReview, readReview, startRun } from '../api/ready-review.js';
import { givenScreenshot, hostileBodies, hostileIds, standingOf } from './doors-kit.js';

let api: ApiUnderTest;
let admin: Person;
let approver: Person;
let operator: Person;
beforeAll(async () => {
  api = await startApi();
  [admin, approver, operator] = await Promise.all([
    api.person('admin', 'Ada'),
    api.person('approver', 'Ruth'),
    api.person('operator', 'Owen'),
  ]);
});
afterAll(() => api.stop());

const add = (who: As, run: string, body: unknown, headers: Record<string, string> = {}) =>
  api.ask(who, 'POST', `/api/runs/${run}/sources`, { body, headers });
const sourcesOf = async (run: string) =>
  (await api.owner`select source_id, ordinal from run_source where run_id = ${run} order by ordinal`).map((row) => [
    String(row['source_id']),
    Number(row['ordinal']),
  ]);
async function inVain(acts: readonly (() => Promise<{ status: number; body: unknown }>)[]): Promise<unknown[]> {
  const before = await standingOf(api);
  const codes: unknown[] = [];
  for (const act of acts) {
    const { status, body } = await act();
    codes.push(status >= 400 && status < 500 ? codeOf(body) : status);
  }
  expect(await standingOf(api)).toEqual(before);
  return codes;
}

describe('a screenshot after the start', () => {
  test('stands among the run’s sources once, however often and by whomever it is pressed, and changes nothing else', async () => {
    const review = await openedReview(api, operator);
    const [first, second] = [await givenScreenshot(api, operator), await givenScreenshot(api, operator)];
    const before = await standingOf(api);
    const pressed = await Promise.all([1, 2, 3, 4, 5].map(() => add(operator, review.runId, { source: first })));
    expect(pressed.map((answer) => [answer.status, answer.body])).toEqual(pressed.map(() => [200, { ok: true }]));
    await Promise.all([add(admin, review.runId, { source: first }), add(admin, review.runId, { source: second })]);
    const after = await standingOf(api);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual(['run_source', 'event']);
    expect((await sourcesOf(review.runId)).slice(1)).toEqual([
      [first, 2],
      [second, 3],
    ]);
    const told = await api.owner`select actor, body from event where kind = 'run-source-added'`;
    expect(told.map((row) => row['actor'])).toEqual([`person:${operator.id}`, `person:${admin.id}`]);
    const seen = await readReview(api, operator, review.id);
    expect([seen.subjectDigest, seen.draftVersion]).toEqual([review.subjectDigest, review.draftVersion]);
    expect(seen.sources.map((source) => source.kind)).toEqual(['transcript', 'screenshot', 'screenshot']);
  });

  test('takes an operator in person: no viewer, no key of any scope, nobody let go, no other site, and never the worker', async () => {
    const run = await startRun(api, operator);
    const source = await givenScreenshot(api, operator);
    const viewer = await api.person('viewer');
    const letGo = await api.person('operator', 'Gone');
    await api.owner`update member set active = false where user_id = ${letGo.id}`;
    const key = await api.key(admin, keyScopes);
    const codes = await inVain([
      () => add(undefined, run, { source }),
      () => add(letGo, run, { source }),
      () => add(viewer, run, { source }),
      () => add(key, run, { source }),
      () => add(operator, run, { source }, { origin: 'https://evil.example' }),
    ]);
    expect(codes).toEqual(['not_signed_in', 'not_signed_in', 'not_permitted', 'not_permitted', 'origin_refused']);
    await expect(asWorker(api, (db) => addRunSource(db, { token: operator.token, run, source }))).rejects.toMatchObject(
      { code: '42501' },
    );
  });

  test('is a screenshot that exists: nothing erased, of another kind, or under an id of something else', async () => {
    const run = await startRun(api, operator);
    const other = await openedReview(api, operator);
    const erased = await givenScreenshot(api, operator);
    await api.ask(admin, 'POST', `/api/sources/${erased}/erase`, { body: { reason: 'Shows a name.' } });
    const transcript = await addTranscript(api, operator);
    const [foreign = ['']] = await sourcesOf(other.runId);
    const given = [erased, newId(), other.runId, other.id, operator.id, transcript, String(foreign[0])];
    expect(await inVain(given.map((source) => () => add(operator, run, { source })))).toEqual([
      ...['not_found', 'not_found', 'not_found', 'not_found', 'not_found'],
      ...['unsupported_media', 'unsupported_media'],
    ]);
  });

  test('goes to a run by its own id, in the one form there is', async () => {
    const review = await openedReview(api, operator);
    const source = await givenScreenshot(api, operator);
    const ids = [review.id, source, newId(), operator.id];
    expect(await inVain(ids.map((id) => () => add(operator, id, { source })))).toEqual(ids.map(() => 'not_found'));
    const hostile = await inVain(hostileIds.map((id) => () => add(operator, id, { source })));
    expect(hostile.filter((code) => code !== 'invalid_request' && code !== 'not_found')).toEqual([]);
    const bodies = [
      ...hostileBodies,
      ...[{ source: [source] }, { source: { id: source } }, { source: null }, { source: `${source} ` }],
      ...[{ source, ordinal: 1 }, { source, run: newId() }, { source, kind: 'transcript' }, { sources: [source] }],
    ];
    expect(await inVain(bodies.map((body) => () => add(operator, review.runId, body)))).toEqual(
      bodies.map(() => 'invalid_request'),
    );
  });

  test('comes too late where a run is approved, published, rejected or withdrawn, and the answer says which', async () => {
    const source = await givenScreenshot(api, operator);
    const refuses = async (run: string, words: RegExp) => {
      const before = await standingOf(api);
      const { status, body } = await add(operator, run, { source });
      expect([status, codeOf(body)]).toEqual([409, 'wrong_state']);
      expect(JSON.stringify(body)).toMatch(words);
      expect(await standingOf(api)).toEqual(before);
    };
    const waiting = await openedReview(api, operator);
    await approved(api, admin, waiting);
    await refuses(waiting.runId, /This has been approved/);
    await refuses((await publishedPage(api, admin)).run, /This is published\. Open its repair/);
    const bad = await openedReview(api, operator);
    const body = { subjectDigest: bad.subjectDigest, decision: 'reject', reason: 'No.' };
    await api.ask(approver, 'POST', `/api/reviews/${bad.id}/decision`, { body });
    await refuses(bad.runId, /was rejected/);
    const gone = await startRun(api, operator);
    await withdrawRun(api.db, { token: operator.token, run: gone, reason: 'Twice.' });
    await refuses(gone, /was withdrawn/);
  });

  test('is among sixty sources at most', async () => {
    const run = await startRun(api, operator);
    const source = await givenScreenshot(api, operator);
    const extra = Array.from({ length: 59 }, () => newId());
    await api.owner`
      insert into source (id, kind, name, media_type, sha256, bytes, created_at)
      select id, 'screenshot', 's', 'image/png', ${'0'.repeat(64)}, 1, now() from unnest(${extra}::uuid[]) id`;
    await api.owner`
      insert into run_source (run_id, source_id, ordinal)
      select ${run}, id, n + 1 from unnest(${extra}::uuid[]) with ordinality as g(id, n)`;
    expect(await inVain([() => add(operator, run, { source })])).toEqual(['too_large']);
  });

  test('stands in no page until a person places it, and then only in a version that is approved anew', async () => {
    const run = await startRun(api, operator);
    const review = await readReview(api, operator, await draftAndOpen(api, run));
    const source = await givenScreenshot(api, operator);
    await add(operator, run, { source });
    expect(review.renditions[0]?.assets).toEqual([]);
    const edits = [{ op: 'set-step', id: 's-00000001', fields: { screenshot: source } }];
    const body = { baseVersion: review.draftVersion, edits };
    expect((await api.ask(operator, 'PATCH', `/api/runs/${run}/draft`, { body })).status).toBe(200);
    const placed = await readReview(api, operator, review.id);
    expect(placed.renditions[0]?.assets).toHaveLength(1);
    const stale = { subjectDigest: review.subjectDigest, decision: 'approve' };
    const answer = await api.ask(approver, 'POST', `/api/reviews/${review.id}/decision`, { body: stale });
    expect(codeOf(answer.body)).toBe('stale_subject');
  });
});

describe('a drafter asked for by name', () => {
  const start = async (drafter: unknown) => {
    const body = { track: 'sop-drafting', title: 'T', sources: [await addTranscript(api, operator)], drafter };
    return () => api.ask(operator, 'POST', '/api/runs', { body, headers: { 'idempotency-key': newId() } });
  };
  const hostile = [
    '',
    'gpt',
    'Claude',
    ' rules',
    'rules; drop table run',
    '__proto__',
    null,
    7,
    ['rules'],
    { name: 'rules' },
  ];

  test('is one that is set up here, and refused by name where it is not', async () => {
    for (const name of ['claude', 'openai']) {
      const act = await start(name);
      expect(await inVain([act])).toEqual(['drafter_not_set_up']);
      expect(JSON.stringify((await act()).body)).toContain(`“${name}” is not set up here`);
    }
    const started = await (await start('rules'))();
    expect(started.status).toBe(202);
    const [run] = await api.owner`select drafter from run where drafter <> 'default'`;
    expect(run).toEqual({ drafter: 'rules' });
  });

  test('is of a closed list, whoever asks and wherever', async () => {
    for (const name of hostile) expect(await inVain([await start(name)])).toEqual(['invalid_request']);
    const run = await startRun(api, operator);
    const retry = (drafter: unknown) => () =>
      api.ask(operator, 'POST', `/api/runs/${run}/retry`, { body: { drafter } });
    expect(await inVain(hostile.map(retry))).toEqual(hostile.map(() => 'invalid_request'));
    expect(await inVain([retry('claude'), retry('rules')])).toEqual(['drafter_not_set_up', 'wrong_state']);
  });

  test('comes with changes asked for, and with no approval or rejection', async () => {
    const review = await openedReview(api, operator);
    const ask = (body: Record<string, unknown>) => () =>
      api.ask(approver, 'POST', `/api/reviews/${review.id}/decision`, {
        body: { subjectDigest: review.subjectDigest, reason: 'So.', ...body },
      });
    expect(
      await inVain([
        ...['approve', 'reject'].map((decision) => ask({ decision, drafter: 'rules' })),
        ask({ decision: 'request-changes', drafter: 'openai' }),
        ...hostile.map((drafter) => ask({ decision: 'request-changes', drafter })),
      ]),
    ).toEqual(['invalid_request', 'invalid_request', 'drafter_not_set_up', ...hostile.map(() => 'invalid_request')]);
    expect((await ask({ decision: 'request-changes', drafter: 'rules' })()).status).toBe(200);
    const [run] = await api.owner`select round, drafter from run where id = ${review.runId}`;
    expect(run).toEqual({ round: 2, drafter: 'rules' });
  });
});
