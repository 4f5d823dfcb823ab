import { z } from 'zod';
import { roles } from '../../workflows/domain/roles.js';
import type { Db } from '../connect.js';

const signedInSchema = z.object({ id: z.uuid(), name: z.string(), email: z.string(), role: z.enum(roles) });
export type SignedIn = z.infer<typeof signedInSchema>;

/** The active member behind a live session's token, or nobody. */
export async function personBySession(db: Db, token: string): Promise<SignedIn | undefined> {
  const [row] = await db.sql`
    select u.id, u.name, u.email, m.role
      from session s join "user" u on u.id = s.user_id join member m on m.user_id = u.id and m.active
     where s.token = ${token} and s.expires_at > now()`;
  return row === undefined ? undefined : signedInSchema.parse(row);
}

/** Whether the owner is still to be made: no active admin. */
export async function setUpIsNeeded(db: Db): Promise<boolean> {
  const rows = await db.sql`select 1 from member where role = 'admin' and active limit 1`;
  return rows.length === 0;
}
