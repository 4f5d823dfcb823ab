import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createContractReminders, remindContracts } from '../../activities/contract-reminders.js';
import { contractScheduleId, ensureContractSchedule } from '../../activities/contract-schedule.js';
import type { Mail } from '../../activities/notices/mailer.js';
import { putSetting } from '../../db/commands/settings.js';
import { addDays, civilDayAt } from '../../workflows/domain/contract-summary/civil-day.js';
import { temporalAddress } from '../support/harness.js';
import { contractWith, publishContract } from '../support/published-contract.js';
import { until } from '../support/until.js';
import type { House, Member } from './house.js';
import { openHouse } from './open-house.js';

let house: House;
let owen: Member;
let connection: NativeConnection;
const children: ChildProcess[] = [];
const today = () => civilDayAt(new Date(), 'UTC');
const days = 86_400_000;

beforeAll(async () => {
  house = await openHouse();
  owen = await house.member('operator', 'Owen');
  await house.member('approver', 'Ann');
  await house.member('viewer', 'Vera');
  connection = await NativeConnection.connect({ address: temporalAddress() });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await connection.close();
  await house.close();
});

/** A contract of Owen's whose last safe day is so many days from today; a next version of `run` where that is given. */
const dueIn = async (count: number, more: { run?: string; at?: string; sample?: boolean } = {}) => {
  const contract = contractWith({ ends: addDays(today(), count + 90) });
  return (await publishContract(house.owner, { by: owen.id, contract, ...more })).run;
};
const thresholds = async (run: string) => {
  const rows = await house.owner<{ threshold: number }[]>`
    select threshold from contract_reminder where run_id = ${run} order by sent_at`;
  return rows.map(({ threshold }) => threshold);
};
const told = async (run: string) => {
  const rows = await house.owner<{ name: string }[]>`
    select u.name from notice n join "user" u on u.id = n.user_id
     where n.run_id = ${run} and n.template = 'contract-reminder' order by u.name`;
  return rows.map(({ name }) => name);
};
const noted = async (run: string) => {
  const [row] = await house.owner<{ n: number }[]>`
    select count(*)::int as n from event where stream = ${`run:${run}`} and kind = 'contract-reminder-sent'`;
  return row?.n;
};

/** The worker as it is shipped, for which a day is a second. */
async function shipped(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../dist/worker.js')], {
    env: {
      COUNTERSIGN_DATA: house.data,
      COUNTERSIGN_TASK_QUEUE: house.taskQueue,
      COUNTERSIGN_TIME_SCALE: '86400',
      COUNTERSIGN_TIME_ZONE: 'UTC',
      DATABASE_WORKER_URL: house.workerUrl,
      TEMPORAL_ADDRESS: temporalAddress(),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  child.stdout.on('data', (words: Buffer) => (said += words.toString('utf8')));
  await until(() => said.includes('The worker is ready'), { withinMs: 20_000, what: 'the worker' });
  return child;
}

const schedule = () => house.temporal.schedule.getHandle(contractScheduleId(house.taskQueue));

/** Looks that have run to their end since the schedule was made. */
async function looks(): Promise<number> {
  const { count } = await house.temporal.workflow.count(
    `WorkflowType = 'contractReminders' and TaskQueue = '${house.taskQueue}' and ExecutionStatus = 'Completed'`,
  );
  return count;
}

test('two workers at once, one killed and a date that moves: each threshold is told of once', async () => {
  const run = await dueIn(12);
  const [first] = await Promise.all([shipped(), shipped()]);
  await until(async () => (await noted(run)) === 1, { withinMs: 20_000, what: 'the first reminder' });
  first.kill('SIGKILL');
  const more = async () => {
    const before = await looks();
    await until(async () => (await looks()) >= before + 2, { withinMs: 60_000, what: 'two more looks' });
  };
  await more();
  await dueIn(9, { run });
  await more();
  expect([await thresholds(run), await told(run), await noted(run)]).toEqual([[14], ['Ann', 'Owen'], 1]);
  await dueIn(6, { run });
  await until(async () => (await noted(run)) === 2, { withinMs: 20_000, what: 'the second reminder' });
  await more();
  expect([await thresholds(run), await told(run)]).toEqual([
    [14, 7],
    ['Ann', 'Ann', 'Owen', 'Owen'],
  ]);
}, 180_000);

test('two servers that start at once make one schedule, which is made again when it was lost', async () => {
  const kept = { connection, namespace: 'default', db: house.worker, timeScale: 1, timeZone: 'Europe/Berlin' };
  const ensure = () => ensureContractSchedule({ ...kept, taskQueue: `${house.taskQueue}-two` });
  const handle = house.temporal.schedule.getHandle(contractScheduleId(`${house.taskQueue}-two`));
  await Promise.all([ensure(), ensure(), ensure()]);
  const { spec, policies } = await handle.describe();
  expect(spec.calendars?.[0]?.hour).toEqual([{ start: 7, end: 7, step: 1 }]);
  expect(spec.timezone).toBe('Europe/Berlin');
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 2 * days });
  await handle.delete();
  await Promise.all([ensure(), ensure()]);
  expect((await handle.describe()).spec.timezone).toBe('Europe/Berlin');
  const ines = await house.member('admin', 'Ines');
  await putSetting(house.api, { token: ines.token, key: 'time-zone', value: 'America/New_York' });
  await Promise.all([ensure(), ensure()]);
  await until(async () => (await handle.describe()).spec.timezone === 'America/New_York', { what: 'the house’s zone' });
  await putSetting(house.api, { token: ines.token, key: 'time-zone', value: 'UTC' });
  await house.owner`update member set active = false where user_id = ${ines.id}`;
  await handle.delete();
}, 60_000);

