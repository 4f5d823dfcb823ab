import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { Client } from './client.js';
import { freshDatabase, freshFolder, freshName, temporalAddress, type FreshDatabase } from './harness.js';
import { until } from './until.js';

export type AppOptions = {
  /** Settings of the worker on top of the usual ones: a model's address, a time scale. */
  worker?: Record<string, string>;
  /** Settings of the api on top of the usual ones. */
  api?: Record<string, string>;
  withoutWorker?: boolean;
};

/** The two processes as they are shipped, over a database, a data folder and a task queue of their own. */
export type App = {
  url: string;
  data: string;
  secret: string;
  taskQueue: string;
  database: FreshDatabase;
  /** As the database's owner: what no part of the product may do, a test may look at. */
  owner: postgres.Sql;
  processes: { api: ChildProcess; worker: ChildProcess | undefined };
  anonymous: () => Client;
  restart: (part: 'api' | 'worker') => Promise<void>;
  stop: () => Promise<void>;
};

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function run(program: 'api' | 'worker', env: Record<string, string | undefined>, data: string): ChildProcess {
  const child = spawn(process.execPath, ['--enable-source-maps', `dist/${program}.js`], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(data, `${program}.log`), { flags: 'a' });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  return child;
}

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || isOver(child)) return;
  child.kill('SIGTERM');
  await until(() => isOver(child), { withinMs: 5000 }).catch(() => child.kill('SIGKILL'));
}

async function answers(url: string, withWorker: boolean): Promise<boolean> {
  const ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) });
  const body: unknown = await ready.json();
  if (typeof body !== 'object' || body === null) return false;
  return ready.ok && (!withWorker || Reflect.get(body, 'worker') === true);
}

/** Starts api and worker and waits until both are there. Call `stop()` when done. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const database = await freshDatabase();
  const data = freshFolder('app');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const secret = freshName('a-secret-of-more-than-thirty-two-characters');
  const taskQueue = freshName('app');
  const shared = {
    PATH: globalThis.process.env.PATH,
    HOME: globalThis.process.env.HOME,
    NODE_ENV: 'production',
    PORT: String(port),
    COUNTERSIGN_PUBLIC_URL: url,
    COUNTERSIGN_DATA: data,
    COUNTERSIGN_TASK_QUEUE: taskQueue,
    COUNTERSIGN_LOG_LEVEL: 'warn',
    COUNTERSIGN_TIME_ZONE: 'UTC',
    TEMPORAL_ADDRESS: temporalAddress(),
  };
  const environment = {
    api: { ...shared, DATABASE_API_URL: database.apiUrl, COUNTERSIGN_SECRET: secret, ...options.api },
    worker: { ...shared, DATABASE_WORKER_URL: database.workerUrl, ...options.worker },
  };
  const processes: App['processes'] = {
    api: run('api', environment.api, data),
    worker: options.withoutWorker === true ? undefined : run('worker', environment.worker, data),
  };
  const owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
  const ready = () =>
    until(() => answers(url, processes.worker !== undefined), { withinMs: 60_000, what: `the app (see ${data})` });
  await ready();
  return {
    url,
    data,
    secret,
    taskQueue,
    database,
    owner,
    processes,
    anonymous: () => new Client(url),
    restart: async (part) => {
      await end(processes[part]);
      processes[part] = run(part, environment[part], data);
      await ready();
    },
    stop: async () => {
      await Promise.all([end(processes.api), end(processes.worker)]);
      await owner.end({ timeout: 2 });
      await database.drop();
    },
  };
}
