import { z } from 'zod';
import { publicationStates, runStates } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';

const row = z.object({
  run_id: z.uuid(),
  run_state: z.enum(runStates),
  track: z.string(),
  decision_id: z.uuid(),
  decision: z.string(),
  review_id: z.uuid(),
  subject_digest: z.string(),
  review_digest: z.string(),
  manifest: z.string(),
  person: z.uuid(),
  role: z.string(),
  decided_at: z.string(),
  single_person: z.boolean(),
  signed_text: z.string(),
  signature: z.string(),
  key_id: z.string(),
  public_key: z.string().nullable(),
  retired_at: z.date().nullable(),
  grace_over: z.boolean(),
});
const publicationRow = z.object({
  id: z.uuid(),
  state: z.enum(publicationStates),
  attempts: z.int(),
  address: z.string(),
  target_id: z.uuid(),
  rendition_sha256: z.string(),
  receipt: z.string().nullable(),
  kind: z.string().nullable(),
});

export type Approval = z.infer<typeof row>;
export type PublicationRow = z.infer<typeof publicationRow>;

/** Everything that is checked again before a delivery; null where the run has no such approval that stands. */
export async function approvalToPublish(db: Db, run: string, decision: string): Promise<Approval | null> {
  const [found] = await db.sql`
    select r.id as run_id, r.state as run_state, r.track, d.id as decision_id, d.decision, d.review_id, d.subject_digest,
           v.subject_digest as review_digest, s.manifest, d.person, d.role, d.decided_at, d.single_person, d.signed_text,
           d.signature, d.key_id, k.public_key, k.retired_at, clock_timestamp() >= d.grace_until as grace_over
      from decision d
      join run r on r.id = d.run_id
      join review v on v.id = d.review_id and v.run_id = r.id and v.state = 'approved'
      join subject s on s.digest = d.subject_digest and s.run_id = r.id
      left join signing_key k on k.key_id = d.key_id
     where d.id = ${decision} and d.run_id = ${run} and d.undone_at is null`;
  return found === undefined ? null : row.parse(found);
}

/** The deliveries reserved under a decision, each with the kind of its target. */
export async function publicationsOf(db: Db, decision: string): Promise<PublicationRow[]> {
  const rows = await db.sql`
    select p.id, p.state, p.attempts, p.address, p.target_id, p.rendition_sha256, p.receipt, t.kind
      from publication p left join target t on t.id = p.target_id
     where p.decision_id = ${decision} order by p.address`;
  return rows.map((found) => publicationRow.parse(found));
}
