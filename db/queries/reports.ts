import { z } from 'zod';
import type { Db } from '../connect.js';
import { optional, person, personSql } from './shapes.js';

const reportSchema = z.object({
  id: z.uuid(),
  by: person,
  at: z.string(),
  version: z.int(),
  /** Empty once they were erased. */
  words: z.string(),
  about: optional(z.string()),
  /** True once a repair was opened after it. */
  answered: z.boolean(),
});
export type ProblemReport = z.infer<typeof reportSchema>;

/** What readers reported about what a run published, oldest first. */
export async function reportsOf(db: Db, run: string): Promise<ProblemReport[]> {
  const rows = await db.sql`
    select e.body::jsonb ->> 'report' as id, ${personSql(db, 'e.person')} as by, e.at,
           (e.body::jsonb ->> 'version')::int as version, coalesce(q.words, '') as words, e.body::jsonb ->> 'about' as about,
           exists (select from event o where o.stream = e.stream and o.kind = 'run-repair-opened' and o.seq > e.seq) as answered
      from (select *, split_part(actor, ':', 2)::uuid as person from event
             where stream = ${`run:${run}`} and kind = 'problem-reported') e
      left join reason q on q.stream = e.stream and q.seq = e.seq order by e.seq`;
  return z.array(reportSchema).parse([...rows]);
}
