import { z } from 'zod';
import { decisions as verbs } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';
import { optional, person, personSql, time } from './shapes.js';

export const decisionSchema = z.object({
  id: z.uuid(),
  reviewId: z.uuid(),
  decision: z.enum(verbs),
  reason: optional(z.string()),
  by: person,
  decidedAt: z.string(),
  singlePerson: z.boolean(),
  outcome: optional(z.enum(['as-drafted', 'with-edits'])),
  keptShare: optional(z.coerce.number()),
  subjectDigest: z.string(),
  signature: z.string(),
  keyId: z.string(),
  /** Absent where there is no grace. */
  graceUntil: optional(time),
  undoneAt: optional(time),
});
export type DecisionFacts = z.infer<typeof decisionSchema>;

const columns = (db: Db) => db.sql`
  d.id, d.review_id as "reviewId", d.decision, d.reason, ${personSql(db, 'd.person')} as by, d.decided_at as "decidedAt",
  d.single_person as "singlePerson", d.outcome, d.kept_share as "keptShare", d.subject_digest as "subjectDigest",
  d.signature, d.key_id as "keyId", d.undone_at as "undoneAt",
  case when coalesce((r.policy ->> 'graceSeconds')::int, 0) > 0 and d.decision = 'approve' then d.grace_until end as "graceUntil"`;

/** All decisions of a run, oldest first, undone ones too. */
export async function decisionsOf(db: Db, run: string): Promise<DecisionFacts[]> {
  const rows = await db.sql`
    select ${columns(db)} from decision d join review r on r.id = d.review_id
     where d.run_id = ${run} order by d.decided_at, d.id`;
  return z.array(decisionSchema).parse([...rows]);
}

/** The decision of a review that stands. */
export async function decisionOn(db: Db, review: string): Promise<DecisionFacts | undefined> {
  const [row] = await db.sql`
    select ${columns(db)} from decision d join review r on r.id = d.review_id
     where d.review_id = ${review} and d.undone_at is null`;
  return row === undefined ? undefined : decisionSchema.parse(row);
}

/** One decision. */
export async function decision(db: Db, id: string): Promise<DecisionFacts | undefined> {
  const [row] = await db.sql`
    select ${columns(db)} from decision d join review r on r.id = d.review_id where d.id = ${id}`;
  return row === undefined ? undefined : decisionSchema.parse(row);
}
