import { Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy, type ScheduleOptions } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { houseSettings } from '../db/queries/settings.js';
import type { Db } from '../db/connect.js';
import type { Log } from './deps.js';

type Kept = {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  /** How many times faster than the clock days pass, in tests and demos. */
  timeScale: number;
  db: Db;
  timeZone: string;
  log: Log;
};

const hourOfDay = 7;
const dayMs = 86_400_000;
/** How often it is looked whether the schedule is still there: Temporal may have lost its store and be back at once. */
const lookMs = 300_000;
const retryMs = 5_000;

/** One for each task queue: those of two servers on one Temporal do not touch each other. */
export function contractScheduleId(taskQueue: string): string {
  return `contract-reminders-${taskQueue}`;
}

function optionsOf({ taskQueue, timeScale }: Pick<Kept, 'taskQueue' | 'timeScale'>, timeZone: string): ScheduleOptions {
  const daily = { calendars: [{ hour: hourOfDay, minute: 0, second: 0 }], timezone: timeZone };
  const often = { intervals: [{ every: Math.max(1_000, Math.round(dayMs / timeScale)) }] };
  const spec = timeScale === 1 ? daily : often;
  return {
    scheduleId: contractScheduleId(taskQueue),
    spec,
    action: {
      type: 'startWorkflow',
      workflowType: 'contractReminders',
      workflowId: contractScheduleId(taskQueue),
      taskQueue,
      args: [],
    },
    // A look that was missed is made up for within two days, and one look makes up for all that were missed.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '2 days' },
    // The note tells whether what is there is what should be. One look at once: what was missed while a lost store was
    // away is told today, and nothing is told twice.
    state: { triggerImmediately: true, note: JSON.stringify(spec) },
  };
}

/** Makes the schedule where there is none, or sets it to what holds now. Two servers may do this at once. */
export async function ensureContractSchedule(kept: Omit<Kept, 'log'>): Promise<void> {
  const { schedule } = new Client({ connection: kept.connection, namespace: kept.namespace });
  const { timeZone } = await houseSettings(kept);
  const options = optionsOf(kept, timeZone);
  try {
    await schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = schedule.getHandle(options.scheduleId);
    const note = options.state?.note ?? '';
    // An update drops looks that were missed and not made up for yet: only where something changed, and then one is taken.
    if ((await handle.describe()).state.note === note) return;
    const { spec, action, policies = {} } = options;
    await handle.update(({ state }) => ({ spec, action, policies, state: { ...state, note } }));
    await handle.trigger();
  }
}

/** Keeps the daily schedule there as long as the worker lives. Answers how to stop. */
export function keepContractSchedule(kept: Kept): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async () => {
    const next = await ensureContractSchedule(kept).then(
      () => lookMs,
      (error: unknown) => {
        kept.log.warn({ err: error }, 'The schedule of reminders could not be looked after; it is tried again.');
        return retryMs;
      },
    );
    if (!stopped) timer = setTimeout(() => void look(), next).unref();
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
