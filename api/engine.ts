import { Client, Connection } from '@temporalio/client';
import type { ApiEnv } from './env.js';

/** The way to Temporal, opened when first used: the api starts and serves without it. */
export type Engine = {
  client: Client;
  /** Whether Temporal answers now. */
  temporal: () => Promise<boolean>;
  /** Whether a worker has asked for work lately. */
  worker: () => Promise<boolean>;
  close: () => Promise<void>;
};

const answerMs = 2_000;
/** A worker's long poll lasts a minute. */
const lateMs = 70_000;
const workflowTasks = 1;

/** Connects lazily, by the standard TEMPORAL_* settings. */
export function openEngine({ temporal, taskQueue }: Pick<ApiEnv, 'temporal' | 'taskQueue'>): Engine {
  const connection = Connection.lazy({ ...temporal.connectionOptions });
  const namespace = temporal.namespace ?? 'default';
  const client = new Client({ connection, namespace });
  const soon = <T>(call: () => Promise<T>) => connection.withDeadline(Date.now() + answerMs, call);
  return {
    client,
    temporal: async () => {
      await soon(() => connection.workflowService.describeNamespace({ namespace }));
      return true;
    },
    worker: async () => {
      const queue = await soon(() =>
        connection.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: taskQueue },
          taskQueueType: workflowTasks,
        }),
      );
      return (queue.pollers ?? []).some(
        ({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > Date.now() - lateMs,
      );
    },
    close: () => connection.close(),
  };
}
