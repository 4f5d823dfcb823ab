import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { Gate } from './gate/gate.js';

// A drafter's trouble comes back with its own delay.
const { draftLetter } = proxyActivities<Activities>({
  startToCloseTimeout: '15m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/** An approved contract becomes a notice to its vendor. The workflow's id is the run's. */
export function noticeLetter(): Promise<void> {
  return new Gate().process(draftLetter);
}
