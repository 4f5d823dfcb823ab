import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { startPostgres, stopLeftoverPostgres } from '../../bin/embedded/postgres.js';
import { startTemporal, stopLeftoverTemporal } from '../../bin/embedded/temporal.js';
import { isRunning } from '../../bin/processes.js';

const ROOT = path.join(tmpdir(), `countersign-tests-${userInfo().uid}`);

/** A folder that names the process it belongs to, so that the next test run can tell what a killed one left behind. */
export function runFolder(): string {
  mkdirSync(ROOT, { recursive: true, mode: 0o755 });
  return mkdtempSync(path.join(ROOT, `${process.pid}-`));
}

/** Stops the services of test runs that were killed, and removes their folders. Live runs are left alone. */
export async function sweepKilledRuns(): Promise<void> {
  mkdirSync(ROOT, { recursive: true, mode: 0o755 });
  for (const name of readdirSync(ROOT)) {
    if (isRunning(Number(name.split('-')[0]))) continue;
    const folder = path.join(ROOT, name);
    await stopLeftoverPostgres(path.join(folder, 'postgres'));
    await stopLeftoverTemporal(path.join(folder, 'temporal'));
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Services = {
  folder: string;
  postgresUrl: string;
  temporalAddress: string;
  stop: () => Promise<void>;
};

/** One Postgres and one Temporal for a whole test run. Both end with this process, also when it ends early. */
export async function startServices(temporalBinary: string): Promise<Services> {
  await sweepKilledRuns();
  const folder = runFolder();
  const [postgres, temporal] = await Promise.all([
    startPostgres({
      folder: path.join(folder, 'postgres'),
      log: path.join(folder, 'postgres.log'),
      settings: { max_connections: '400', fsync: 'off' },
    }),
    startTemporal({
      binary: temporalBinary,
      folder: path.join(folder, 'temporal'),
      log: path.join(folder, 'temporal.log'),
    }),
  ]);
  const onExit = () => {
    postgres.child.kill('SIGQUIT');
    temporal.child.kill('SIGKILL');
  };
  process.once('exit', onExit);
  return {
    folder,
    postgresUrl: postgres.url,
    temporalAddress: temporal.address,
    stop: async () => {
      await Promise.all([postgres.stop(), temporal.stop()]);
      process.off('exit', onExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
