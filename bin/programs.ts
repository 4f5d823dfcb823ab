import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BinEnv } from './env.js';
import type { Running } from './keeper.js';
import { commandLine, isRunning, lastLines, startProcess, stopProcess } from './processes.js';
import { Trouble } from './trouble.js';

export type Program = 'api' | 'worker';
export type Addresses = { apiUrl: string; workerUrl: string; temporalAddress: string };

const DIST = path.resolve(import.meta.dirname, '..', 'dist');
const LEASH = path.resolve(import.meta.dirname, '..', 'bin', 'leash.mjs');
const OUTSIDE_WAIT_MS = 20_000;
const STOP: [NodeJS.Signals, number][] = [
  ['SIGTERM', 2500],
  ['SIGKILL', 500],
];

// Each process is given what it needs: the api no model key or mail server, the worker no secret of sign-in.
const NOT_FOR: Record<Program, string[]> = {
  api: ['DATABASE_WORKER_URL', 'ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'SMTP_URL'],
  worker: ['DATABASE_API_URL', 'COUNTERSIGN_SECRET', 'COUNTERSIGN_SIGNING_KEY_FILE', 'COUNTERSIGN_OWNER_PASSWORD'],
};
const NOT_FOR_EITHER = ['DATABASE_URL', 'NODE_OPTIONS'];

const logOf = (env: BinEnv, name: string) => path.join(env.data, 'logs', `${name}.log`);
const pidFileOf = (env: BinEnv, name: Program) => path.join(env.data, 'run', `${name}.pid`);

/** Starts the api or the worker; both end by themselves where the supervisor is killed. */
export function startProgram(name: Program, env: BinEnv, addresses: Addresses): Running {
  const hidden = [...NOT_FOR_EITHER, ...NOT_FOR[name]].flatMap((setting) => [setting, `${setting}_FILE`]);
  const inherited = Object.fromEntries(Object.entries(env.inherited).filter(([key]) => !hidden.includes(key)));
  const child = startProcess(
    process.execPath,
    ['--enable-source-maps', '--import', LEASH, path.join(DIST, `${name}.js`), `--data=${env.data}`],
    {
      log: logOf(env, name),
      leash: true,
      env: {
        ...inherited,
        NODE_ENV: 'production',
        PORT: String(env.port),
        COUNTERSIGN_PUBLIC_URL: env.publicUrl,
        COUNTERSIGN_DATA: env.data,
        COUNTERSIGN_UI: path.join(DIST, 'ui'),
        TEMPORAL_ADDRESS: addresses.temporalAddress,
        TEMPORAL_NAMESPACE: env.temporalNamespace,
        // The api shows which drafter is set up; the key itself goes to the worker alone.
        ...(name === 'api' && env.usesClaude && { ANTHROPIC_API_KEY: 'set' }),
        ...(name === 'api' && env.usesOpenai && { OPENAI_API_KEY: 'set' }),
        ...(name === 'api' ? { DATABASE_API_URL: addresses.apiUrl } : { DATABASE_WORKER_URL: addresses.workerUrl }),
      },
    },
  );
  const pid = child.pid ?? 0;
  writeFileSync(pidFileOf(env, name), String(pid));
  return { pid, child, stop: () => stopProcess(pid, STOP) };
}

/** Stops an api or worker that outlived its supervisor, and only when it is the one of this data folder. */
export async function stopLeftoverPrograms(env: BinEnv): Promise<void> {
  await Promise.all(
    (['api', 'worker'] as const).map(async (name) => {
      const file = pidFileOf(env, name);
      const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      if (pid > 0 && isRunning(pid) && commandLine(pid).includes(`--data=${env.data}`)) await stopProcess(pid, STOP);
    }),
  );
}

export type Readiness = { database?: unknown; temporal?: unknown; worker?: unknown };

/** What /readyz says, or null where it does not answer with 200. */
export async function readiness(port: number): Promise<Readiness | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2000) });
    if (!answer.ok) return null;
    const body: unknown = await answer.json();
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return null;
  }
}

/**
 * Waits until the api answers and the worker has been seen; a program that ends before that is the trouble. Answers
 * false where only the worker is missing and Temporal is somebody else's: people can decide meanwhile.
 */
export async function untilReady(env: BinEnv, running: { api: Running; worker: Running }): Promise<boolean> {
  const outside = env.temporalAddress !== undefined;
  const end = Date.now() + (outside ? OUTSIDE_WAIT_MS : 60_000);
  let ready: Readiness | null = null;
  for (; Date.now() < end; await pause(50)) {
    for (const name of ['api', 'worker'] as const) {
      const { exitCode, signalCode } = running[name].child;
      if ((exitCode === null && signalCode === null) || (name === 'worker' && outside)) continue;
      throw new Trouble(`The ${name} ended while starting (${lastLines(logOf(env, name))}): see ${logOf(env, name)}.`);
    }
    ready = await readiness(env.port);
    if (ready?.worker) return true;
  }
  if (outside && ready) return false;
  throw new Trouble(`The api and the worker were not ready in time: see ${path.join(env.data, 'logs')}.`);
}
