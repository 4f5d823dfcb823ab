import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** True while a process of this id runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return processState(pid) !== 'Z';
}

function processState(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0];
  } catch {
    return undefined;
  }
}

/** When a process began, in whatever form the system tells it. */
export function startMark(pid: number): string {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** The whole command line of a process, or '' where it cannot be known: a pid alone may have been given to another. */
export function commandLine(pid: number): string {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  } catch {
    return '';
  }
}

/** The program a process runs, following /proc where it exists. */
export function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch {
    return commandLine(pid).split(' ')[0] ?? '';
  }
}

/** Sends the first signal, then each next one when its time is up; true once the process has gone. */
export async function stopProcess(pid: number, signals: [NodeJS.Signals, number][]): Promise<boolean> {
  for (const [signal, withinMs] of signals) {
    try {
      process.kill(pid, signal);
    } catch {
      return true;
    }
    if (await goneWithin(pid, withinMs)) return true;
  }
  return !isRunning(pid);
}

async function goneWithin(pid: number, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) if (!isRunning(pid)) return true;
  return !isRunning(pid);
}

/**
 * Starts a process in a session of its own, so that Ctrl-C reaches the supervisor alone, which then stops its
 * children in order. What it prints goes to the log file.
 */
export function startProcess(
  command: string,
  args: string[],
  options: { log: string; env?: NodeJS.ProcessEnv; cwd?: string; leash?: boolean },
): ChildProcess {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = openSync(options.log, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      detached: true,
      cwd: options.cwd,
      env: options.env,
      stdio: options.leash ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    });
    remember(child);
    return child;
  } finally {
    closeSync(log);
  }
}

const started = new Set<ChildProcess>();
let remembering = false;

/** However this process ends, short of kill -9, what it started is asked to end too. SIGINT is each one's clean stop. */
function remember(child: ChildProcess): void {
  if (!remembering) {
    remembering = true;
    process.once('exit', () => {
      for (const running of started) running.kill('SIGINT');
    });
  }
  started.add(child);
  child.once('exit', () => started.delete(child));
}

/** The last lines of a log, for a message about a program that would not start. */
export function lastLines(file: string, count = 3): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join(' / ');
  } catch {
    return 'nothing in its log';
  }
}
