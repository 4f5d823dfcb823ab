import { z } from 'zod';
import { roles } from '../../workflows/domain/roles.js';
import type { Db } from '../connect.js';
import { person, time } from './shapes.js';

const stateSql = (db: Db) => db.sql`
  case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
       when i.expires_at < now() then 'expired' else 'open' end`;
const state = z.enum(['open', 'accepted', 'revoked', 'expired']);

const invitationSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  role: z.enum(roles),
  invitedBy: person,
  createdAt: time,
  expiresAt: time,
  state,
});
export type Invitation = z.infer<typeof invitationSchema>;

/** All invitations, newest first. */
export async function invitations(db: Db): Promise<Invitation[]> {
  const rows = await db.sql`
    select i.id, i.email, i.role, jsonb_build_object('id', u.id, 'name', u.name) as "invitedBy",
           i.created_at as "createdAt", i.expires_at as "expiresAt", ${stateSql(db)} as state
      from invitation i join "user" u on u.id = i.invited_by
     where i.kind = 'invitation' order by i.created_at desc, i.id desc`;
  return z.array(invitationSchema).parse([...rows]);
}

const linkSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['setup', 'invitation']),
  email: z.string().nullable(),
  role: z.enum(roles),
  invitedBy: z.string().nullable(),
  state,
  acceptedBy: z.uuid().nullable(),
});
/** What a one-time link is for. */
export type LinkFacts = z.infer<typeof linkSchema>;

/** Looks a one-time link up by the SHA-256 of its token. */
export async function linkByHash(db: Db, tokenHash: string): Promise<LinkFacts | undefined> {
  const [row] = await db.sql`
    select i.id, i.kind, i.email, i.role, u.name as "invitedBy", ${stateSql(db)} as state, i.accepted_by as "acceptedBy"
      from invitation i left join "user" u on u.id = i.invited_by where i.token_hash = ${tokenHash}`;
  return row === undefined ? undefined : linkSchema.parse(row);
}
