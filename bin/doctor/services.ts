import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import postgres from 'postgres';
import { functionsAreCurrent } from '../../db/migrate.js';
import { gitVersion } from '../../activities/targets/git-run.js';
import type { BinEnv } from '../env.js';
import { runningOver } from '../folder-lock.js';
import { readiness } from '../programs.js';
import { withDatabase } from '../with-database.js';
import { note, ok, wrong, type Check, type Finding } from './finding.js';

const MOST_CLOCK_DRIFT_MS = 5000;

/** What can be told of the services; those that do not run because nothing was started are notes. */
export function serviceChecks(env: BinEnv): Check[] {
  const temporalAddress = env.temporalAddress ?? runningOver(env.data)?.temporalAddress;
  const database = inDatabase(env);
  return [
    () => database.then((found) => found.reached),
    () => database.then((found) => found.migrations),
    () => database.then((found) => found.clock),
    () => database.then((found) => found.targets),
    () => database.then((found) => found.git),
    () => temporal(env, temporalAddress),
    () => worker(env, temporalAddress),
    () => api(env),
  ];
}

type InDatabase = { reached: Finding; migrations: Finding; clock: Finding; targets: Finding; git: Finding };

async function inDatabase(env: BinEnv): Promise<InDatabase> {
  const fresh = env.databaseUrl === undefined && !existsSync(path.join(env.data, 'postgres', 'cluster'));
  const unknown = (about: string) =>
    note(about, fresh ? 'nothing to look at before the first start.' : 'unknown without the database.');
  const rest = {
    migrations: unknown('Migrations'),
    clock: unknown('Clock'),
    targets: unknown('Targets'),
    git: unknown('Git'),
  };
  if (fresh) return { reached: note('Postgres', 'embedded; the first start makes it.'), ...rest };
  try {
    return await withDatabase(env, (url) => lookInto(env, url));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const todo =
      env.databaseUrl === undefined ? 'see the log in the data folder' : 'check DATABASE_URL and that the server runs';
    return { reached: wrong('Postgres', `cannot be reached (${words}): ${todo}.`), ...rest };
  }
}

async function lookInto(env: BinEnv, url: string): Promise<InDatabase> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const [server] = await sql<{ version: string; number: number; now: Date }[]>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
        clock_timestamp() as now`;
    const drift = Math.abs(Date.now() - Number(server?.now));
    return {
      reached:
        (server?.number ?? 0) >= 150_000
          ? ok('Postgres', `${server?.version}.`)
          : wrong('Postgres', `${server?.version} is too old: use Postgres 15 or newer.`),
      migrations: (await functionsAreCurrent(sql).catch(() => false))
        ? ok('Migrations', 'the database is at this version.')
        : wrong(
            'Migrations',
            'the database is not at this version: start Countersign, or run "npm run countersign -- migrate".',
          ),
      clock:
        drift < MOST_CLOCK_DRIFT_MS
          ? ok('Clock', 'this machine and the database agree.')
          : wrong(
              'Clock',
              `this machine and the database differ by ${Math.round(drift / 1000)} s: switch time synchronisation on for both; decisions are refused beyond 30 s.`,
            ),
      targets: await targets(env, sql),
      git: await gitProgram(sql),
    };
  } finally {
    await sql.end({ timeout: 2 });
  }
}

async function targets(env: BinEnv, sql: postgres.Sql): Promise<Finding> {
  const rows = await sql<
    { name: string; address: string }[]
  >`select name, address from target where kind = 'folder' and active`.catch(() => null);
  if (rows === null) return note('Targets', 'unknown before the database is at this version.');
  const bad = rows.filter(({ address }) => !canBeWritten(path.resolve(env.data, address)));
  if (bad.length === 0) return ok('Targets', rows.length === 0 ? 'none yet.' : rows.map((row) => row.name).join(', '));
  return wrong(
    'Targets',
    `${bad.map((row) => row.name).join(', ')} cannot be written: give this user the right to write ${bad.map((row) => path.resolve(env.data, row.address)).join(', ')}.`,
  );
}

/** Needed by nobody who publishes to folders alone. */
async function gitProgram(sql: postgres.Sql): Promise<Finding> {
  const version = await gitVersion({ PATH: process.env['PATH'] ?? '' });
  if (version !== undefined) return ok('Git', `${version}.`);
  const rows = await sql<{ name: string }[]>`select name from target where kind = 'git' and active`.catch(() => []);
  if (rows.length === 0) return note('Git', 'not installed; only publishing to a git repository needs it.');
  return wrong('Git', `not installed, so nothing gets to ${rows.map((row) => row.name).join(', ')}: install git.`);
}

function canBeWritten(folder: string): boolean {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = path.dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function temporal(env: BinEnv, address: string | undefined): Promise<Finding> {
  if (address === undefined) return note('Temporal', 'embedded; it runs while Countersign does.');
  const namespace = env.temporalNamespace;
  try {
    const connection = await connectTo(env, address);
    await connection.workflowService.describeNamespace({ namespace }).finally(() => connection.close());
    return ok('Temporal', `${address}, namespace ${namespace}.`);
  } catch {
    return wrong(
      'Temporal',
      `${address} does not answer for namespace ${namespace}: check TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE. Approvals go on meanwhile and are delivered when it is back.`,
    );
  }
}

/** With the TLS and keys of the standard TEMPORAL_* settings, where the address is from outside. */
function connectTo(env: BinEnv, address: string): Promise<Connection> {
  const outside = env.temporalAddress === undefined ? {} : loadClientConnectConfig().connectionOptions;
  return Connection.connect({ ...outside, address, connectTimeout: 3000 });
}

async function worker(env: BinEnv, address: string | undefined): Promise<Finding> {
  if (address === undefined) return note('Worker', 'it runs while Countersign does.');
  try {
    const connection = await connectTo(env, address);
    try {
      const { pollers } = await connection.workflowService.describeTaskQueue({
        namespace: env.temporalNamespace,
        taskQueue: { name: env.taskQueue },
        taskQueueType: 1,
      });
      if (pollers && pollers.length > 0) return ok('Worker', `polling the queue ${env.taskQueue}.`);
    } finally {
      await connection.close();
    }
  } catch {
    // Said below, as no worker can be seen.
  }
  return wrong(
    'Worker',
    `none polls the queue ${env.taskQueue}: start Countersign, or start the worker of this COUNTERSIGN_TASK_QUEUE.`,
  );
}

async function api(env: BinEnv): Promise<Finding> {
  const running = runningOver(env.data);
  const port = running?.port ?? env.port;
  if (await readiness(port)) return ok('Api', `ready on port ${port}.`);
  if (!running) return note('Api', 'not running; "npm start" starts it.');
  return wrong('Api', `not ready on port ${port}: see ${path.join(env.data, 'logs', 'api.log')}.`);
}
