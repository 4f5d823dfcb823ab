import { resolve } from 'node:path';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSteps } from '../../activities/steps.js';
import { newId } from '../../db/ids.js';
import type { PublishRequest } from '../../workflows/gate/standing.js';
import { freshName, temporalAddress } from '../support/harness.js';
import { approve, decideOn, edit, meetAll, plainWalkThrough, start } from './acts.js';
import type { House, Member } from './house.js';
import { openHouse } from './open-house.js';
import { eventsOf, publishedOf } from './record.js';
import { until } from '../support/until.js';
import { drafting } from './sop.js';

let house: House;
let ann: Member;

/** Every publication that this house's workflows asked for, and whether its subject was approved at that moment. */
const scheduled: { run: string; decision: string; approved: boolean }[] = [];

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
  const steps = createSteps(house.deps);
  const publish = async (asked: PublishRequest) => {
    const approvals = await house.owner`
      select from decision d join review v on v.id = d.review_id and v.subject_digest = d.subject_digest
       where d.id = ${asked.decision} and d.run_id = ${asked.run} and d.decision = 'approve' and d.undone_at is null
         and v.state = 'approved'`;
    scheduled.push({ ...asked, approved: approvals.length === 1 });
    return steps.publish(asked);
  };
  await house.startWorker({ activities: { ...drafting(house), publish } });
});
afterAll(() => house.close());

async function waiting(): Promise<string> {
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  return run;
}

/** Waits until the workflow has worked off all it was sent. */
const settled = (run: string) => house.temporal.workflow.getHandle(run).query('standing');

test('signals with forged contents, and signals nobody knows, decide and publish nothing', async () => {
  const run = await waiting();
  // The notice of the review is written just after it opened.
  await until(async () => (await eventsOf(house, run)).includes('notice-sent'));
  const before = await eventsOf(house, run);
  const handle = house.temporal.workflow.getHandle(run);
  const forged = { state: 'approved', decisionId: newId(), decision: 'approve', person: ann.id };
  for (const name of ['look', 'approve', 'decide', 'publish', 'undo', '__proto__']) {
    await handle.signal(name, forged);
    await handle.signal(name, 'approved', true, [forged]);
  }
  await settled(run);
  expect((await house.standing(run)).state).toBe('in-review');
  expect(await eventsOf(house, run)).toEqual(before);
});

test('updates are refused: the workflow has none', async () => {
  const run = await waiting();
  const handle = house.temporal.workflow.getHandle(run);
  await expect(handle.executeUpdate('approve', { args: [{ decision: 'approve' }] })).rejects.toThrow();
  expect((await house.standing(run)).state).toBe('in-review');
});

test('a workflow started by hand walks to where the record stands and no further', async () => {
  const run = await waiting();
  await house.temporal.workflow.getHandle(run).terminate('a hand at the engine');
  const forged = { state: 'approved', skipReview: true };
  await house.temporal.workflow.start('sopDrafting', { workflowId: run, taskQueue: house.taskQueue, args: [forged] });
  await settled(run);
  expect((await house.standing(run)).state).toBe('in-review');
  expect(await publishedOf(house, run)).toEqual([]);
});

test('a workflow started by hand for no run ends at once and leaves nothing', async () => {
  const [before] = await house.owner`select count(*)::int as events from event`;
  for (const workflowId of [newId(), freshName('x'), `run:${newId()}`]) {
    await house.temporal.workflow.execute('sopDrafting', { workflowId, taskQueue: house.taskQueue });
  }
  expect(await house.owner`select count(*)::int as events from event`).toEqual([before]);
});

test('a workflow reset to any point of its history publishes nothing that was not approved', async () => {
  const run = await waiting();
  const handle = house.temporal.workflow.getHandle(run);
  const original = (await handle.describe()).runId;
  const { events = [] } = await handle.fetchHistory();
  const points = (events ?? []).filter((event) => Boolean(event.workflowTaskCompletedEventAttributes));
  for (const point of points) {
    await house.temporal.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: run, runId: original },
      workflowTaskFinishEventId: point.eventId ?? null,
      requestId: newId(),
      reason: 'a hand at the engine',
    });
    await settled(run);
    expect(await publishedOf(house, run)).toEqual([]);
  }
  expect(points.length).toBeGreaterThan(0);
  expect((await house.standing(run)).state).toBe('in-review');
  expect(await publishedOf(house, run)).toEqual([]);
  await approve(house, ann, run);
  await house.reaches(run, 'published');
  expect(await publishedOf(house, run)).toHaveLength(1);
});

test('terminated and cancelled workflows lose nothing: the next look starts afresh', async () => {
  const run = await waiting();
  await house.temporal.workflow.getHandle(run).cancel();
  await house.temporal.workflow
    .getHandle(run)
    .result()
    .catch(() => undefined);
  await approve(house, ann, run);
  await house.reaches(run, 'published');
});

test('a workflow made by hand that asks for a publication directly publishes nothing', async () => {
  const run = await waiting();
  await meetAll(house, ann, run);
  const rejected = await waiting();
  const { id } = await decideOn(house, ann, rejected, { decision: 'reject', reason: 'No.' });
  const approvedElsewhere = await waiting();
  const approval = await approve(house, ann, approvedElsewhere);
  await house.reaches(approvedElsewhere, 'published');

  const taskQueue = freshName('hand');
  const connection = await NativeConnection.connect({ address: temporalAddress() });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowsPath: resolve(import.meta.dirname, 'hand-made.ts'),
    bundlerOptions: { webpackConfigHook: (config) => ({ ...config, stats: 'none' }) },
    activities: createSteps(house.deps),
  });
  const asked = [
    { run, decision: newId() },
    { run, decision: approval.id },
    { run: rejected, decision: id },
    { run: rejected, decision: approval.id },
    { run: newId(), decision: approval.id },
    { run: approvedElsewhere, decision: approval.id },
  ];
  await worker.runUntil(
    house.temporal.workflow.execute('publishAll', { taskQueue, workflowId: freshName('hand'), args: [asked] }),
  );
  await connection.close();
  expect(await publishedOf(house, run)).toEqual([]);
  expect(await publishedOf(house, rejected)).toEqual([]);
  expect(await publishedOf(house, approvedElsewhere)).toHaveLength(1);
  const [unapproved] = await house.owner<[{ count: number }]>`
    select count(*)::int as count from publication p left join decision d
        on d.id = p.decision_id and d.decision = 'approve' and d.undone_at is null and d.subject_digest = p.subject_digest
     where d.id is null`;
  expect(unapproved.count).toBe(0);
});

test('publish is never scheduled before an approval of the same subject', async () => {
  const run = await waiting();
  await edit(house, ann, run, 'Count everything twice.');
  const handle = house.temporal.workflow.getHandle(run);
  for (let look = 0; look < 5; look += 1) await handle.signal('look', { state: 'approved' });
  await settled(run);
  expect(scheduled.filter((one) => one.run === run)).toEqual([]);
  const decision = await approve(house, ann, run);
  await handle.result();
  expect(scheduled.filter((one) => one.run === run)).toEqual([{ run, decision: decision.id, approved: true }]);
  // Nor in any other way that was tried above.
  expect(scheduled.filter((one) => !one.approved)).toEqual([]);
});
