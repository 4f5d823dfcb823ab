import { z } from 'zod';
import type { Logger } from 'pino';
import type { Db } from '../db/connect.js';

/** What goes out: which run changed, or that people or settings did. Never what. */
export type Change = { run: string } | { scope: 'people' | 'settings' };

const message = z.union([z.object({ run: z.uuid() }), z.object({ scope: z.enum(['people', 'settings']) })]);

export type Changes = {
  /** Calls back for every change until the answer is called. */
  subscribe: (listener: (change: Change) => void) => () => void;
  stop: () => Promise<void>;
};

/** One LISTEN for the whole process, handed out to every open page. postgres.js listens again after an outage. */
export async function listenForChanges(db: Db, log: Logger): Promise<Changes> {
  const listeners = new Set<(change: Change) => void>();
  const listening = await db.sql.listen('countersign', (text) => {
    const parsed = message.safeParse(JSON.parse(text));
    if (!parsed.success) return log.warn('a notification was not understood');
    for (const listener of listeners) listener(parsed.data);
  });
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      listeners.clear();
      await listening.unlisten().catch(() => undefined);
    },
  };
}
