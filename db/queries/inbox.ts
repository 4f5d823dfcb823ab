import { z } from 'zod';
import { trackKeys, type TrackKey } from '../../workflows/domain/tracks.js';
import type { Db } from '../connect.js';
import { cursorOf, page, placeOf } from './cursor.js';
import { optional, person, personSql, time } from './shapes.js';

const itemSchema = z.object({
  reviewId: z.uuid(),
  runId: z.uuid(),
  track: z.enum(trackKeys),
  title: z.string(),
  round: z.int(),
  openedAt: time,
  dueAt: time,
  assignee: optional(person),
  claimedBy: optional(person),
  claimExpiresAt: optional(time),
  /** How many requirements are open, and their words. */
  missing: z.int(),
  missingWords: z.array(z.string()),
  sample: z.boolean(),
});
export type InboxItem = z.infer<typeof itemSchema>;

export type InboxFilter = {
  track?: TrackKey | undefined;
  /** A person's id, or `nobody`. */
  assignee?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** Open reviews, the one due first at the top. */
export async function inbox(db: Db, filter: InboxFilter = {}): Promise<{ items: InboxItem[]; next?: string }> {
  const limit = filter.limit ?? 50;
  const after = filter.cursor === undefined ? undefined : placeOf(filter.cursor);
  const nobody = filter.assignee === 'nobody';
  const assignee = nobody ? null : (filter.assignee ?? null);
  const rows = await db.sql`
    select v.id as "reviewId", v.run_id as "runId", r.track, r.title, v.round, v.opened_at as "openedAt",
           v.due_at as "dueAt", r.sample, ${personSql(db, 'v.assignee')} as assignee,
           case when v.claim_expires_at > now() then ${personSql(db, 'v.claimed_by')} end as "claimedBy",
           case when v.claim_expires_at > now() then v.claim_expires_at end as "claimExpiresAt",
           m.missing, m.words as "missingWords"
      from (select * from review v where v.state = 'open'
               and (${after?.at ?? null}::timestamptz is null
                    or (v.due_at, v.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
               and (${assignee}::uuid is null or v.assignee = ${assignee}::uuid)
               and (not ${nobody}::boolean or v.assignee is null)
               and (${filter.track ?? null}::text is null
                    or exists (select from run t where t.id = v.run_id and t.track = ${filter.track ?? null}::text))
             order by v.due_at, v.id limit ${limit + 1}) v
      join run r on r.id = v.run_id
      cross join lateral (
        select count(*)::int as missing, coalesce(jsonb_agg(q.label order by q.ordinal), '[]') as words from requirement q
         where q.subject_digest = v.subject_digest
           and not exists (select from fulfilment f
                            where f.run_id = v.run_id and f.key = q.key and f.value_digest = q.value_digest)) m
     order by v.due_at, v.id`;
  return page(z.array(itemSchema).parse([...rows]), limit, (item) => cursorOf(item.dueAt, item.reviewId));
}
