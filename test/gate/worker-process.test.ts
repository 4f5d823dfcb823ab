import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { temporalAddress } from '../support/harness.js';
import { until } from '../support/until.js';
import { approve, plainWalkThrough, start } from './acts.js';
import type { House, Member } from './house.js';
import { openHouse } from './open-house.js';

let house: House;
let ann: Member;
const children: ChildProcess[] = [];

beforeAll(async () => {
  house = await openHouse();
  ann = await house.member('admin', 'Ann');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => house.close());

/** The worker as it is shipped; answers once it says that it is ready. */
async function shipped(address = temporalAddress()): Promise<{ child: ChildProcess; over: Promise<number | null> }> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../dist/worker.js')], {
    env: {
      COUNTERSIGN_DATA: house.data,
      COUNTERSIGN_TASK_QUEUE: house.taskQueue,
      DATABASE_WORKER_URL: house.workerUrl,
      TEMPORAL_ADDRESS: address,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  child.stdout.on('data', (words: Buffer) => (said += words.toString('utf8')));
  const over = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  await until(() => said.includes('The worker is ready'), { withinMs: 20_000, what: 'the worker' });
  return { child, over };
}

test('the shipped worker takes a run the whole way, with rules where no key is set', async () => {
  await shipped();
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  await approve(house, ann, run);
  await house.reaches(run, 'published');
});

test('asked to stop, the worker is gone within four seconds and leaves cleanly', async () => {
  const { child, over } = await shipped();
  const asked = Date.now();
  child.kill('SIGTERM');
  expect(await over).toBe(0);
  expect(Date.now() - asked).toBeLessThan(4_000);
});

test('after a worker was killed the next one goes on with what it had cached', async () => {
  const { child, over } = await shipped();
  const run = await start(house, ann, plainWalkThrough);
  await house.reaches(run, 'in-review');
  child.kill('SIGKILL');
  await over;
  await shipped();
  await approve(house, ann, run);
  // A second where the task was on the dead worker's own queue, ten where it had just been handed the task.
  await house.reaches(run, 'published', 15_000);
});

test('a worker that has lost Temporal ends, for the supervisor to start it again', async () => {
  const through = await wire(temporalAddress());
  const { over } = await shipped(through.address);
  through.cut();
  expect(await over).toBe(1);
});

/** A wire to another address that can be cut. */
async function wire(to: string): Promise<{ address: string; cut: () => void }> {
  const [host = '127.0.0.1', port = '7233'] = to.split(':');
  const ends = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = dial(Number(port), host);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => undefined);
      end.on('close', () => ends.delete(end));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('no port');
  return {
    address: `127.0.0.1:${at.port}`,
    cut: () => {
      server.close();
      for (const end of ends) end.destroy();
    },
  };
}
