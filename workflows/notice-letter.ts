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
export async function noticeLetter(): Promise<void> {
  const gate = new Gate();
  await gate.walk((at) => {
    switch (at.state) {
      case 'received':
        return gate.screen();
      case 'kept-human':
        return gate.person();
      case 'drafting':
        return gate.draft(at, draftLetter);
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
