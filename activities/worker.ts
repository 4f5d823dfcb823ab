import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import pino from 'pino';
import { close, connect } from '../db/connect.js';
import { readEnv, type WorkerEnv } from './env.js';
import { createActivities } from './index.js';
import { smtpMailer } from './notices/mailer.js';
import { createTargets } from './targets/index.js';
import { keepContractSchedule } from './contract-schedule.js';
import { watchConnection } from './watch-connection.js';

/** Sizes that hold for every worker of the product. */
export const workerSizes = {
  // A cold workflow costs the same with a small cache, and a small one saves memory.
  maxCachedWorkflows: 200,
  maxConcurrentLocalActivityExecutions: 20,
  maxConcurrentActivityTaskExecutions: 20,
  maxConcurrentWorkflowTaskExecutions: 20,
  // After a worker was killed, its cached workflows wait this long for it before another takes them.
  stickyQueueScheduleToStartTimeout: '1s',
  // A person who withdraws a run or asks for the rules stops the drafter at its next heartbeat.
  maxHeartbeatThrottleInterval: '1s',
  shutdownGraceTime: '1s',
  shutdownForceTime: '3s',
} as const satisfies Partial<WorkerOptions>;

function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const codePath = fileURLToPath(new URL('./workflow-bundle.js', import.meta.url));
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  return { workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)) };
}

async function work(env: WorkerEnv, log: pino.Logger): Promise<void> {
  Runtime.install({
    // Ours alone, so that a second signal does not end the process half-way.
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
    logger: {
      log: (level, message, meta) =>
        log[level === 'WARN' ? 'warn' : level === 'ERROR' ? 'error' : 'debug']({ meta }, message),
      trace: (message, meta) => log.trace({ meta }, message),
      debug: (message, meta) => log.debug({ meta }, message),
      info: (message, meta) => log.debug({ meta }, message),
      warn: (message, meta) => log.warn({ meta }, message),
      error: (message, meta) => log.error({ meta }, message),
    },
  });
  const db = connect(env.databaseUrl, { name: 'countersign-worker', max: 10 });
  const { address, namespace, apiKey, tls } = env.temporal;
  const connection = await NativeConnection.connect({ address, ...(apiKey && { apiKey }), ...(tls && { tls }) });
  const mailer = env.smtpUrl === undefined ? undefined : smtpMailer(env.smtpUrl);
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: env.taskQueue,
    ...workflowCode(),
    ...workerSizes,
    activities: createActivities({
      db,
      data: env.data,
      targets: createTargets(env.data, env.git),
      publicUrl: env.publicUrl,
      timeZone: env.timeZone,
      timeScale: env.timeScale,
      log,
      drafters: env.drafters,
      ...(mailer && { mailer }),
    }),
  });
  const stop = () => {
    // Whatever still hangs after the grace ends with the process; activities are safe to repeat.
    setTimeout(() => process.exit(0), 3_800).unref();
    if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const unwatch = watchConnection(connection, () => {
    log.error('Temporal has not answered for a while; the worker ends, to be started again.');
    process.exit(1);
  });
  const { taskQueue, timeScale } = env;
  const unkeep = keepContractSchedule({ connection, namespace, taskQueue, timeScale, db, timeZone: env.timeZone, log });
  log.info({ taskQueue }, 'The worker is ready.');
  await worker.run();
  unkeep();
  unwatch();
  mailer?.close();
  await Promise.all([close(db), connection.close()]);
}

const env = readEnv();
const log = pino({ level: env.logLevel, base: { process: 'worker' } });
// With nothing queued a killed connection can throw inside postgres.js: end, and be started again.
process.on('uncaughtException', (error) => {
  log.fatal({ error }, 'The worker ends.');
  process.exit(1);
});
await work(env, log).then(
  () => process.exit(0),
  (error: unknown) => {
    log.fatal({ error }, 'The worker ends.');
    process.exit(1);
  },
);
