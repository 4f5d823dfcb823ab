import { execFile, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { freePort } from '../ports.js';
import { commandLine, isRunning, lastLines, programOf, startProcess, stopProcess } from '../processes.js';
import { Trouble } from '../trouble.js';
import { asUser, giveTo, type AsUser } from './as-user.js';
import { postgresPrograms } from './postgres-programs.js';

export type RunningPostgres = { url: string; pid: number; child: ChildProcess; stop: () => Promise<boolean> };
export type PostgresOptions = {
  folder: string;
  log: string;
  wishedPort?: number;
  database?: string;
  /** `-c name=value` settings of the server. */
  settings?: Record<string, string>;
};

const OWNER = 'countersign';
// SIGINT is Postgres' fast shutdown, SIGQUIT its immediate one, from which it recovers at the next start.
const STOP: [NodeJS.Signals, number][] = [
  ['SIGINT', 3000],
  ['SIGQUIT', 1000],
  ['SIGKILL', 500],
];

/** Starts the Postgres of this folder on loopback, makes it first where there is none, and stops a leftover of our own. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const programs = postgresPrograms();
  const as = asUser();
  const cluster = path.join(options.folder, 'cluster');
  const passwordFile = path.join(options.folder, 'password');
  mkdirSync(options.folder, { recursive: true, mode: 0o755 });
  await stopLeftoverPostgres(options.folder);
  if (as && existsSync(cluster)) giveTo(cluster, as.owner);
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) await makeCluster(cluster, passwordFile, programs.initdb, as);
  const port = await freePort(options.wishedPort);
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    ...options.settings,
  };
  const command = [
    ...(as?.prefix ?? []),
    programs.postgres,
    '-D',
    cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const url = (database: string) => {
    const password = encodeURIComponent(readFileSync(passwordFile, 'utf8').trim());
    return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
  };
  const child = startProcess(command[0] ?? '', command.slice(1), { log: options.log, cwd: '/' });
  const pid = child.pid ?? 0;
  await ready(url('postgres'), child, options);
  const database = options.database ?? 'countersign';
  await ensureDatabase(url('postgres'), database);
  return { url: url(database), pid, child, stop: () => stopProcess(pid, STOP) };
}

async function makeCluster(cluster: string, passwordFile: string, initdb: string, as: AsUser | null): Promise<void> {
  // Without PG_VERSION it was never finished and never held anything.
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (as) {
    giveTo(cluster, as.owner);
    giveTo(path.dirname(passwordFile), as.owner);
  }
  const flags = [
    '-U',
    OWNER,
    '-A',
    'scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    `--pwfile=${passwordFile}`,
    '--wal-segsize=4',
  ];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const [command = '', ...args] = [...(as?.prefix ?? []), initdb, '-D', cluster, ...flags, ...locale];
  try {
    await promisify(execFile)(command, args, { cwd: '/' });
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true });
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
    throw new Trouble(
      `Postgres could not make its data folder ${cluster} (${words || String(error)}): check that the disk has room and the folder can be written, or set COUNTERSIGN_DATA to another folder.`,
    );
  }
}

/** Stops a postmaster that outlived its supervisor, and only when it is this program on this folder. */
export async function stopLeftoverPostgres(folder: string): Promise<void> {
  const cluster = path.join(folder, 'cluster');
  const program = postgresPrograms().postgres;
  const pidFile = path.join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!(pid > 0) || !isRunning(pid)) return;
  const ours = path.basename(programOf(pid)) === path.basename(program) && commandLine(pid).includes(cluster);
  if (ours) await stopProcess(pid, STOP);
}

/** A zombie may hold the lock of a killed postmaster for a second or two, so a first refusal is not the last word. */
async function ready(url: string, child: ChildProcess, options: PostgresOptions): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
    try {
      await sql`select 1`;
      return;
    } catch {
      await pause(40);
    } finally {
      await sql.end({ timeout: 1 }).catch(() => undefined);
    }
  }
  throw new Trouble(
    `Postgres did not start (${lastLines(options.log)}): see ${options.log}, or set DATABASE_URL to a Postgres 15 or newer.`,
  );
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 2 });
  }
}
