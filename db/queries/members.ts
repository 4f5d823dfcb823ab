import { z } from 'zod';
import { roles } from '../../workflows/domain/roles.js';
import type { Db } from '../connect.js';
import { optional, person, time } from './shapes.js';

const memberSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  active: z.boolean(),
  joinedAt: time,
  /** Absent once the time away is over. */
  deputy: optional(person),
  awayUntil: optional(time),
});
export type Member = z.infer<typeof memberSchema>;

/** Everybody who is or was on the team, by name. Read by the worker too. */
export async function members(db: Db): Promise<Member[]> {
  const rows = await db.sql`
    select u.id, u.name, u.email, m.role, m.active, m.granted_at as "joinedAt",
           case when m.away_until > now() then (select jsonb_build_object('id', d.id, 'name', d.name) from "user" d where d.id = m.deputy_id) end as deputy,
           case when m.away_until > now() then m.away_until end as "awayUntil"
      from member m join "user" u on u.id = m.user_id order by m.active desc, lower(u.name), u.id`;
  return z.array(memberSchema).parse([...rows]);
}

/** One member. */
export async function member(db: Db, id: string): Promise<Member | undefined> {
  return (await members(db)).find((one) => one.id === id);
}
