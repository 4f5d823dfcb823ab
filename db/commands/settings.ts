import { z } from 'zod';
import type { Db } from '../connect.js';
import { json, type Json } from './json.js';
import { ask, doneSchema } from './refuse.js';

/** Writes one setting: `policy:<track>`, `time-zone`, `organisation`, … The caller has checked the value. */
export function putSetting(
  db: Db,
  { token, key, value }: { token: string; key: string; value: Json },
): Promise<z.infer<typeof doneSchema>> {
  return ask(db.sql`select put_setting(${token}::text, ${key}::text, ${json(db, value)}::jsonb) as answer`, doneSchema);
}

/** Adds a version of the team's format for SOPs to the one that the person saw. The caller has checked the sections. */
export function putSopTemplate(
  db: Db,
  { token, base, sections }: { token: string; base: number; sections: Json },
): Promise<{ version: number }> {
  return ask(
    db.sql`select put_sop_template(${token}::text, ${base}::int, ${json(db, sections)}::jsonb) as answer`,
    z.object({ version: z.int() }),
  );
}

export type PutTarget = {
  token: string;
  target: { id: string; kind: 'folder' | 'git'; name: string; address: string; track: string; active: boolean };
};

/** Makes or changes a target. What was approved for the old address goes back to review. */
export function putTarget(db: Db, { token, target }: PutTarget): Promise<{ id: string }> {
  return ask(
    db.sql`select put_target(${token}::text, ${json(db, target)}::jsonb) as answer`,
    z.object({ id: z.uuid() }),
  );
}
