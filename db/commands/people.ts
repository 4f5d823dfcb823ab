import { z } from 'zod';
import { roles, type Role } from '../../workflows/domain/roles.js';
import type { Db } from '../connect.js';
import { ask, doneSchema } from './refuse.js';

type Done = z.infer<typeof doneSchema>;
const roleSchema = z.object({ role: z.enum(roles) });
type WithRole = z.infer<typeof roleSchema>;

/** Gives a member a role; never takes the last admin's. */
export function setRole(db: Db, { token, user, role }: { token: string; user: string; role: Role }): Promise<WithRole> {
  return ask(db.sql`select set_role(${token}::text, ${user}::uuid, ${role}::text) as answer`, roleSchema);
}

/** Deactivates a member and ends their sessions, or lets them back. */
export function setActive(
  db: Db,
  { token, user, active }: { token: string; user: string; active: boolean },
): Promise<{ active: boolean }> {
  return ask(
    db.sql`select set_active(${token}::text, ${user}::uuid, ${active}::boolean) as answer`,
    z.object({ active: z.boolean() }),
  );
}

/** Names who stands in while the person asking is away; null ends it. */
export function setDeputy(
  db: Db,
  { token, user, until }: { token: string; user: string | null; until: Date | null },
): Promise<Done> {
  return ask(db.sql`select set_deputy(${token}::text, ${user}::uuid, ${until}::timestamptz) as answer`, doneSchema);
}

export type MakeInvitation = {
  token: string;
  id: string;
  email: string;
  role: Role;
  /** SHA-256 of the link's token, hex. */
  tokenHash: string;
  expiresAt: Date;
};

/** Invites one e-mail address under one role. */
export function makeInvitation(db: Db, a: MakeInvitation): Promise<{ id: string }> {
  return ask(
    db.sql`select make_invitation(${a.token}::text, ${a.id}::uuid, ${a.email}::text, ${a.role}::text,
      ${a.tokenHash}::text, ${a.expiresAt}::timestamptz) as answer`,
    z.object({ id: z.uuid() }),
  );
}

/** Makes an invitation that was not accepted worth nothing. */
export function revokeInvitation(db: Db, { token, id }: { token: string; id: string }): Promise<Done> {
  return ask(db.sql`select revoke_invitation(${token}::text, ${id}::uuid) as answer`, doneSchema);
}

/** Makes the user a member as invited; the same user again gets the same answer. */
export function acceptInvitation(db: Db, { tokenHash, user }: { tokenHash: string; user: string }): Promise<WithRole> {
  return ask(db.sql`select accept_invitation(${tokenHash}::text, ${user}::uuid) as answer`, roleSchema);
}

/** Replaces the owner's one-time link; refused (already_used) once there is an admin. */
export function ensureSetupLink(db: Db, { id, tokenHash }: { id: string; tokenHash: string }): Promise<Done> {
  return ask(db.sql`select ensure_setup_link(${id}::uuid, ${tokenHash}::text) as answer`, doneSchema);
}

/** Makes the user the owner by the one-time link. */
export function claimSetup(db: Db, { tokenHash, user }: { tokenHash: string; user: string }): Promise<WithRole> {
  return ask(db.sql`select claim_setup(${tokenHash}::text, ${user}::uuid) as answer`, roleSchema);
}

/** Makes the user the owner as the environment says; refused (already_used) once there is an admin. */
export function bootstrapOwner(db: Db, { user }: { user: string }): Promise<WithRole> {
  return ask(db.sql`select bootstrap_owner(${user}::uuid) as answer`, roleSchema);
}