test('however many look at once, and cut off half-way, everybody is told once', async () => {
  const run = await dueIn(55);
  await Promise.all(Array.from({ length: 6 }, () => remindContracts(house.deps)));
  expect([await thresholds(run), await told(run), await noted(run)]).toEqual([[60], ['Ann', 'Owen'], 1]);
  // As after a kill between the notices and the row that says so.
  const other = await dueIn(25);
  await remindContracts(house.deps);
  await house.owner`delete from contract_reminder where run_id = ${other}`;
  await remindContracts(house.deps);
  expect([await thresholds(other), await told(other)]).toEqual([[30], ['Ann', 'Owen']]);
});

test('a day that was past when it was published is told of once; samples and what is superseded never are', async () => {
  const past = await dueIn(-3);
  const sample = await dueIn(5, { sample: true });
  const old = await dueIn(5);
  const contract = contractWith({ ends: addDays(today(), 400) });
  await publishContract(house.owner, { by: owen.id, contract, supersedes: old });
  await remindContracts(house.deps);
  await remindContracts(house.deps);
  expect(await thresholds(past)).toEqual([-1]);
  expect([await thresholds(sample), await thresholds(old)]).toEqual([[], []]);
  const [notice] = await house.owner`select "values" from notice where run_id = ${past}`;
  expect(notice?.['values']).toEqual({
    ...{ noun: 'Contract summary', startedBy: 'Owen', startedAt: expect.any(String) as string },
    ...{ vendor: 'Brightwater Cleaning Ltd', lastSafeDay: addDays(today(), -3), past: true },
  });
});

test('reminders are mailed once, with a link to the register and nothing of the document', async () => {
  const mails: Mail[] = [];
  const mailer = {
    send: (mail: Mail) => {
      mails.push(mail);
      return Promise.resolve();
    },
    close: () => undefined,
  };
  const run = await dueIn(1);
  const stop = await house.startWorker({
    deps: { mailer },
    activities: createContractReminders({ ...house.deps, mailer }),
  });
  for (const n of [1, 2]) {
    const workflowId = `${contractScheduleId(house.taskQueue)}-mail-${String(n)}`;
    await house.temporal.workflow.execute('contractReminders', { taskQueue: house.taskQueue, workflowId, args: [] });
  }
  await stop();
  const own = mails.filter(({ text }) => text.includes(run));
  expect(own.map(({ to }) => to.name).toSorted()).toEqual(['Ann', 'Owen']);
  expect(own[0]?.text).toContain(`http://localhost:4747/register?at=${run}`);
  expect(own[0]?.subject).toContain('Brightwater Cleaning Ltd: last safe day to give notice is');
  expect(own[0]?.text).not.toContain('As agreed');
});

test('the schedule of the first test is still one', async () => {
  expect((await schedule().describe()).action.taskQueue).toBe(house.taskQueue);
});
