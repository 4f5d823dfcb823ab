import { z } from 'zod';
import { drafterNames } from '../../workflows/domain/drafters.js';
import { id, person, role, time } from './common.js';

export const drafterFeature = z.object({
  /** Which drafts where nobody asks for one by name. */
  name: z.enum(drafterNames),
  /** As shown: “Claude (claude-…)”, or “No model, rules only”. */
  label: z.string(),
  usesModel: z.boolean(),
  /** All that are set up, this one first: what a person may ask for by name. */
  choices: z.array(z.object({ name: z.enum(drafterNames), label: z.string() })),
});
export type DrafterFeature = z.infer<typeof drafterFeature>;

/** `GET /api/me`: who is signed in and what this server offers. */
export const me = z.object({
  person: z.object({ id, name: z.string(), email: z.string() }),
  role,
  deputy: person.optional(),
  awayUntil: time.optional(),
  organisation: z.string(),
  timeZone: z.string(),
  /** False while something of the first-run checklist is open. */
  setUp: z.boolean(),
  unreadNotices: z.int(),
  features: z.object({
    drafter: drafterFeature,
    /** False where the address is neither https nor this machine: browsers then offer no screen recording. */
    recordingAllowed: z.boolean(),
    /** The house's default; each browser may switch single keys off for itself. */
    singleKeys: z.boolean(),
  }),
});
export type Me = z.infer<typeof me>;

/** `PUT /api/me/deputy`: null ends it. */
export const setDeputy = z.strictObject({ person: id.nullable(), until: time.nullable() });

/** `GET /api/setup` (public): whether the owner is still to be made. */
export const setUpState = z.object({ needed: z.boolean() });

export const password = z.string().min(12, 'A password has at least 12 characters.').max(128);
const name = z.string().trim().min(1).max(120);

/** `POST /api/setup`: repeatable until it has succeeded. Answers with a session cookie. */
export const setUp = z.strictObject({
  token: z.string().min(20).max(200),
  name,
  email: z.email().max(254),
  password,
  organisation: z.string().trim().max(120).optional(),
  timeZone: z.string().max(64).optional(),
});
export const signedIn = z.object({ person, role });

/** `POST /api/auth/sign-in/email`. */
export const signInBody = z.strictObject({ email: z.email().max(254), password: z.string().min(1).max(128) });
export const changePassword = z.strictObject({
  currentPassword: z.string().min(1).max(128),
  newPassword: password,
  revokeOtherSessions: z.boolean().optional(),
});
export const sessionNow = z.object({ person: person.nullable() });
export const sessionList = z.object({
  sessions: z.array(
    z.object({ id, here: z.boolean(), startedAt: time, expiresAt: time, browser: z.string().optional() }),
  ),
});
export const revokeSession = z.strictObject({ id });
