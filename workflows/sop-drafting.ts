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
export async function sopDrafting(): Promise<void> {
  const gate = new Gate();
  await gate.walk((at) => {
    switch (at.state) {
      case 'received':
        return gate.screen();
      case 'kept-human':
        return gate.person();
      case 'drafting':
        return gate.draft(at, draftSop);
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
