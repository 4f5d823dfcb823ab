import { createServer, connect as connectTo, type Server, type Socket } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createRelay, type Relay } from '../../api/relay.js';
import { freshName, temporalAddress } from '../support/harness.js';
import { until } from '../support/until.js';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { startRun } from './ready-review.js';

let api: ApiUnderTest;
let operator: Person;
let door: Door;
let connection: Connection;
let client: Client;
const relays: Relay[] = [];

/** A way to the real Temporal that can be shut and opened again. */
type Door = { address: string; shut: () => void; open: () => void; close: () => Promise<void> };

async function doorTo(address: string): Promise<Door> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const open = new Set<Socket>();
  let shut = false;
  const server: Server = createServer((socket) => {
    if (shut) return void socket.destroy();
    const other = connectTo(Number(port), hostname);
    for (const [one, two] of [
      [socket, other],
      [other, socket],
    ] as const) {
      open.add(one);
      one.on('error', () => two.destroy()).on('close', () => (open.delete(one), two.destroy()));
      one.pipe(two);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('no port');
  return {
    address: `127.0.0.1:${bound.port}`,
    shut: () => {
      shut = true;
      open.forEach((socket) => socket.destroy());
    },
    open: () => (shut = false),
    close: async () => {
      open.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function relayOver(options: { sweepMs?: number; idleMs?: number } = {}): Relay {
  const log = pino({ level: 'silent' });
  const relay = createRelay({ db: api.db, client, taskQueue: freshName('relay'), log, sweepMs: 200, ...options });
  relays.push(relay);
  relay.start();
  return relay;
}

beforeAll(async () => {
  api = await startApi();
  operator = await api.person('operator');
  door = await doorTo(temporalAddress());
  connection = Connection.lazy({ address: door.address });
  client = new Client({ connection });
});
afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await connection.close();
  await door.close();
  await api.stop();
});

const stands = async (run: string) => (await client.workflow.getHandle(run).describe()).status.name;
const nudges = async () => z.object({ n: z.int() }).parse((await api.owner`select count(*)::int as n from nudge`)[0]).n;

test('a started run has its workflow at once, under the run’s own id, and the nudge is cleared', async () => {
  const relay = relayOver({ sweepMs: 60_000 });
  const run = await startRun(api, operator);
  relay.wake();
  await until(async () => (await stands(run)) === 'RUNNING', { withinMs: 5_000 });
  await until(async () => (await nudges()) === 0);
  await relay.stop();
});

test('a nudge that nobody woke the relay for is swept', async () => {
  const relay = relayOver();
  const run = await startRun(api, operator);
  await until(async () => (await stands(run)) === 'RUNNING', { withinMs: 5_000 });
  await relay.stop();
});

test('with Temporal away requests are as quick as before, nothing is lost, and all of it is sent when it is back', async () => {
  const relay = relayOver();
  door.shut();
  const began = Date.now();
  const runs = await Promise.all(Array.from({ length: 10 }, () => startRun(api, operator)));
  relay.wake();
  expect(Date.now() - began).toBeLessThan(5_000);
  await until(() => !relay.reachable(), { withinMs: 15_000 });
  expect(await nudges()).toBe(10);
  door.open();
  for (const run of runs) await until(async () => (await stands(run)) === 'RUNNING', { withinMs: 30_000 });
  await until(async () => (await nudges()) === 0, { withinMs: 15_000 });
  expect(relay.reachable()).toBe(true);
  await relay.stop();
}, 90_000);

test('an open run whose workflow is gone is found at the start and begun afresh; one that runs is left alone', async () => {
  const first = relayOver();
  const [lost, fine] = [await startRun(api, operator), await startRun(api, operator)];
  for (const run of [lost, fine]) await until(async () => (await stands(run)) === 'RUNNING');
  await until(async () => (await nudges()) === 0);
  await first.stop();
  await client.workflow.getHandle(lost).terminate('as if the store had been lost');
  expect(await stands(lost)).toBe('TERMINATED');
  const before = (await client.workflow.getHandle(fine).describe()).historyLength;

  relayOver();
  await until(async () => (await stands(lost)) === 'RUNNING', { withinMs: 10_000 });
  expect((await client.workflow.getHandle(fine).describe()).historyLength).toBe(before);
});
