import { z } from 'zod';
import type { Db } from '../connect.js';

const link = z.object({
  id: z.string(),
  kind: z.enum(['setup', 'invitation']),
  email: z.string().nullable(),
  role: z.string(),
  invitedBy: z.string().nullable(),
  acceptedBy: z.string().nullable(),
  state: z.enum(['open', 'accepted', 'revoked', 'expired']),
});
export type Link = z.infer<typeof link>;

const account = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  isMember: z.boolean(),
  active: z.boolean(),
});
export type Account = z.infer<typeof account>;

/** A one-time link by the SHA-256 of its token. */
export async function linkByTokenHash(db: Db, tokenHash: string): Promise<Link | undefined> {
  const rows = await db.sql`
    select i.id, i.kind, i.email, i.role, u.name as "invitedBy", i.accepted_by as "acceptedBy",
           case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
                when i.expires_at < clock_timestamp() then 'expired' else 'open' end as state
      from invitation i left join "user" u on u.id = i.invited_by
     where i.token_hash = ${tokenHash}`;
  return rows[0] === undefined ? undefined : link.parse(rows[0]);
}

/** Whoever has this address, member or not yet. */
export async function accountByEmail(db: Db, email: string): Promise<Account | undefined> {
  const rows = await db.sql`
    select u.id, u.name, u.email, m.user_id is not null as "isMember", coalesce(m.active, false) as active
      from "user" u left join member m on m.user_id = u.id
     where lower(u.email) = lower(${email})`;
  return rows[0] === undefined ? undefined : account.parse(rows[0]);
}

/** True while nobody can administer this server: the owner is still to be set up. */
export async function ownerNeeded(db: Db): Promise<boolean> {
  const rows = await db.sql`
    select not exists (select from member where role = 'admin' and active) as needed`;
  return z.object({ needed: z.boolean() }).parse(rows[0]).needed;
}
