import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';

type Asked = { run: string; decision: string };
type Publish = { publish(asked: Asked): Promise<unknown> };

const far = proxyActivities<Publish>({ startToCloseTimeout: '10s', retry: { maximumAttempts: 1 } });
const near = proxyLocalActivities<Publish>({ startToCloseTimeout: '10s', retry: { maximumAttempts: 1 } });

/** A workflow that nobody reviewed and that asks for publications as it likes. */
export async function publishAll(asked: Asked[]): Promise<void> {
  for (const one of asked) {
    await far.publish(one).catch(() => undefined);
    await near.publish(one).catch(() => undefined);
  }
}
