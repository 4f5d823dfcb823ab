import { z } from 'zod';
import type { Db } from '../connect.js';
import { json, type Json } from './json.js';
import { ask, doneSchema } from './refuse.js';

export type MakeNotice = {
  id: string;
  template: string;
  user: string;
  run: string | null;
  /** One notice per person and key. */
  onceKey: string;
  /** Ids, dates, members' names, published values. */
  values: Json;
};

/** Makes a notice unless this person has it already. */
export function makeNotice(db: Db, a: MakeNotice): Promise<{ inserted: boolean }> {
  return ask(
    db.sql`select make_notice(${a.id}::uuid, ${a.template}::text, ${a.user}::uuid, ${a.run}::uuid, ${a.onceKey}::text,
      ${json(db, a.values)}::jsonb) as answer`,
    z.object({ inserted: z.boolean() }),
  );
}

/** Takes a notice to mail it; `taken` is false where somebody else did. */
export function takeMail(db: Db, { id, trouble }: { id: string; trouble: string }): Promise<{ taken: boolean }> {
  return ask(db.sql`select take_mail(${id}::uuid, ${trouble}::text) as answer`, z.object({ taken: z.boolean() }));
}

/** Says that a notice was mailed, or (`trouble`) why it was not. */
export function markMailed(
  db: Db,
  { id, trouble }: { id: string; trouble: string | null },
): Promise<z.infer<typeof doneSchema>> {
  return ask(db.sql`select mark_mailed(${id}::uuid, ${trouble}::text) as answer`, doneSchema);
}

/** Marks one's own notice read. */
export function readNotice(db: Db, { token, id }: { token: string; id: string }): Promise<z.infer<typeof doneSchema>> {
  return ask(db.sql`select read_notice(${token}::text, ${id}::uuid) as answer`, doneSchema);
}
