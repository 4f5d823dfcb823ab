import { setTimeout as pause } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';

/** Something that runs as a process of its own. */
export type Running = { pid: number; child: ChildProcess; stop: () => Promise<boolean> };
export type Keeper<T extends Running> = { current: () => T; restart: () => Promise<void>; stop: () => Promise<void> };

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
const SETTLED_AFTER_MS = 30_000;

/** Starts a process and starts it again whenever it ends by itself, waiting longer each time that it ends soon. */
export async function keep<T extends Running>(
  name: string,
  launch: () => Promise<T>,
  told: { say: (line: string) => void; again?: (now: T, before: T) => Promise<void> },
): Promise<Keeper<T>> {
  let current = await launch();
  let stopping = false;
  let wait = FIRST_WAIT_MS;
  const watch = (running: T) => {
    const began = Date.now();
    const ended = () => {
      if (stopping || running !== current) return;
      if (Date.now() - began > SETTLED_AFTER_MS) wait = FIRST_WAIT_MS;
      void relaunch(running);
    };
    if (running.child.exitCode !== null || running.child.signalCode !== null) ended();
    else running.child.once('exit', ended);
  };
  const relaunch = async (before: T) => {
    const { exitCode, signalCode } = before.child;
    told.say(`${name} ended (${signalCode ?? `code ${exitCode}`}); starting it again.`);
    while (!stopping) {
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      if (stopping) return;
      try {
        const now = await launch();
        if (stopping) return void (await now.stop());
        current = now;
        watch(now);
        await told.again?.(now, before);
        return;
      } catch (error) {
        if (!stopping) told.say(error instanceof Error ? error.message : String(error));
      }
    }
  };
  watch(current);
  return {
    current: () => current,
    // Ending it is enough: it is started again like one that ended by itself.
    restart: async () => void (await current.stop()),
    stop: async () => {
      stopping = true;
      await current.stop();
    },
  };
}
