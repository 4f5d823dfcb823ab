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
export async function contractSummary(): Promise<void> {
  const gate = new Gate();
  await gate.walk((at) => {
    switch (at.state) {
      case 'received':
        return gate.screen();
      case 'kept-human':
        return gate.person();
      case 'drafting':
        return gate.draft(at, async (request) => {
          await readDocuments(request.run);
          return draftContract(request);
        });
      case 'in-review':
        return gate.review(at);
      case 'approved':
      case 'publishing':
        return gate.deliver(at);
      case 'uncertain':
      case 'failed':
        return gate.person();
      case 'published':
        return gate.close(at);
      case 'rejected':
      case 'withdrawn':
        return null;
    }
  });
}
