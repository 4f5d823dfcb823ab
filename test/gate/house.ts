import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pino from 'pino';
import postgres from 'postgres';
import type { GateDeps } from '../../activities/deps.js';
import { createSteps } from '../../activities/steps.js';
import { createTargets } from '../../activities/targets/index.js';
import { createRelay, type Relay } from '../../api/relay.js';
import { openSigner, type Signer } from '../../api/signing.js';
import { registerSigningKey } from '../../db/commands/checkpoint.js';
import { close, connect, type Db } from '../../db/connect.js';
import { newId } from '../../db/ids.js';
import type { Role } from '../../workflows/domain/roles.js';
import { step, type Step } from '../../db/queries/step.js';
import { until } from '../support/until.js';

export type Member = { id: string; name: string; token: string };
export type WorkerOptions = {
  /** The drafting activities; others are in place of the step of that name. */
  activities?: Record<string, (...args: never[]) => Promise<unknown>>;
  deps?: Partial<GateDeps>;
};

/** The gate with real parts and no web server: a database, a Temporal task queue, the relay, and workers to start and stop. */
export type House = {
  data: string;
  /** The worker's way to the database, for one in a process of its own. */
  workerUrl: string;
  taskQueue: string;
  owner: postgres.Sql;
  api: Db;
  worker: Db;
  temporal: Client;
  signer: Signer;
  relay: Relay;
  /** What this house's steps work with. */
  deps: GateDeps;
  member(role: Role, name?: string): Promise<Member>;
  startWorker(options: WorkerOptions): Promise<() => Promise<void>>;
  standing(run: string): Promise<Step>;
  reaches(run: string, state: Step['state'], withinMs?: number): Promise<Step>;
  close(): Promise<void>;
};

const silent = pino({ level: 'silent' });
const bundle = { codePath: resolve(import.meta.dirname, '../../dist/workflow-bundle.js') };

export type Places = { address: string; ownerUrl: string; apiUrl: string; workerUrl: string; data: string };

/** Opens the house over these; `data` is its data folder, `sweepMs` how often the relay looks for what is left. */
export async function furnish(places: Places, sweepMs = 300): Promise<House> {
  quiet();
  const taskQueue = `gate-${randomBytes(6).toString('hex')}`;
  const owner = postgres(places.ownerUrl, { max: 2, onnotice: () => undefined });
  const api = connect(places.apiUrl, { name: 'test-api', max: 20 });
  const worker = connect(places.workerUrl, { name: 'test-worker', max: 10 });
  const connection = await Connection.connect({ address: places.address });
  const temporal = new Client({ connection });
  const signer = openSigner(join(places.data, 'keys', 'signing-ed25519.pem'));
  await registerSigningKey(api, signer);
  const relay = createRelay({ db: api, client: temporal, taskQueue, log: silent, sweepMs, idleMs: 60_000 });
  relay.start();
  const stops = new Set<() => Promise<void>>();
  const deps: GateDeps = {
    db: worker,
    data: places.data,
    targets: createTargets(places.data),
    publicUrl: 'http://localhost:4747',
    timeZone: 'UTC',
    timeScale: 1,
    log: silent,
  };
  const standing = async (run: string) => {
    const at = await step(worker, run);
    if (at === null) throw new Error(`There is no run ${run}.`);
    return at;
  };
  return {
    data: places.data,
    workerUrl: places.workerUrl,
    taskQueue,
    owner,
    api,
    worker,
    temporal,
    signer,
    relay,
    deps,
    standing,
    member: (role, name = role) => addMember(owner, role, name),
    reaches: (run, state, withinMs = 20_000) =>
      until(async () => ((await standing(run)).state === state ? standing(run) : null), {
        withinMs,
        what: `state ${state} of run ${run}`,
      }),
    startWorker: async (options) => {
      const stop = await startWorker({ address: places.address, taskQueue, deps, options });
      stops.add(stop);
      return async () => {
        stops.delete(stop);
        await stop();
      };
    },
    close: async () => {
      await relay.stop();
      await Promise.all([...stops].map((stop) => stop()));
      await connection.close();
      await Promise.all([close(api), close(worker), owner.end({ timeout: 2 })]);
    },
  };
}

let quieted = false;
function quiet(): void {
  if (quieted) return;
  quieted = true;
  const logging = { forward: {}, filter: 'ERROR' };
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } });
}

type Start = { address: string; taskQueue: string; deps: GateDeps; options: WorkerOptions };

async function startWorker({ address, taskQueue, deps, options }: Start): Promise<() => Promise<void>> {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: bundle,
    activities: { ...createSteps({ ...deps, ...options.deps }), ...options.activities },
    maxCachedWorkflows: 100,
    stickyQueueScheduleToStartTimeout: '1s',
    maxHeartbeatThrottleInterval: '200ms',
    defaultHeartbeatThrottleInterval: '200ms',
    shutdownForceTime: '2s',
  });
  const running = worker.run();
  return async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running.catch(() => undefined);
    await connection.close();
  };
}

async function addMember(owner: postgres.Sql, role: Role, name: string): Promise<Member> {
  const id = newId();
  const token = randomBytes(24).toString('base64url');
  await owner`insert into "user" (id, name, email, email_verified) values (${id}, ${name}, ${`${id}@team.example`}, true)`;
  await owner`insert into member (user_id, role, active, granted_at) values (${id}, ${role}, true, now())`;
  await owner`insert into session (id, token, user_id, expires_at) values (${newId()}, ${token}, ${id}, now() + interval '1 day')`;
  return { id, name, token };
}
