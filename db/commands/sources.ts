import { z } from 'zod';
import type { Db } from '../connect.js';
import { json, type Json } from './json.js';
import { ask, doneSchema } from './refuse.js';
import { keyOf, tokenOf, type Actor } from './start-run.js';

export type AddSource = {
  actor: Actor;
  source: {
    id: string;
    kind: string;
    name: string;
    mediaType: string;
    sha256: string;
    bytes: number;
    reading?: Json;
  };
};

/** Records a file that is already in the file store. */
export function addSource(db: Db, { actor, source }: AddSource): Promise<{ id: string }> {
  return ask(
    db.sql`select add_source(${tokenOf(actor)}::text, ${keyOf(actor)}::uuid, ${json(db, source)}::jsonb) as answer`,
    z.object({ id: z.uuid() }),
  );
}

/** Adds a screenshot to a run that is under way; the same one again changes nothing. */
export function addRunSource(
  db: Db,
  { token, run, source }: { token: string; run: string; source: string },
): Promise<z.infer<typeof doneSchema>> {
  return ask(db.sql`select add_run_source(${token}::text, ${run}::uuid, ${source}::uuid) as answer`, doneSchema);
}

const erasedSchema = z.object({ sha256: z.string(), lastOfItsBytes: z.boolean() });

/** Makes a source a tombstone. The caller removes the file where no other source holds the same bytes. */
export function eraseSource(
  db: Db,
  { token, id, reason }: { token: string; id: string; reason: string },
): Promise<z.infer<typeof erasedSchema>> {
  return ask(db.sql`select erase_source(${token}::text, ${id}::uuid, ${reason}::text) as answer`, erasedSchema);
}

/** Stores what a machine recognised of a document's pictures, once and before anything is drafted from it. */
export function putRecognised(db: Db, { source, reading }: { source: string; reading: Json }): Promise<unknown> {
  return ask(
    db.sql`select put_recognised(${source}::uuid, ${json(db, reading)}::jsonb) as answer`,
    z.object({ ok: z.literal(true) }),
  );
}
