import { z } from 'zod';
import type { Db } from '../connect.js';
import { optional } from './shapes.js';

const startedSchema = z.object({ runId: z.uuid(), reviewId: optional(z.uuid()), published: z.boolean() });
const factsSchema = z.object({
  hasAdmin: z.boolean(),
  members: z.int(),
  invitations: z.int(),
  sample: optional(startedSchema),
  own: optional(startedSchema),
});
/** What the first-run checklist is computed from. */
export type HouseFacts = z.infer<typeof factsSchema>;

/** Counts, and the newest sample run and the newest run of one's own: published ones first. */
export async function houseFacts(db: Db): Promise<HouseFacts> {
  const newest = (sample: boolean) => db.sql`
    (select jsonb_build_object('runId', r.id, 'published', r.state = 'published',
              'reviewId', (select v.id from review v where v.run_id = r.id order by v.round desc limit 1))
       from run r where r.sample = ${sample} order by (r.state = 'published') desc, r.created_at desc limit 1)`;
  const [row] = await db.sql`
    select exists (select from member where role = 'admin' and active) as "hasAdmin",
           (select count(*)::int from member where active) as members,
           (select count(*)::int from invitation where kind = 'invitation' and revoked_at is null) as invitations,
           ${newest(true)} as sample, ${newest(false)} as own`;
  return factsSchema.parse(row);
}
