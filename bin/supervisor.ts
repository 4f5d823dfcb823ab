import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { migrated } from './addresses.js';
import { startPostgres } from './embedded/postgres.js';
import { startTemporal } from './embedded/temporal.js';
import type { BinEnv } from './env.js';
import { lockFolder, type FolderLock } from './folder-lock.js';
import { keep, type Keeper, type Running } from './keeper.js';
import { portIsFree } from './ports.js';
import { startProgram, stopLeftoverPrograms, untilReady, type Addresses } from './programs.js';
import { Trouble } from './trouble.js';

export type Supervisor = { stop: () => Promise<void>; pids: () => Record<string, number> };
type Say = (line: string) => void;

/** Starts whatever is not given from outside, then the api and the worker, and keeps all of them running. */
export async function supervise(env: BinEnv, say: Say): Promise<Supervisor> {
  makeDataFolder(env.data);
  const lock = lockFolder(env.data);
  const kept: Record<string, Keeper<Running>> = {};
  const stop = async () => {
    // The two programs first, so that they end in peace with what they talk to still there.
    await Promise.all([kept.api?.stop(), kept.worker?.stop()]);
    await Promise.all([kept.postgres?.stop(), kept.temporal?.stop()]);
    lock.release();
  };
  try {
    await stopLeftoverPrograms(env);
    await refuseTakenPort(env.port);
    lock.note({ port: env.port });
    await startAll(env, say, lock, kept);
  } catch (error) {
    await stop();
    throw error;
  }
  const pids = () => Object.fromEntries(Object.entries(kept).map(([name, keeper]) => [name, keeper.current().pid]));
  return { stop, pids };
}

async function startAll(env: BinEnv, say: Say, lock: FolderLock, kept: Record<string, Keeper<Running>>): Promise<void> {
  const restartPrograms = async () => void (await Promise.all([kept.api?.restart(), kept.worker?.restart()]));
  const [ownerUrl, temporalAddress] = await both(
    postgres(env, say, lock, kept, restartPrograms),
    temporal(env, say, lock, kept, restartPrograms),
  );
  const roles = await migrated(env, ownerUrl());
  const addresses = (): Addresses => ({
    apiUrl: env.databaseUrl ? roles.apiUrl : atPort(roles.apiUrl, ownerUrl()),
    workerUrl: env.databaseUrl ? roles.workerUrl : atPort(roles.workerUrl, ownerUrl()),
    temporalAddress: temporalAddress(),
  });
  const program = (name: 'api' | 'worker') =>
    keep(name === 'api' ? 'The api' : 'The worker', () => Promise.resolve(startProgram(name, env, addresses())), {
      say,
    });
  const [api, worker] = await Promise.all([program('api'), program('worker')]);
  kept.api = api;
  kept.worker = worker;
  if (!(await untilReady(env, { api: api.current(), worker: worker.current() }))) {
    say(
      `The worker does not reach Temporal at ${temporalAddress()} yet: check TEMPORAL_ADDRESS. What is decided meanwhile is delivered when it does.`,
    );
  }
}

async function postgres(
  env: BinEnv,
  say: Say,
  lock: FolderLock,
  kept: Record<string, Keeper<Running>>,
  moved: () => Promise<void>,
): Promise<() => string> {
  const given = env.databaseUrl;
  if (given !== undefined) return () => given;
  // After the first start, so that the addresses handed out stay true.
  const wished: { wishedPort?: number } = {};
  const launch = () => startEmbeddedPostgres(env, wished.wishedPort);
  const keeper = await keep('Postgres', launch, {
    say,
    again: async (now, before) => void (now.url !== before.url && (await moved())),
  });
  kept.postgres = keeper;
  wished.wishedPort = Number(new URL(keeper.current().url).port);
  lock.note({ postgresPort: wished.wishedPort });
  return () => keeper.current().url;
}

async function temporal(
  env: BinEnv,
  say: Say,
  lock: FolderLock,
  kept: Record<string, Keeper<Running>>,
  moved: () => Promise<void>,
): Promise<() => string> {
  const given = env.temporalAddress;
  if (given !== undefined) return () => given;
  const binary = env.temporalBinary;
  if (binary === undefined)
    throw new Trouble('Start Countersign with "npm start", which finds Temporal, or set TEMPORAL_ADDRESS.');
  // After the first start, so that the addresses handed out stay true.
  const wished: { wishedPort?: number } = {};
  const launch = () =>
    startTemporal({
      binary,
      folder: path.join(env.data, 'temporal'),
      log: path.join(env.data, 'logs', 'temporal.log'),
      namespace: env.temporalNamespace,
      ...wished,
    });
  const keeper = await keep('Temporal', launch, {
    say,
    again: async (now, before) => void (now.address !== before.address && (await moved())),
  });
  kept.temporal = keeper;
  const address = keeper.current().address;
  wished.wishedPort = Number(address.split(':')[1]);
  lock.note({ temporalAddress: address });
  return () => keeper.current().address;
}

/** Both, also when one fails: the other must have started before it can be stopped. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

/** The embedded Postgres of a data folder, for the supervisor and for commands that run without one. */
export function startEmbeddedPostgres(env: BinEnv, wishedPort?: number) {
  return startPostgres({
    folder: path.join(env.data, 'postgres'),
    log: path.join(env.data, 'logs', 'postgres.log'),
    ...(wishedPort !== undefined && { wishedPort }),
  });
}

function atPort(roleUrl: string, ownerUrl: string): string {
  const url = new URL(roleUrl);
  url.port = new URL(ownerUrl).port;
  return url.href;
}

async function refuseTakenPort(port: number): Promise<void> {
  if ((await portIsFree(port, '127.0.0.1')) && (await portIsFree(port, '0.0.0.0'))) return;
  throw new Trouble(
    `Port ${port} is in use by another program: stop that program, or start with another port, as in PORT=${port + 1} npm start.`,
  );
}

function makeDataFolder(data: string): void {
  try {
    // Sources and drafts are in it: for the person who runs Countersign alone.
    mkdirSync(data, { recursive: true, mode: 0o700 });
    mkdirSync(path.join(data, 'run'), { recursive: true });
  } catch {
    throw new Trouble(
      `The data folder ${data} cannot be written: give this user the right to, or set COUNTERSIGN_DATA to another folder.`,
    );
  }
}
