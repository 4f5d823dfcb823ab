import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checklist, noticeList, searchAnswer } from '../../api/contract/house.js';
import { me } from '../../api/contract/me.js';
import { memberList } from '../../api/contract/people.js';
import { inbox } from '../../api/contract/reviews.js';
import { settings, targetList, trackList } from '../../api/contract/settings.js';
import { checkpoint, timeline } from '../../api/contract/timeline.js';
import { runDetail } from '../../api/contract/runs.js';
import { draftVersion } from '../../api/contract/drafts.js';
import { newId } from '../../db/ids.js';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { codeOf, openedReview, readReview } from './ready-review.js';

let api: ApiUnderTest;
let admin: Person;
let operator: Person;
let approver: Person;
beforeAll(async () => {
  api = await startApi();
  [admin, operator, approver] = await Promise.all([
    api.person('admin', 'Ada'),
    api.person('operator', 'Owen'),
    api.person('approver', 'Ruth'),
  ]);
});
afterAll(() => api.stop());

const get = async (who: Person, path: string) => (await api.ask(who, 'GET', path)).body;

test('answers fit their contract, all through a run’s life', async () => {
  const review = await openedReview(api, operator);
  const run = runDetail.parse(await get(operator, `/api/runs/${review.runId}`));
  expect(run).toMatchObject({ state: 'in-review', reviewId: review.id, startedBy: { name: 'Owen' } });
  expect(draftVersion.parse(await get(operator, `/api/runs/${run.id}/drafts/1`)).draft).toEqual(review.draft);
  const { items } = inbox.parse(await get(admin, '/api/inbox?state=open&track=sop-drafting'));
  expect(items[0]).toMatchObject({ reviewId: review.id, missing: 3 });
  expect(items[0]?.missingWords).toEqual(review.requirements.map(({ label }) => label));
  const hits = searchAnswer.parse(await get(admin, '/api/search?q=VISITOR'));
  expect(hits.hits).toContainEqual(expect.objectContaining({ kind: 'run', id: run.id }));
  const events = timeline.parse(await get(admin, `/api/timeline?run=${run.id}`));
  expect(events.verified).toBe(true);
  expect(events.events.map(({ kind }) => kind)).toContain('review-opened');
  const week = timeline.parse(await get(admin, '/api/timeline'));
  expect(week.events.length).toBeGreaterThan(events.events.length);
  expect(checklist.parse(await get(admin, '/api/checklist')).items.find(({ key }) => key === 'own-run')?.done).toBe(
    true,
  );
  expect(me.parse(await get(operator, '/api/me'))).toMatchObject({ role: 'operator', person: { name: 'Owen' } });
});

test('a broken chain is shown as broken, with where', async () => {
  const review = await openedReview(api, operator);
  await api.owner`alter table event disable trigger event_kept`;
  await api.owner`update event set actor = 'system' where stream = ${`run:${review.runId}`} and seq = 2`;
  await api.owner`alter table event enable trigger event_kept`;
  const seen = timeline.parse(await get(admin, `/api/timeline?run=${review.runId}`));
  expect(seen).toMatchObject({ verified: false, broken: { stream: `run:${review.runId}`, seq: 2 } });
});

test('sealing the record on demand seals what has happened, and again only when more has', async () => {
  const seal = async () => checkpoint.parse((await api.ask(admin, 'POST', '/api/checkpoints')).body).number;
  const first = await seal();
  expect(await seal()).toBe(first);
  await api.ask(admin, 'PATCH', '/api/settings', { body: { organisation: 'Harbour Ltd' } });
  expect(await seal()).toBe(first + 1);
});

