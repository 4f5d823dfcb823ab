import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode } from '@temporalio/worker';
import { build } from 'esbuild';
import type postgres from 'postgres';
import { newId } from '../../db/ids.js';
import type { Side } from './side.js';
import { startWorkerProcess, type WorkerProcess } from './worker-process.js';

const here = import.meta.dirname;
const quiet = { log: () => undefined, trace: () => undefined, debug: () => undefined, info: () => undefined };

export type Ground = { temporal: Client; owner: postgres.Sql; address: string; ownerUrl: string };

/** Builds and starts the bare engine's worker, in a process of its own as ours is. */
export async function startBare(ground: Ground): Promise<Side & Pick<WorkerProcess, 'stop'>> {
  const cache = path.resolve(here, '../../.cache/bench');
  mkdirSync(cache, { recursive: true });
  const logger = { ...quiet, warn: console.error, error: console.error };
  const { code } = await bundleWorkflowCode({ workflowsPath: path.join(here, 'bare-workflow.ts'), logger });
  const [bundle, program] = [path.join(cache, 'bare-workflow.js'), path.join(cache, 'bare-worker.mjs')];
  writeFileSync(bundle, code);
  const shape = { bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' } as const;
  await build({ entryPoints: [path.join(here, 'bare-worker.ts')], outfile: program, ...shape });
  await ground.owner`create table if not exists bare_published (id text primary key, at timestamptz not null)`;
  const taskQueue = `bare-${newId()}`;
  const worker = startWorkerProcess(program, {
    DATABASE_URL: ground.ownerUrl,
    TEMPORAL_ADDRESS: ground.address,
    TASK_QUEUE: taskQueue,
    BUNDLE: bundle,
  });
  return {
    ...worker,
    async start() {
      const workflowId = newId();
      await ground.temporal.workflow.start('waitThenPublish', { workflowId, taskQueue });
      return workflowId;
    },
    async open(runs) {
      // A query is answered once the workflow has come as far as its wait.
      for (const run of runs) await ground.temporal.workflow.getHandle(run).query('__stack_trace');
    },
    async approve(run) {
      await ground.temporal.workflow.getHandle(run).signal('approve');
    },
    async published(runs) {
      const rows = await ground.owner<{ id: string; at: number }[]>`
        select id, extract(epoch from at)::float8 * 1000 as at from bare_published where id = any (${[...runs]})`;
      return new Map(rows.map(({ id, at }) => [id, at]));
    },
  };
}
