import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { Gate } from './gate/gate.js';

// A drafter's trouble comes back with its own delay; between tries the run says so and a person may ask for the rules.
const { draftSop } = proxyActivities<Activities>({
  startToCloseTimeout: '20m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/** A walk-through's transcript becomes a published SOP. The workflow's id is the run's. */
export function sopDrafting(): Promise<void> {
  return new Gate().process(draftSop);
}
