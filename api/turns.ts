import { availableParallelism, totalmem } from 'node:os';

/** Waits until there is room, then works. `who` is whoever asked. */
export type Turns = <T>(who: string, work: () => Promise<T>) => Promise<T>;

/**
 * At most so many at once. Whoever waits is taken in a round, one piece of work each, so that forty files of one person
 * do not stand before the single file of another; the files of one person go in their order.
 */
export function createTurns(most: number): Turns {
  const waiting = new Map<string, (() => void)[]>();
  let going = 0;
  const next = (): void => {
    if (going >= most) return;
    for (const [who, queue] of waiting) {
      const begin = queue.shift();
      waiting.delete(who);
      if (queue.length > 0) waiting.set(who, queue);
      if (begin === undefined) continue;
      going += 1;
      begin();
      return;
    }
  };
  return async (who, work) => {
    const queue = waiting.get(who) ?? [];
    const begun = new Promise<void>((resolve) => queue.push(resolve));
    waiting.set(who, queue);
    next();
    await begun;
    try {
      return await work();
    } finally {
      going -= 1;
      next();
    }
  };
}

const gigabyte = 1024 ** 3;

/**
 * How many readers at once: as many as there are cores, at least two and at most four, and never so many that they
 * could take half of the memory; each may take half a gigabyte.
 */
export function readersAtOnce(cores = availableParallelism(), memory = memoryHere()): number {
  const byMemory = Math.floor(memory / gigabyte);
  return Math.max(1, Math.min(4, Math.max(2, cores), byMemory));
}

/** What this process may use: less than the machine has, where it runs in a box. */
function memoryHere(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
