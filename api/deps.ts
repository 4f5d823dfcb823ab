import type { Logger } from 'pino';
import type { Db } from '../db/connect.js';
import type { Auth } from './auth.js';
import type { DrafterFeature } from './contract/me.js';
import type { Changes } from './events.js';
import type { SignInLimit } from './rate-limit.js';
import type { Relay } from './relay.js';
import type { Signer } from './signing.js';

/** What the routes work with; main.ts makes it, tests bring their own. */
export type Deps = {
  db: Db;
  auth: Auth;
  signer: Signer;
  /** Sends nudges; only `wake` is used by routes. */
  relay: Pick<Relay, 'wake'>;
  changes: Pick<Changes, 'subscribe'>;
  signInLimit: SignInLimit;
  log: Logger;
  publicUrl: string;
  /** The data folder: files, incoming uploads, published targets. */
  data: string;
  /** Where programs are looked for; only whether git is there is asked. */
  searchPath?: string;
  timeZone: string;
  /** What drafts by itself, and all that can be asked for by name. */
  drafter: DrafterFeature;
  version: string;
  /** Whether Temporal answered last, and whether a worker is polling. */
  engine: { temporal: () => Promise<boolean>; worker: () => Promise<boolean> };
  /** Built reader for uploads; the one beside the program where absent. */
  readerFile?: string | undefined;
  /** Built program that unpacks a ZIP; the one beside the program where absent. */
  unzipperFile?: string | undefined;
};
