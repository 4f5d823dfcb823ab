import { z } from 'zod';
import type { Db } from '../connect.js';
import { ask } from './refuse.js';

const nudgeSchema = z.object({ run: z.uuid(), asked: z.int(), track: z.string() });
export type Nudge = z.infer<typeof nudgeSchema>;

/** Takes nudges that nobody has taken, and those taken longer than `olderMs` ago and never cleared. */
export async function takeNudges(db: Db, { limit, olderMs }: { limit: number; olderMs: number }): Promise<Nudge[]> {
  const answer = await ask(
    db.sql`select take_nudges(${limit}::int, ${olderMs}::int) as answer`,
    z.object({ nudges: z.array(nudgeSchema) }),
  );
  return answer.nudges;
}

/** Clears the nudge that was sent; a newer one stays. */
export async function clearNudge(db: Db, { run, asked }: { run: string; asked: number }): Promise<boolean> {
  const answer = await ask(
    db.sql`select clear_nudge(${run}::uuid, ${asked}::bigint) as answer`,
    z.object({ cleared: z.boolean() }),
  );
  return answer.cleared;
}

const stuckSchema = z.object({ run: z.uuid(), track: z.string() });

/** Open runs that have neither moved nor been looked at for `idleMs`; marks them as looked at. */
export async function stuckRuns(
  db: Db,
  { limit, idleMs }: { limit: number; idleMs: number },
): Promise<z.infer<typeof stuckSchema>[]> {
  const answer = await ask(
    db.sql`select stuck_runs(${limit}::int, ${idleMs}::int) as answer`,
    z.object({ runs: z.array(stuckSchema) }),
  );
  return answer.runs;
}
