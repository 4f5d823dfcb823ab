import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { Gate } from './gate/gate.js';

// Pages that are pictures take seconds each; a drafter's trouble comes back with its own delay.
const { readDocuments, draftContract } = proxyActivities<Activities>({
  startToCloseTimeout: '60m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/** A vendor's contract becomes a one-pager in the register. The workflow's id is the run's. */
export function contractSummary(): Promise<void> {
  return new Gate().process(async (request) => {
    await readDocuments(request.run);
    return draftContract(request);
  });
}
