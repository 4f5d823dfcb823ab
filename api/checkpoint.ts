import type { Logger } from 'pino';
import type { Db } from '../db/connect.js';
import { checkpoints } from '../db/queries/record.js';
import { seal } from '../db/record.js';
import type { Signer } from './signing.js';

const dayMs = 24 * 60 * 60 * 1000;
const lookMs = 15 * 60 * 1000;

/** Seals the record at the start where the last checkpoint is older than a day, then daily. Answers how to stop. */
export function sealDaily(deps: { db: Db; signer: Signer; data: string; log: Logger }): () => void {
  const look = async () => {
    const last = (await checkpoints(deps.db)).at(-1);
    if (last !== undefined && Date.now() - Date.parse(last.at) < dayMs) return;
    const made = await seal(deps.db, { sealer: deps.signer, dataFolder: deps.data });
    if (made !== undefined) deps.log.info({ number: made.number }, 'The record is sealed.');
  };
  const run = () => void look().catch((error: unknown) => deps.log.warn({ err: error }, 'The record was not sealed.'));
  run();
  const timer = setInterval(run, lookMs);
  return () => clearInterval(timer);
}
