import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { BinEnv } from './env.js';
import { readiness } from './programs.js';

/** For a container's health check: 0 where the program of this machine does its work. */
export async function healthy(env: BinEnv, [program]: string[]): Promise<number> {
  if (program === 'api') return (await readiness(env.port)) ? 0 : 1;
  return (await polledFromHere(env)) ? 0 : 1;
}

/** A worker's identity ends with the name of its machine. */
async function polledFromHere(env: BinEnv): Promise<boolean> {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const connection = await Connection.connect({ ...connectionOptions, connectTimeout: 5000 });
  try {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace: namespace ?? env.temporalNamespace,
      taskQueue: { name: env.taskQueue },
      taskQueueType: 1,
    });
    return (pollers ?? []).some((poller) => poller.identity?.endsWith(`@${hostname()}`));
  } finally {
    await connection.close();
  }
}
