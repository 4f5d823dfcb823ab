import { z } from 'zod';
import { publicationStates, runStates } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';
import { json } from './json.js';
import { ask, doneSchema } from './refuse.js';

const state = z.enum(publicationStates);
const reservedSchema = z.object({
  /** True: the approved address no longer holds; the run is back in review, in a new round. */
  addressChanged: z.boolean(),
  publications: z.array(
    z.object({ id: z.uuid(), state, address: z.string(), targetId: z.uuid(), renditionSha256: z.string() }),
  ),
});

export type ReservePublication = {
  run: string;
  decision: string;
  /** Ids for exactly the approved renditions. `address` is the target's address, a slash, and the path. */
  publications: readonly { id: string; renditionSha256: string; targetId: string; address: string }[];
};

/** Takes the right to deliver what was approved, once; a repetition answers the rows there are. */
export function reservePublication(db: Db, a: ReservePublication): Promise<z.infer<typeof reservedSchema>> {
  return ask(
    db.sql`select reserve_publication(${a.run}::uuid, ${a.decision}::uuid, ${json(db, a.publications)}::jsonb) as answer`,
    reservedSchema,
  );
}

const begunSchema = reservedSchema.extend({
  begun: z.array(z.object({ id: z.uuid(), state, attempts: z.int() })),
});

/** Reserves, and counts the first try at each target of `tried`, in one statement: nothing lies between but a round trip. */
export function reserveAndBegin(
  db: Db,
  a: ReservePublication & { tried: readonly string[] },
): Promise<z.infer<typeof begunSchema>> {
  return ask(
    db.sql`
      with reserved as materialized (
        select reserve_publication(${a.run}::uuid, ${a.decision}::uuid, ${json(db, a.publications)}::jsonb) as answer)
      select answer || jsonb_build_object('begun', (
               select coalesce(jsonb_agg(begin_delivery((p ->> 'id')::uuid) || jsonb_build_object('id', p ->> 'id')), '[]')
                 from jsonb_array_elements(answer -> 'publications') p
                where ${json(db, a.tried)}::jsonb ? (p ->> 'targetId'))) as answer
        from reserved`,
    begunSchema,
  );
}

/** What the worker found wrong before anything was delivered: the run goes back to review, in a new round. */
export function refusePublication(
  db: Db,
  { run, decision, code }: { run: string; decision: string; code: string },
): Promise<{ round: number }> {
  return ask(
    db.sql`select refuse_publication(${run}::uuid, ${decision}::uuid, ${code}::text) as answer`,
    z.object({ round: z.int() }),
  );
}

/** Counts one try. Deliver only where the answer's state is `delivering`. */
export function beginDelivery(
  db: Db,
  { publication }: { publication: string },
): Promise<{ state: z.infer<typeof state>; attempts: number }> {
  return ask(db.sql`select begin_delivery(${publication}::uuid) as answer`, z.object({ state, attempts: z.int() }));
}

export type SettlePublication = { publication: string } & (
  { state: 'published'; receipt: string; receiptPath: string } | { state: 'uncertain' | 'failed'; trouble: string }
);
const settledSchema = z.object({ state, runState: z.enum(runStates) });

/** Says how a delivery ended; the same again changes nothing. */
export function settlePublication(db: Db, a: SettlePublication): Promise<z.infer<typeof settledSchema>> {
  const arrived = a.state === 'published' ? a : undefined;
  const trouble = a.state === 'published' ? null : a.trouble;
  return ask(
    db.sql`select settle_publication(${a.publication}::uuid, ${a.state}::text, ${arrived?.receipt ?? null}::text,
      ${arrived?.receiptPath ?? null}::text, ${trouble}::text) as answer`,
    settledSchema,
  );
}

export type ResolvePublication = {
  token: string;
  publication: string;
  resolution: 'arrived' | 'send-again';
  reason: string;
};

/** A person says what became of an uncertain delivery, or has a failed one sent again. */
export function resolvePublication(db: Db, a: ResolvePublication): Promise<z.infer<typeof doneSchema>> {
  return ask(
    db.sql`select resolve_publication(${a.token}::text, ${a.publication}::uuid, ${a.resolution}::text,
      ${a.reason}::text) as answer`,
    doneSchema,
  );
}
