import { z } from 'zod';
import type { Db } from '../connect.js';

const memberRow = z.object({
  id: z.uuid(),
  name: z.string(),
  approves: z.boolean(),
  operates: z.boolean(),
  /** Who stands in just now. */
  standIn: z.uuid().nullable(),
});
export type NoticeMember = z.infer<typeof memberRow>;

const row = z.object({
  track: z.string(),
  created_by: z.uuid().nullable(),
  created_at: z.date(),
  started_by: z.string().nullable(),
  review_id: z.uuid().nullable(),
  assignee: z.uuid().nullable(),
  due_at: z.date().nullable(),
  approved_by: z.string().nullable(),
  addresses: z.array(z.string()),
  /** Everybody active. */
  members: z.array(memberRow),
});

/** The dates, names and published values that notices of a run are made of. */
export type NoticeFacts = z.infer<typeof row>;

export async function noticeFacts(db: Db, run: string): Promise<NoticeFacts | null> {
  const [found] = await db.sql`
    select r.track, r.created_by, r.created_at, u.name as started_by, v.id as review_id, v.assignee, v.due_at, p.name as approved_by,
           (select coalesce(jsonb_agg(x.address order by x.address), '[]')
              from publication x where x.decision_id = d.id) as addresses,
           (select jsonb_agg(jsonb_build_object('id', m.user_id, 'name', n.name,
                     'approves', m.role in ('approver', 'admin'),
                     'operates', m.role in ('operator', 'approver', 'admin'),
                     'standIn', case when m.away_until > clock_timestamp() and s.active then m.deputy_id end) order by m.user_id)
              from member m join "user" n on n.id = m.user_id left join member s on s.user_id = m.deputy_id
             where m.active) as members
      from run r
      left join "user" u on u.id = r.created_by
      left join review v on v.run_id = r.id and v.round = r.round
      left join decision d on d.review_id = v.id and d.undone_at is null
      left join "user" p on p.id = d.person
     where r.id = ${run}`;
  return found === undefined ? null : row.parse(found);
}

const unmailedRow = z.object({
  id: z.uuid(),
  template: z.string(),
  values: z.unknown(),
  run_id: z.uuid(),
  email: z.string(),
  name: z.string(),
});

/** Notices of a run that were not mailed, and of which no attempt failed. */
export async function unmailedNotices(db: Db, run: string): Promise<z.infer<typeof unmailedRow>[]> {
  const rows = await db.sql`
    select n.id, n.template, n."values", n.run_id, u.email, u.name
      from notice n join "user" u on u.id = n.user_id join member m on m.user_id = n.user_id and m.active
     where n.run_id = ${run} and n.mailed_at is null and n.mail_trouble is null order by n.created_at, n.id`;
  return rows.map((found) => unmailedRow.parse(found));
}

/** Runs with a notice of this template from the last two days that was not mailed, and of which no attempt failed. */
export async function runsWithUnmailed(db: Db, template: string): Promise<string[]> {
  const rows = await db.sql<{ run: string }[]>`
    select distinct n.run_id as run from notice n
     where n.template = ${template} and n.run_id is not null and n.mailed_at is null and n.mail_trouble is null
       and n.created_at > now() - interval '2 days'`;
  return rows.map(({ run }) => run);
}
