import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A worker in a process of its own, as the product runs it. */
export type WorkerProcess = { rssMb(): number; stop(): Promise<void> };

export function startWorkerProcess(file: string, env: Record<string, string>): WorkerProcess {
  const { PATH = '', HOME = '' } = globalThis.process.env;
  const child: ChildProcess = spawn(process.execPath, [file], {
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const over = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    rssMb: () => residentMb(child.pid),
    stop: async () => {
      child.kill('SIGTERM');
      await over;
    },
  };
}

/** Resident memory by /proc; 0 where there is none. */
function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
