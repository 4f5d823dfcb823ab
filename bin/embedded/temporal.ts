import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { freePort } from '../ports.js';
import { commandLine, isRunning, lastLines, startProcess, stopProcess } from '../processes.js';
import { Trouble } from '../trouble.js';

export type RunningTemporal = { address: string; pid: number; child: ChildProcess; stop: () => Promise<boolean> };
export type TemporalOptions = { binary: string; folder: string; log: string; wishedPort?: number; namespace?: string };

const STOP: [NodeJS.Signals, number][] = [
  ['SIGTERM', 2500],
  ['SIGKILL', 500],
];

/** Starts Temporal's development server over one SQLite file, on loopback, after stopping a leftover over the same file. */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  mkdirSync(options.folder, { recursive: true });
  const file = path.join(options.folder, 'temporal.db');
  await stopLeftoverTemporal(options.folder);
  const port = await freePort(options.wishedPort);
  const http = await freePort();
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)];
  const store = ['--http-port', String(http), '--db-filename', file];
  // Without WAL a decision waits for three times as many flushes of the disk.
  const pragmas = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
  const rest = ['--namespace', options.namespace ?? 'default', '--log-level', 'error'];
  const child = startProcess(options.binary, [...args, ...store, ...pragmas, ...rest], {
    log: options.log,
    cwd: options.folder,
  });
  const pid = child.pid ?? 0;
  writeFileSync(pidFileOf(options.folder), String(pid));
  const address = `127.0.0.1:${port}`;
  await ready(address, options, child);
  return { address, pid, child, stop: () => stopProcess(pid, STOP) };
}

const pidFileOf = (folder: string) => path.join(folder, 'temporal.pid');

/** Stops a server that outlived its supervisor, and only when it is the one over this folder's file. */
export async function stopLeftoverTemporal(folder: string): Promise<void> {
  if (!existsSync(pidFileOf(folder))) return;
  const pid = Number(readFileSync(pidFileOf(folder), 'utf8'));
  const ours = pid > 0 && isRunning(pid) && commandLine(pid).includes(path.join(folder, 'temporal.db'));
  if (ours) await stopProcess(pid, STOP);
}

async function ready(address: string, options: TemporalOptions, child: ChildProcess): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (await temporalAnswers(address, options.namespace ?? 'default', 2000)) return;
    await pause(60);
  }
  throw new Trouble(
    `Temporal did not start (${lastLines(options.log)}): see ${options.log}, or set TEMPORAL_ADDRESS to a Temporal server.`,
  );
}

/** True when the server at this address knows the namespace. */
export async function temporalAnswers(address: string, namespace: string, withinMs: number): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: withinMs });
    await connection.withDeadline(Date.now() + withinMs, async () => {
      await connection?.workflowService.describeNamespace({ namespace });
    });
    return true;
  } catch {
    return false;
  } finally {
    await connection?.close().catch(() => undefined);
  }
}
