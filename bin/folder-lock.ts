import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isRunning, startMark } from './processes.js';
import { Trouble } from './trouble.js';

const Standing = z.object({
  pid: z.number(),
  /** When the process began, as the system tells it: a pid may be given to another. */
  mark: z.string(),
  port: z.number().optional(),
  postgresPort: z.number().optional(),
  temporalAddress: z.string().optional(),
});
export type Standing = z.infer<typeof Standing>;
export type FolderLock = { note: (more: Partial<Standing>) => void; release: () => void };

const fileOf = (data: string) => path.join(data, 'run', 'supervisor.json');

/** Who runs over this data folder now, or null. */
export function runningOver(data: string): Standing | null {
  const standing = read(fileOf(data));
  return standing && isRunning(standing.pid) && startMark(standing.pid) === standing.mark ? standing : null;
}

/** Takes the data folder for this process. A killed holder's lock is set aside, by one taker only. */
export function lockFolder(data: string): FolderLock {
  const file = fileOf(data);
  mkdirSync(path.dirname(file), { recursive: true });
  let mine: Standing = { pid: process.pid, mark: startMark(process.pid) };
  for (let tries = 0; ; tries++) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || tries > 3) throw error;
    }
    const holder = runningOver(data);
    if (holder) {
      const where = holder.port === undefined ? '' : `, on port ${holder.port}`;
      throw new Trouble(
        `Countersign already runs over ${data} (process ${holder.pid}${where}): stop that one first, or set COUNTERSIGN_DATA to another folder.`,
      );
    }
    setAside(file);
  }
  return {
    note: (more) => {
      mine = { ...mine, ...more };
      writeFileSync(`${file}.new`, JSON.stringify(mine), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    release: () => {
      if (read(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

/** Renaming succeeds for one of several who see the same stale lock; the others find the new holder's. */
function setAside(file: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    const taken = read(aside);
    // Another took the folder between our look and our move: give it back.
    if (taken && isRunning(taken.pid) && startMark(taken.pid) === taken.mark) renameSync(aside, file);
    else rmSync(aside, { force: true });
  } catch {
    // Someone else moved it first.
  }
}

function read(file: string): Standing | null {
  try {
    return Standing.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
