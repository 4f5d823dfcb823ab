import { z } from 'zod';
import { frozenPolicySchema } from '../../workflows/domain/policy.js';
import { reviewStates } from '../../workflows/domain/states.js';
import { trackKeys } from '../../workflows/domain/tracks.js';
import type { Db } from '../connect.js';
import { decisionOn } from './decisions.js';
import { nextVersion, versions } from './drafts.js';
import { optional, person, personSql, time } from './shapes.js';

const requirementSchema = z.object({
  key: z.string(),
  kind: z.enum(['confirm', 'served', 'run-through', 'impossible']),
  label: z.string(),
  valueDigest: z.string(),
  fulfilled: z.boolean(),
  by: optional(person),
  at: optional(time),
  /** What must be served before it can be met. */
  place: optional(z.string()),
});
export type RequirementRow = z.infer<typeof requirementSchema>;

const reviewSchema = z.object({
  id: z.uuid(),
  runId: z.uuid(),
  track: z.enum(trackKeys),
  title: z.string(),
  round: z.int(),
  state: z.enum(reviewStates),
  subjectDigest: z.string(),
  draftVersion: z.int(),
  /** Stored texts, as hashed. */
  payload: z.string(),
  manifest: z.string(),
  policy: frozenPolicySchema,
  openedAt: time,
  dueAt: time,
  remindAt: time,
  closedAt: optional(time),
  assignee: optional(person),
  /** Absent once the claim has run out. */
  claimedBy: optional(person),
  claimExpiresAt: optional(time),
  feedback: optional(z.string()),
  /** Whose words may stand in this version: everybody who saved one since what was last published, and who started it where that counts. */
  authors: z.array(z.uuid()),
});

/** The requirements of a subject, in their order, and who met each. */
async function requirementsOf(db: Db, run: string, digest: string): Promise<RequirementRow[]> {
  const rows = await db.sql`
    select q.key, q.kind, q.label, q.value_digest as "valueDigest", f.person is not null as fulfilled,
           ${personSql(db, 'f.person')} as by, f.at, q.place
      from requirement q
      left join fulfilment f on f.run_id = ${run} and f.key = q.key and f.value_digest = q.value_digest
     where q.subject_digest = ${digest} order by q.ordinal`;
  return z.array(requirementSchema).parse([...rows]);
}

async function base(db: Db, id: string) {
  const [row] = await db.sql`
    select v.id, v.run_id as "runId", r.track, r.title, v.round, v.state, v.subject_digest as "subjectDigest",
           v.draft_version as "draftVersion", d.payload, s.manifest, v.policy, v.opened_at as "openedAt",
           v.due_at as "dueAt", v.remind_at as "remindAt", v.closed_at as "closedAt", r.feedback,
           ${personSql(db, 'v.assignee')} as assignee,
           case when v.claim_expires_at > now() then ${personSql(db, 'v.claimed_by')} end as "claimedBy",
           case when v.claim_expires_at > now() then v.claim_expires_at end as "claimExpiresAt",
           (select coalesce(jsonb_agg(a.id), '[]') from (
             select h.author_id as id from draft h
              where h.run_id = v.run_id and h.author_id is not null and h.version <= v.draft_version
                and h.version > coalesce((select max(s2.draft_version) from publication p
                      join subject s2 on s2.digest = p.subject_digest where p.run_id = v.run_id
                       and p.state = 'published' and s2.draft_version < v.draft_version), 0)
             union
             select coalesce(r.created_by, k.reference_id::uuid) from track_rule t
               left join apikey k on k.id = r.created_by_key
              where t.track = r.track and t.starter_is_author
                and coalesce(r.created_by, k.reference_id::uuid) is not null) a) as authors
      from review v
      join run r on r.id = v.run_id
      join draft d on d.run_id = v.run_id and d.version = v.draft_version
      join subject s on s.digest = v.subject_digest
     where v.id = ${id}`;
  return row === undefined ? undefined : reviewSchema.parse(row);
}

/** One review with its subject, requirements, versions and standing decision. */
export async function reviewDetail(db: Db, id: string) {
  const found = await base(db, id);
  if (found === undefined) return undefined;
  const [requirements, allVersions, decision, next] = await Promise.all([
    requirementsOf(db, found.runId, found.subjectDigest),
    versions(db, found.runId),
    decisionOn(db, id),
    nextVersion(db, found.runId),
  ]);
  return {
    ...found,
    requirements,
    versions: allVersions,
    ...(decision === undefined ? {} : { decision }),
    nextVersion: next,
  };
}
export type ReviewDetail = NonNullable<Awaited<ReturnType<typeof reviewDetail>>>;

/** True where an approval by this person now would be recorded as single-person; the same rule as in `decide`. */
export function wouldBeSinglePerson(review: ReviewDetail, personId: string): boolean {
  return (
    review.authors.every((author) => author === personId) &&
    review.requirements.every((requirement) => requirement.by === undefined || requirement.by.id === personId)
  );
}
