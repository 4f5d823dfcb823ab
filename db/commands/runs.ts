import { z } from 'zod';
import type { AskedDrafter } from '../../workflows/domain/drafters.js';
import { runStates } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';
import { ask } from './refuse.js';

const movedSchema = z.object({ state: z.enum(runStates) });
export type Moved = z.infer<typeof movedSchema>;
type WithReason = { token: string; run: string; reason: string };

/** Ends a run that has sent nothing out. */
export function withdrawRun(db: Db, { token, run, reason }: WithReason): Promise<Moved> {
  return ask(db.sql`select withdraw_run(${token}::text, ${run}::uuid, ${reason}::text) as answer`, movedSchema);
}

/** Lets a drafter at a run that a do-not-delegate rule had kept. */
export function releaseRun(db: Db, { token, run, reason }: WithReason): Promise<Moved> {
  return ask(db.sql`select release_run(${token}::text, ${run}::uuid, ${reason}::text) as answer`, movedSchema);
}

/** Drafts again after trouble. */
export function retryRun(
  db: Db,
  { token, run, drafter }: { token: string; run: string; drafter: AskedDrafter },
): Promise<Moved> {
  return ask(db.sql`select retry_run(${token}::text, ${run}::uuid, ${drafter}::text) as answer`, movedSchema);
}

/** Opens a new round of a published run. */
export function openRepair(db: Db, { token, run, reason }: WithReason): Promise<Moved & { round: number }> {
  return ask(
    db.sql`select open_repair(${token}::text, ${run}::uuid, ${reason}::text) as answer`,
    movedSchema.extend({ round: z.int() }),
  );
}
