import { z } from 'zod';
import { defaultPolicy, trackPolicySchema, type TrackPolicy } from '../../workflows/domain/policy.js';
import type { Db } from '../connect.js';

const row = z.object({ value: trackPolicySchema.nullable() });

/** How reviews of a run's track are held just now; frozen only when a review opens. */
export async function policyOf(db: Db, run: string): Promise<TrackPolicy> {
  const [found] = await db.sql`
    select coalesce(s.value, t.default_policy) as value
      from run r
      left join track_rule t on t.track = r.track
      left join setting s on s.key = 'policy:' || r.track
     where r.id = ${run}`;
  return row.optional().parse(found)?.value ?? defaultPolicy;
}
