import { condition, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';

const { publishRow } = proxyActivities<{ publishRow(id: string): Promise<void> }>({ startToCloseTimeout: '30s' });

/** The bare engine: waits for a signal, then publishes one row. */
export async function waitThenPublish(): Promise<void> {
  let approved = false;
  setHandler(defineSignal('approve'), () => {
    approved = true;
  });
  await condition(() => approved);
  await publishRow(workflowInfo().workflowId);
}