describe('a review', () => {
  test('is claimed by one person at a time, and given to another who is told so', async () => {
    const review = await openedReview(api, operator);
    const path = `/api/reviews/${review.id}`;
    expect((await api.ask(operator, 'POST', `${path}/claim`)).body).toMatchObject({ claimedBy: { name: 'Owen' } });
    const second = await api.ask(approver, 'POST', `${path}/claim`, { body: {} });
    expect(second.body).toMatchObject({ error: { code: 'already_claimed', details: { name: 'Owen' } } });
    expect((await api.ask(operator, 'POST', `${path}/unclaim`)).status).toBe(200);
    expect((await api.ask(admin, 'POST', `${path}/assign`, { body: { person: approver.id } })).status).toBe(200);
    expect((await readReview(api, admin, review.id)).assignee?.name).toBe('Ruth');
    const mine = inbox.parse(await get(approver, '/api/inbox?assignee=me')).items;
    expect(mine.map(({ reviewId }) => reviewId)).toEqual([review.id]);
    const { notices, unread } = noticeList.parse(await get(approver, '/api/notices'));
    expect(notices[0]).toMatchObject({ template: 'review-assigned', values: { assignedBy: 'Ada' } });
    expect(unread).toBe(1);
    const read = `/api/notices/${notices[0]?.id}/read`;
    expect((await api.ask(operator, 'POST', read)).status).toBe(404);
    expect((await api.ask(approver, 'POST', read)).status).toBe(200);
    expect(noticeList.parse(await get(approver, '/api/notices')).unread).toBe(0);
    expect(codeOf((await api.ask(operator, 'POST', `${path}/assign`, { body: {} })).body)).toBe('not_permitted');
  });
});

describe('settings', () => {
  test('say who may be asked, in which zone, and refuse a zone that is not', async () => {
    const put = (body: object) => api.ask(admin, 'PATCH', '/api/settings', { body });
    expect((await put({ timeZone: 'Europe/Lisbon', singleKeys: false })).status).toBe(200);
    expect(settings.parse(await get(operator, '/api/settings'))).toMatchObject({
      timeZone: 'Europe/Lisbon',
      singleKeys: false,
    });
    expect(codeOf((await put({ timeZone: 'Mars/Base' })).body)).toBe('invalid_request');
    const { tracks } = trackList.parse(await get(operator, '/api/tracks'));
    expect(tracks[0]).toMatchObject({ key: 'sop-drafting', secondPersonNow: true, targets: ['Handbook folder'] });
  });

  test('of a target keep it out of the folders that are the server’s own', async () => {
    const { targets } = targetList.parse(await get(admin, '/api/targets'));
    const id = targets[0]?.id ?? newId();
    const put = (address: string) =>
      api.ask(admin, 'PUT', `/api/targets/${id}`, {
        body: { name: 'Handbook folder', address, track: 'sop-drafting', active: true },
      });
    for (const address of ['../elsewhere', 'a/../../b', 'files', 'files/ab', 'keys', '.', './'])
      expect([address, codeOf((await put(address)).body)]).toEqual([address, 'invalid_request']);
    expect((await put('handbook')).status).toBe(200);
    expect(targetList.parse(await get(operator, '/api/targets')).targets[0]?.place).toBeUndefined();
    await put('published');
  });

  test('never leave the house without an admin', async () => {
    const answer = await api.ask(admin, 'POST', `/api/members/${admin.id}/role`, { body: { role: 'viewer' } });
    expect([answer.status, codeOf(answer.body)]).toEqual([409, 'last_admin']);
    expect(codeOf((await api.ask(admin, 'POST', `/api/members/${admin.id}/deactivate`)).body)).toBe('last_admin');
  });

  test('show e-mail addresses to admins only, and who stands in for whom to all', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    expect((await api.ask(approver, 'PUT', '/api/me/deputy', { body: { person: admin.id, until } })).status).toBe(200);
    const asAdmin = memberList.parse(await get(admin, '/api/members')).members;
    const asOperator = memberList.parse(await get(operator, '/api/members')).members;
    expect(asAdmin.every(({ email }) => email !== undefined)).toBe(true);
    expect(asOperator.every(({ email }) => email === undefined)).toBe(true);
    expect(asOperator.find(({ id }) => id === approver.id)?.deputy?.name).toBe('Ada');
  });
});
