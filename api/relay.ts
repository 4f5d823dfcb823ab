import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { clearNudge, stuckRuns, takeNudges } from '../db/commands/nudges.js';
import type { Db } from '../db/connect.js';
import { isTrackKey, tracks } from '../workflows/domain/tracks.js';
import { Breaker } from './breaker.js';

export type RelayOptions = {
  db: Db;
  client: Client;
  taskQueue: string;
  log: Logger;
  /** How often what is left is swept, in milliseconds. */
  sweepMs?: number;
  /** How long an open run may stand still before it is looked at, and how often that is done. */
  idleMs?: number;
};

/** Tells Temporal "look at run X", after the commit and never on a request's way. */
export type Relay = {
  /** Something was committed: send what is asked for, at once. Returns immediately. */
  wake: () => void;
  start: () => void;
  stop: () => Promise<void>;
  /** Whether Temporal answered last. */
  reachable: () => boolean;
};

type Run = { run: string; track: string };

const batch = 50;
const callMs = 5_000;

/** The outbox's relay and the reconciler. Every nudge is repeatable: the workflow only reads the record. */
export function createRelay({ db, client, taskQueue, log, sweepMs = 3_000, idleMs = 120_000 }: RelayOptions): Relay {
  const breaker = new Breaker();
  let stopped = true;
  let again = false;
  let pumping: Promise<void> | undefined;
  let reconciling: Promise<void> | undefined;
  let reconcileAll = true;
  const timers: NodeJS.Timeout[] = [];

  /** The workflow's id is the run's: one that runs is told, one that is gone or closed starts afresh. */
  async function look({ run, track }: Run): Promise<void> {
    if (!isTrackKey(track)) throw new Error(`No workflow for the track ${track}.`);
    await client.connection.withDeadline(Date.now() + callMs, () =>
      client.workflow.signalWithStart(tracks[track].workflow, {
        workflowId: run,
        taskQueue,
        args: [],
        signal: 'look',
        signalArgs: [],
      }),
    );
  }

  async function send(nudge: Run & { asked: number }): Promise<boolean> {
    try {
      await look(nudge);
      if (breaker.succeeded()) reconcileAll = true;
      await clearNudge(db, { run: nudge.run, asked: nudge.asked });
      return true;
    } catch (error) {
      if (breaker.failed()) log.warn({ err: error }, 'Temporal is not answering; approvals go on and are sent later');
      return false;
    }
  }

  async function pump(): Promise<void> {
    do {
      again = false;
      if (!breaker.mayTry()) return;
      // With the breaker half open one nudge is the probe.
      const nudges = await takeNudges(db, { limit: breaker.isOpen ? 1 : batch, olderMs: sweepMs });
      const sent = await Promise.all(nudges.map(send));
      if (nudges.length === batch && sent.some(Boolean)) again = true;
    } while (again && !stopped);
  }

  function wake(): void {
    again = true;
    if (stopped || pumping !== undefined) return;
    pumping = pump()
      .catch((error: unknown) => log.warn({ err: error }, 'the relay could not read the outbox'))
      .finally(() => {
        pumping = undefined;
        if (again && breaker.mayTry()) wake();
      });
  }

  async function isRunning(run: string): Promise<boolean> {
    try {
      const { status } = await client.connection.withDeadline(Date.now() + callMs, () =>
        client.workflow.getHandle(run).describe(),
      );
      return status.name === 'RUNNING';
    } catch (error) {
      if (error instanceof Error && error.name === 'WorkflowNotFoundError') return false;
      throw error;
    }
  }

  /** One batch, least recently looked at first; after a start or an outage batch after batch until all have been seen. */
  async function reconcile(): Promise<void> {
    const all = reconcileAll;
    const seen = new Set<string>();
    while (breaker.mayTry()) {
      const runs = await stuckRuns(db, { limit: batch, idleMs: all ? 0 : idleMs });
      const fresh = runs.filter((run) => !seen.has(run.run));
      for (const run of fresh) {
        seen.add(run.run);
        try {
          if (!(await isRunning(run.run))) await look(run);
          breaker.succeeded();
        } catch (error) {
          breaker.failed();
          throw error;
        }
      }
      if (!all || stopped) return;
      if (fresh.length === 0) {
        reconcileAll = false;
        return;
      }
    }
  }

  function sweep(): void {
    wake();
    if (reconcileAll) runReconcile();
  }

  function runReconcile(): void {
    reconciling ??= reconcile()
      .catch((error: unknown) => log.debug({ err: error }, 'the reconciler waits'))
      .finally(() => {
        reconciling = undefined;
      });
  }

  return {
    wake,
    start: () => {
      stopped = false;
      timers.push(setInterval(sweep, sweepMs), setInterval(runReconcile, idleMs / 4));
      sweep();
    },
    stop: async () => {
      stopped = true;
      timers.splice(0).forEach(clearInterval);
      await Promise.allSettled([pumping, reconciling]);
    },
    reachable: () => !breaker.isOpen,
  };
}
