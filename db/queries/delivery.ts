import { z } from 'zod';
import { publicationStates, runStates } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';

const publicationRow = z.object({
  id: z.uuid(),
  state: z.enum(publicationStates),
  address: z.string(),
  renditionSha256: z.string(),
  hasReceipt: z.boolean(),
});
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
  /** The deliveries reserved under the decision. */
  publications: z.array(publicationRow),
  /** Kind of each target of this track, by id. */
  kinds: z.record(z.string(), z.string()),
});

export type Approval = z.infer<typeof row>;
export type PublicationRow = z.infer<typeof publicationRow>;

/** Everything that is checked again before a delivery; null where the run has no such approval that stands. */
export async function approvalToPublish(db: Db, run: string, decision: string): Promise<Approval | null> {
  const [found] = await db.sql`
    select r.id as run_id, r.state as run_state, r.track, d.id as decision_id, d.decision, d.review_id, d.subject_digest,
           v.subject_digest as review_digest, s.manifest, d.person, d.role, d.decided_at, d.single_person, d.signed_text,
           d.signature, d.key_id, k.public_key, k.retired_at, clock_timestamp() >= d.grace_until as grace_over,
           (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'state', p.state, 'address', p.address,
                     'renditionSha256', p.rendition_sha256, 'hasReceipt', p.receipt is not null) order by p.address), '[]')
              from publication p where p.decision_id = d.id) as publications,
           (select coalesce(jsonb_object_agg(t.id, t.kind), '{}') from target t
             where t.track = r.track or t.track is null) as kinds
      from decision d
      join run r on r.id = d.run_id
      join review v on v.id = d.review_id and v.run_id = r.id and v.state = 'approved'
      join subject s on s.digest = d.subject_digest and s.run_id = r.id
      left join signing_key k on k.key_id = d.key_id
     where d.id = ${decision} and d.run_id = ${run} and d.undone_at is null`;
  return found === undefined ? null : row.parse(found);
}
