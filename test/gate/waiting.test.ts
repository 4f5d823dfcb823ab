import { afterAll, beforeAll, expect, test } from 'vitest';
import { undoDecision } from '../../db/commands/decide.js';
import { setDeputy } from '../../db/commands/people.js';
import { putSetting, putTarget } from '../../db/commands/settings.js';
import { assignReview } from '../../db/commands/reviews.js';
import { defaultPolicy, type TrackPolicy } from '../../workflows/domain/policy.js';
import { until } from '../support/until.js';
import { approve, decideOn, plainWalkThrough, reviewOf, start } from './acts.js';
import type { House, Member } from './house.js';
import { openHouse } from './open-house.js';
import { eventsOf, noticesOf, publishedOf } from './record.js';
import { drafting } from './sop.js';

let house: House;
let ann: Member;

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
  // An hour passes in a tenth of a second.
  await house.startWorker({ activities: drafting(house), deps: { timeScale: 36_000 } });
});
afterAll(() => house.close());

const policy = (change: Partial<TrackPolicy>) =>
  putSetting(house.api, { token: ann.token, key: 'policy:sop-drafting', value: { ...defaultPolicy, ...change } });

test('a review that is late is reminded of and falls due, once each, and nothing is decided', async () => {
  await policy({ reminderHours: 5, dueHours: 10 });
  const run = await start(house, ann, plainWalkThrough);
  await until(async () => (await noticesOf(house, run)).some(({ template }) => template === 'due'));
  const templates = (await noticesOf(house, run)).map(({ template }) => template);
  expect(templates).toEqual(['review-opened', 'reminder', 'due']);
  expect((await house.standing(run)).state).toBe('in-review');
  expect(await eventsOf(house, run)).not.toContain('decided');
  await approve(house, ann, run);
  await house.reaches(run, 'published');
});

test('the assignee is told, and the deputy of whoever is away', async () => {
  await policy({ reminderHours: 20, dueHours: 1440 });
  const [ben, cleo] = [await house.member('approver', 'Ben'), await house.member('viewer', 'Cleo')];
  await setDeputy(house.api, { token: ben.token, user: cleo.id, until: new Date(Date.now() + 3_600_000) });
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await assignReview(house.api, { token: ann.token, review: (await reviewOf(house, run)).id, person: ben.id });
  const reminded = await until(async () => {
    const found = (await noticesOf(house, run)).filter(({ template }) => template === 'reminder');
    return found.length >= 2 && found;
  });
  expect(reminded.map(({ user_id }) => user_id).sort()).toEqual([ben.id, cleo.id].sort());
});

test('within its grace an approval is held back, and one that is undone goes back to wait', async () => {
  await policy({ graceSeconds: 2, dueHours: 1440, reminderHours: 1440 });
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await approve(house, ann, run);
  const review = await reviewOf(house, run);
  await undoDecision(house.api, { token: ann.token, review: review.id });
  house.relay.wake();
  await house.reaches(run, 'in-review');
  expect(await publishedOf(house, run)).toEqual([]);
  await decideOn(house, ann, run, { decision: 'approve' });
  const held = await house.standing(run);
  expect(held.state).toBe('approved');
  await house.reaches(run, 'published');
  const [row] = await house.owner<[{ late: boolean }]>`
    select p.settled_at >= d.grace_until as late from publication p join decision d on d.id = p.decision_id
     where p.run_id = ${run}`;
  expect(row.late).toBe(true);
});

test('a target moved between approval and delivery sends the run back to review, in a new round', async () => {
  await policy({ graceSeconds: 1, dueHours: 1440, reminderHours: 1440 });
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  const first = await approve(house, ann, run);
  const [target] = await house.owner<[{ id: string }]>`select id from target`;
  const moved = { id: target.id, kind: 'folder', name: 'Handbook', track: 'sop-drafting', active: true } as const;
  await putTarget(house.api, { token: ann.token, target: { ...moved, address: 'moved' } });
  const again = await until(async () => {
    const at = await house.standing(run);
    return at.state === 'in-review' && at.round === 2 && at.reviewId !== null && at;
  });
  expect(again.decisionId).toBeNull();
  expect(await publishedOf(house, run)).toEqual([]);
  const second = await approve(house, ann, run);
  expect(second.id).not.toBe(first.id);
  await house.reaches(run, 'published');
  expect((await publishedOf(house, run)).map(({ address }) => address.startsWith('moved/'))).toEqual([true]);
});
