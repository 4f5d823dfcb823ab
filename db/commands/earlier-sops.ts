import { z } from 'zod';
import type { Db } from '../connect.js';
import { ask, doneSchema } from './refuse.js';

export type EarlierSopEntry = {
  token: string;
  id: string;
  title: string;
  elapsedMinutes: number;
  activeMinutes: number | null;
  note: string;
};

/** Enters an SOP from before with the times somebody states. The same id again changes nothing. */
export function addEarlierSop(db: Db, a: EarlierSopEntry): Promise<{ id: string }> {
  return ask(
    db.sql`select add_earlier_sop(${a.token}::text, ${a.id}::uuid, ${a.title}::text, ${a.elapsedMinutes}::int,
      ${a.activeMinutes}::int, ${a.note}::text) as answer`,
    z.object({ id: z.uuid() }),
  );
}

/** Takes an entry out of the figures; the row stays. */
export function removeEarlierSop(
  db: Db,
  { token, id }: { token: string; id: string },
): Promise<z.infer<typeof doneSchema>> {
  return ask(db.sql`select remove_earlier_sop(${token}::text, ${id}::uuid) as answer`, doneSchema);
}
