import { z } from 'zod';
import type { Db } from '../connect.js';
import { optional, person, personSql, time } from './shapes.js';

const madeSchema = z.object({
  runId: z.uuid(),
  publicationId: z.uuid(),
  title: z.string(),
  /** When the first of its sources came. */
  from: time,
  publishedAt: time,
  /** When people did something on it, up to its publication. */
  acts: z.array(z.string()),
});
const earlierSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  elapsedMinutes: z.int(),
  activeMinutes: optional(z.int()),
  note: z.string(),
  enteredBy: person,
  enteredAt: time,
});
const keptSchema = z.object({
  drafter: z.string(),
  promptVersion: z.string().nullable(),
  keptShare: z.coerce.number(),
});

/** What the figures of SOPs are counted from. Samples are not counted. */
export async function sopFigureMaterial(db: Db) {
  const [made, earlier, kept] = await Promise.all([
    db.sql`
      select r.id as "runId", p.id as "publicationId", r.title, p.settled_at as "publishedAt",
             least(r.created_at, (select min(x.created_at) from run_source rs join source x on x.id = rs.source_id
                                   where rs.run_id = r.id)) as "from",
             (select coalesce(jsonb_agg(e.at order by e.seq), '[]') from event e
               where e.stream = 'run:' || r.id and e.actor like 'person:%' and e.at::timestamptz <= p.settled_at) as acts
        from run r join lateral (
               select * from publication q where q.run_id = r.id and q.state = 'published' and q.settled_at is not null
                order by q.settled_at, q.id limit 1) p on true
       where r.track = 'sop-drafting' and not r.sample order by p.settled_at desc limit 200`,
    db.sql`
      select id, title, elapsed_minutes as "elapsedMinutes", active_minutes as "activeMinutes", note,
             ${personSql(db, 'earlier_sop.entered_by')} as "enteredBy", entered_at as "enteredAt"
        from earlier_sop where removed_at is null order by entered_at desc, id limit 200`,
    db.sql`
      select x.drafter ->> 'drafter' as drafter, x.drafter ->> 'promptVersion' as "promptVersion", d.kept_share as "keptShare"
        from decision d join run r on r.id = d.run_id join subject s on s.digest = d.subject_digest
        join lateral (select * from draft y where y.run_id = r.id and y.author_id is null and not y.alternative
                         and y.version <= s.draft_version order by y.version desc limit 1) x on true
       where r.track = 'sop-drafting' and not r.sample and d.decision = 'approve' and d.undone_at is null
         and d.kept_share is not null and x.drafter ->> 'drafter' is not null
         and exists (select from publication p where p.decision_id = d.id and p.state = 'published')`,
  ]);
  return {
    made: z.array(madeSchema).parse([...made]),
    earlier: z.array(earlierSchema).parse([...earlier]),
    kept: z.array(keptSchema).parse([...kept]),
  };
}
