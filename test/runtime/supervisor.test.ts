import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { freePort } from '../../bin/ports.js';
import { commandLine, isRunning } from '../../bin/processes.js';
import { freshDatabase, freshFolder, freshName, temporalAddress } from '../support/harness.js';
import { until } from '../support/until.js';

// Each starts everything for real, some twice: a busy machine takes its time, and each wait has a deadline of its own.
vi.setConfig({ testTimeout: 180_000 });

const root = path.resolve(import.meta.dirname, '../..');
const started: ChildProcess[] = [];

type Started = { child: ChildProcess; output: () => string; data: string; port: number };

/** What `npm start` runs, over a data folder and a port of its own. */
async function start(given: { data?: string; port?: number; env?: Record<string, string> } = {}): Promise<Started> {
  const data = given.data ?? path.join(freshFolder('started'), 'data');
  const port = given.port ?? (await freePort());
  const { PATH = '', HOME = '' } = inherited();
  const child = spawn(process.execPath, ['bin/setup.mjs', 'start'], {
    cwd: root,
    env: { PATH, HOME, PORT: String(port), COUNTERSIGN_DATA: data, COUNTERSIGN_LOG_LEVEL: 'warn', ...given.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (written += String(chunk)));
  return { child, output: () => written, data, port };
}

const inherited = () => globalThis.process.env;
const ready = (one: Started) =>
  until(() => one.output().includes('Ready in') || (isOver(one.child) && Promise.reject(new Error(one.output()))), {
    withinMs: 60_000,
    what: 'the ready line',
  });
const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
const answers = (one: Started) =>
  fetch(`http://127.0.0.1:${one.port}/readyz`).then(
    (answer) => answer.status === 200,
    () => false,
  );

/** Every process that has this data folder on its command line: all that were started for it do. */
function processesOf(data: string): { pid: number; what: string }[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isRunning(pid))
    .map((pid) => ({ pid, what: commandLine(pid) }))
    .filter(({ what }) => what.includes(data));
}

function pidOf(data: string, part: 'api' | 'worker' | 'postgres' | 'temporal'): number {
  const words = { api: 'api.js', worker: 'worker.js', postgres: 'bin/postgres', temporal: 'start-dev' }[part];
  return processesOf(data).find(({ what }) => what.includes(words))?.pid ?? 0;
}

async function stop(one: Started, signal: NodeJS.Signals = 'SIGINT'): Promise<number> {
  const began = Date.now();
  one.child.kill(signal);
  if (!isOver(one.child)) await once(one.child, 'exit');
  return Date.now() - began;
}

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (!isOver(child)) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
});

test('a start serves, gives a link to the owner, and Ctrl-C stops everything within 5 s and leaves no process', async () => {
  const one = await start();
  await ready(one);
  expect(await answers(one)).toBe(true);
  await until(() => one.output().includes("Owner's link"), { what: "the owner's link" });
  expect(processesOf(one.data).length).toBeGreaterThanOrEqual(4);
  expect(await stop(one)).toBeLessThan(5000);
  expect(one.child.exitCode).toBe(0);
  expect(processesOf(one.data)).toEqual([]);

  const again = await start({ data: one.data, port: one.port });
  await ready(again);
  expect(await stop(again, 'SIGTERM')).toBeLessThan(5000);
  expect(processesOf(one.data)).toEqual([]);
});

test('after kill -9 of any child it is back without help, and so is the next start after kill -9 of the supervisor', async () => {
  const one = await start();
  await ready(one);
  for (const part of ['api', 'worker', 'postgres', 'temporal'] as const) {
    const before = pidOf(one.data, part);
    process.kill(before, 'SIGKILL');
    await until(() => pidOf(one.data, part) > 0 && pidOf(one.data, part) !== before, { what: `another ${part}` });
    await until(() => answers(one), { withinMs: 30_000, what: `readiness after the ${part} was killed` });
  }
  one.child.kill('SIGKILL');
  await once(one.child, 'exit');
  const next = await start({ data: one.data, port: one.port });
  await ready(next);
  expect(await answers(next)).toBe(true);
  const counted = processesOf(one.data).map(({ what }) => what.replace(/ .*/, ''));
  expect(counted.length).toBe(4);
  await stop(next);
  expect(processesOf(one.data)).toEqual([]);
});

test('a second start over the same data folder is refused and disturbs nothing', async () => {
  const one = await start();
  await ready(one);
  const second = await start({ data: one.data });
  await once(second.child, 'close');
  expect(second.child.exitCode).toBe(1);
  expect(second.output()).toMatch(/already runs over .*COUNTERSIGN_DATA/);
  expect(await answers(one)).toBe(true);
  await stop(one);
});

test('a port in use is named, with the setting that changes it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const one = await start({ port });
  await once(one.child, 'close');
  expect(one.child.exitCode).toBe(1);
  expect(one.output()).toContain(`Port ${port} is in use`);
  expect(one.output()).toContain(`PORT=${port + 1}`);
  expect(processesOf(one.data)).toEqual([]);
  other.close();
});

test('the api and the worker run against a Postgres and a Temporal given from outside', async () => {
  const database = await freshDatabase();
  const one = await start({
    env: {
      DATABASE_URL: database.ownerUrl,
      DATABASE_API_URL: database.apiUrl,
      DATABASE_WORKER_URL: database.workerUrl,
      TEMPORAL_ADDRESS: temporalAddress(),
      COUNTERSIGN_TASK_QUEUE: freshName('outside'),
    },
  });
  await ready(one);
  expect(await answers(one)).toBe(true);
  expect(existsSync(path.join(one.data, 'postgres'))).toBe(false);
  expect(existsSync(path.join(one.data, 'temporal'))).toBe(false);
  await stop(one);
  expect(processesOf(one.data)).toEqual([]);
  await database.drop();
});

test('the services of the tests name the run they belong to, so that the next run can end what a killed one left', () => {
  expect(Number(path.basename(inject('runFolder')).split('-')[0])).toBeGreaterThan(0);
  expect(readFileSync(path.join(inject('runFolder'), 'temporal', 'temporal.pid'), 'utf8')).toMatch(/^\d+$/);
});
