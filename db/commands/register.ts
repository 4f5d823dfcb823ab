import { z } from 'zod';
import type { Db } from '../connect.js';
import { ask, doneSchema } from './refuse.js';

export type RemindContract = { run: string; term: number; threshold: number; lastSafeDay: string };

/** Says that a reminder went out; `inserted` is false where it had before. */
export function remindContract(db: Db, a: RemindContract): Promise<{ inserted: boolean }> {
  return ask(
    db.sql`select remind_contract(${a.run}::uuid, ${a.term}::int, ${a.threshold}::int, ${a.lastSafeDay}::text) as answer`,
    z.object({ inserted: z.boolean() }),
  );
}

/** Makes the calendar link of the person asking; one made before stops working. */
export function makeCalendarLink(
  db: Db,
  { token, id, tokenDigest }: { token: string; id: string; tokenDigest: string },
): Promise<{ id: string }> {
  return ask(
    db.sql`select make_calendar_link(${token}::text, ${id}::uuid, ${tokenDigest}::text) as answer`,
    z.object({ id: z.uuid() }),
  );
}

/** Makes the calendar link of the person asking worth nothing. */
export function revokeCalendarLink(db: Db, { token }: { token: string }): Promise<z.infer<typeof doneSchema>> {
  return ask(db.sql`select revoke_calendar_link(${token}::text) as answer`, doneSchema);
}
