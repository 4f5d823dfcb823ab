import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

const backOff = { initialInterval: '1s', backoffCoefficient: 2 } as const;
const { remindContracts } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '20s',
  retry: { ...backOff, maximumInterval: '10m' },
});
const { mailNotices } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  retry: { ...backOff, maximumAttempts: 3 },
});

/** Once a day: tells people of contracts whose last safe day comes near. It decides nothing and sends no notice letter. */
export async function contractReminders(): Promise<void> {
  // One after the other: mail servers take few at once.
  for (const run of await remindContracts()) await mailNotices(run).catch(() => undefined);
}
