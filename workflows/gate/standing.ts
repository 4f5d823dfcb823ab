import type { AskedDrafter } from '../domain/drafters.js';
import type { RunState } from '../domain/states.js';

/**
 * Where the record says a run stands: ids, enumerations and waits in milliseconds, never text, because
 * this is what a history keeps. Waits are counted from the moment of the answer and already scaled.
 */
export type Standing = {
  state: RunState;
  round: number;
  /** Which drafter a person asked for; a change stops the drafting under way. */
  drafter: AskedDrafter;
  /** How often a person asked to try the drafting again. */
  retries: number;
  /** The newest version that counts, and the round it was written in. */
  version: number | null;
  versionRound: number | null;
  /** The review of this round, once it is open. */
  reviewId: string | null;
  remindInMs: number | null;
  dueInMs: number | null;
  /** The decision that stands, and how long it can still be undone. */
  decisionId: string | null;
  graceInMs: number;
  /** How long to wait before the next try at a delivery. */
  retryInMs: number;
  /** A delivery waits that is slow or leads to another machine. Absent in histories of 0.1.0. */
  far?: boolean;
  /** A person found that a delivery had arrived, and its receipt is not written yet. */
  receiptless: boolean;
  /** Notices of this run wait to be mailed. */
  mail: boolean;
};

/** The moments of a review at which a notice goes out; nothing is decided at either. */
export type Moment = 'reminder' | 'due';

/** What the workflow asks a drafting activity for. */
export type DraftRequest = { run: string; round: number; drafter: AskedDrafter };

/** What it is told: a version is stored, or a person has to move first. */
export type DraftAnswer = { outcome: 'stored' | 'stopped' };

/** What the workflow asks the publish activity for. */
export type PublishRequest = { run: string; decision: string };
