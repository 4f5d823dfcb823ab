import { z } from 'zod';
import { keyScopes } from '../../workflows/domain/roles.js';
import { id, person, role, time } from './common.js';
import { password } from './me.js';

/** `GET /api/members`. E-mail addresses are there for admins only. */
export const member = z.object({
  id,
  name: z.string(),
  email: z.string().optional(),
  role,
  active: z.boolean(),
  joinedAt: time,
  deputy: person.optional(),
  awayUntil: time.optional(),
  /** Since when a calendar link of theirs works. There for admins only. */
  calendarLinkSince: time.optional(),
});
export type Member = z.infer<typeof member>;
export const memberList = z.object({ members: z.array(member) });
/** `POST /api/members/:id/role`. */
export const setRole = z.strictObject({ role });

/** `GET /api/invitations`. */
export const invitation = z.object({
  id,
  email: z.string(),
  role,
  invitedBy: person,
  createdAt: time,
  expiresAt: time,
  state: z.enum(['open', 'accepted', 'revoked', 'expired']),
});
export type Invitation = z.infer<typeof invitation>;
export const invitationList = z.object({ invitations: z.array(invitation) });
export const invite = z.strictObject({ email: z.email().max(254), role });
/** The link is shown once; only its fingerprint is kept. */
export const invited = z.object({ id, link: z.string(), expiresAt: time });
/** `POST /api/invitations/look-up` (public): what a link is for. */
export const lookUpInvitation = z.strictObject({ token: z.string().min(20).max(200) });
export const invitationFacts = z.object({ email: z.string(), role, invitedBy: z.string(), organisation: z.string() });
/** `POST /api/invitations/accept` (public): answers with a session cookie. Repeatable. */
export const acceptInvitation = z.strictObject({
  token: z.string().min(20).max(200),
  name: z.string().trim().min(1).max(120),
  password,
});

export const keyScope = z.enum(keyScopes);
/** `GET /api/keys`. */
export const apiKey = z.object({
  id,
  name: z.string(),
  /** Its first letters, to tell keys apart. */
  start: z.string(),
  scopes: z.array(keyScope),
  madeBy: person,
  createdAt: time,
  lastUsedAt: time.optional(),
  expiresAt: time.optional(),
  active: z.boolean(),
});
export type ApiKey = z.infer<typeof apiKey>;
export const keyList = z.object({ keys: z.array(apiKey) });
export const makeKey = z.strictObject({
  name: z.string().trim().min(1).max(60),
  scopes: z.array(keyScope).min(1),
  expiresInDays: z.int().min(1).max(3650).optional(),
});
/** The key itself is shown once. */
export const keyMade = z.object({ id, key: z.string() });
