import type { Db } from '../db/connect.js';
import type { Mailer } from './notices/mailer.js';
import type { Targets } from './targets/index.js';

/** What the shared steps work with; given once, when the worker starts. */
export type GateDeps = {
  db: Db;
  /** The data folder. */
  data: string;
  targets: Targets;
  /** Absent where no mail server is set: notices are in the app only. */
  mailer?: Mailer;
  /** Where links in mails lead. */
  publicUrl: string;
  timeZone: string;
  /** How many times faster than the clock reviews fall due. */
  timeScale: number;
  log: Log;
};

export type Log = {
  info(facts: object, words: string): void;
  warn(facts: object, words: string): void;
  error(facts: object, words: string): void;
};
