import { z } from 'zod';
import type { Db } from '../connect.js';

const account = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  isMember: z.boolean(),
  active: z.boolean(),
});
/** A user by address: a member, or one whose set-up was cut off half-way. */
export type Account = z.infer<typeof account>;

/** Whoever has this address. */
export async function accountByEmail(db: Db, email: string): Promise<Account | undefined> {
  const [row] = await db.sql`
    select u.id, u.name, u.email, m.user_id is not null as "isMember", coalesce(m.active, false) as active
      from "user" u left join member m on m.user_id = u.id
     where lower(u.email) = lower(${email})`;
  return row === undefined ? undefined : account.parse(row);
}
