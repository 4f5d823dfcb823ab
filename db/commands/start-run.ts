import { z } from 'zod';
import type { AskedDrafter } from '../../workflows/domain/drafters.js';
import { runStates } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';
import { json, type Json } from './json.js';
import { ask } from './refuse.js';

/** Who starts something: a signed-in person by session token, or an API key by its id, already verified. */
export type Actor = { token: string } | { keyId: string };

export const tokenOf = (actor: Actor): string | null => ('token' in actor ? actor.token : null);
export const keyOf = (actor: Actor): string | null => ('keyId' in actor ? actor.keyId : null);

export type StartRun = {
  actor: Actor;
  run: {
    id: string;
    track: string;
    title: string;
    slug: string;
    input?: Json;
    sample?: boolean;
    /** Absent: whichever the server uses by itself. */
    drafter?: AskedDrafter;
  };
  sourceIds: readonly string[];
  /** Null where the caller asks for no idempotency. */
  idempotencyKey: string | null;
  bodySha256: string;
};
const startedSchema = z.object({ id: z.uuid(), state: z.enum(runStates), replayed: z.boolean() });
export type Started = z.infer<typeof startedSchema>;

/** Starts a run, once per key: run, sources, event and nudge in one statement. */
export function startRun(db: Db, { actor, run, sourceIds, idempotencyKey, bodySha256 }: StartRun): Promise<Started> {
  return ask(
    db.sql`select start_run(${tokenOf(actor)}::text, ${keyOf(actor)}::uuid, ${json(db, run)}::jsonb,
      ${[...sourceIds]}::uuid[], ${idempotencyKey}::text, ${bodySha256}::text) as answer`,
    startedSchema,
  );
}
