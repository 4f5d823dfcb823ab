import path from 'node:path';
import { meetAll, plainWalkThrough, start, verdictOn } from '../gate/acts.js';
import type { House, Places } from '../gate/house.js';
import { until } from '../support/until.js';
import type { Side } from './side.js';
import { startWorkerProcess, type WorkerProcess } from './worker-process.js';

/** Our product: the worker as it is shipped, with people acting through the api's own commands and relay. */
export async function startProduct(house: House, places: Places): Promise<Side & Pick<WorkerProcess, 'stop'>> {
  const who = await house.member('admin', 'Ann');
  const worker = startWorkerProcess(path.resolve(import.meta.dirname, '../../dist/worker.js'), {
    COUNTERSIGN_DATA: places.data,
    COUNTERSIGN_TASK_QUEUE: house.taskQueue,
    COUNTERSIGN_LOG_LEVEL: 'warn',
    DATABASE_WORKER_URL: places.workerUrl,
    TEMPORAL_ADDRESS: places.address,
  });
  const ready = new Map<string, () => Promise<unknown>>();
  const waiting = async (runs: readonly string[]) => {
    const [row] = await house.owner<[{ open: number }]>`
      select count(*)::int as open from run where id = any (${[...runs]}::uuid[]) and state = 'in-review'`;
    return row.open === runs.length;
  };
  return {
    ...worker,
    start: () => start(house, who, plainWalkThrough),
    async open(runs) {
      await until(() => waiting(runs), { withinMs: 300_000, everyMs: 100, what: 'the last review' });
      for (const run of runs) {
        await meetAll(house, who, run);
        ready.set(run, await verdictOn(house, who, run, { decision: 'approve' }));
      }
    },
    async approve(run) {
      await ready.get(run)?.();
    },
    async published(runs) {
      const rows = await house.owner<{ id: string; at: number }[]>`
        select p.run_id as id, extract(epoch from p.settled_at)::float8 * 1000 as at from publication p
         where p.run_id = any (${[...runs]}::uuid[]) and p.state = 'published'`;
      return new Map(rows.map(({ id, at }) => [id, at]));
    },
  };
}
