import { makeInvitation, revokeInvitation, setActive, setRole } from '../../db/commands/people.js';
import { newId } from '../../db/ids.js';
import { invitations } from '../../db/queries/invitations.js';
import { members } from '../../db/queries/members.js';
import { calendarLinks } from '../../db/queries/register.js';
import { mayAct } from '../../workflows/domain/roles.js';
import { done, idParam } from '../contract/common.js';
import { invitationList, invite, invited, memberList, setRole as setRoleBody } from '../contract/people.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { newToken, tokenHash } from '../owner.js';

const invitationDays = 7;

/** Who is on the team, under which role, and who was asked to join. */
export function memberRoutes({ db, publicUrl }: Deps) {
  return router()
    .openapi(route('get /api/members', { summary: 'The team', responses: { 200: answers(memberList) } }), async (c) => {
      const mayReadMail = mayAct(personOf(c).role, 'admin');
      const [all, links] = await Promise.all([members(db), calendarLinks(db)]);
      const forAdmins = (id: string, email: string) => {
        const calendarLinkSince = links.get(id);
        return { email, ...(calendarLinkSince !== undefined && { calendarLinkSince }) };
      };
      return c.json(
        { members: all.map(({ email, ...one }) => (mayReadMail ? { ...one, ...forAdmins(one.id, email) } : one)) },
        200,
      );
    })
    .openapi(
      route('post /api/members/{id}/role', {
        summary: 'Give a member a role',
        request: { params: idParam, body: json(setRoleBody) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const { token } = personOf(c);
        await setRole(db, { token, user: c.req.valid('param').id, role: c.req.valid('json').role });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('post /api/members/{id}/deactivate', {
        summary: 'End a member’s access and their sessions',
        request: { params: idParam },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await setActive(db, { token: personOf(c).token, user: c.req.valid('param').id, active: false });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('post /api/members/{id}/reactivate', {
        summary: 'Let a member back',
        request: { params: idParam },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await setActive(db, { token: personOf(c).token, user: c.req.valid('param').id, active: true });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('get /api/invitations', { summary: 'Invitations', responses: { 200: answers(invitationList) } }),
      async (c) => c.json({ invitations: await invitations(db) }, 200),
    )
    .openapi(
      route('post /api/invitations', {
        summary: 'Invite somebody; the link is shown once',
        request: { body: json(invite) },
        responses: { 201: answers(invited) },
      }),
      async (c) => {
        const { email, role } = c.req.valid('json');
        const secret = newToken();
        const id = newId();
        const expiresAt = new Date(Date.now() + invitationDays * 24 * 60 * 60 * 1000);
        const { token } = personOf(c);
        await makeInvitation(db, { token, id, email, role, tokenHash: tokenHash(secret), expiresAt });
        // Behind the hash, which no server log sees.
        const link = new URL(`/invitation#${secret}`, publicUrl).href;
        return c.json({ id, link, expiresAt: expiresAt.toISOString() }, 201);
      },
    )
    .openapi(
      route('post /api/invitations/{id}/revoke', {
        summary: 'Take an invitation back',
        request: { params: idParam },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await revokeInvitation(db, { token: personOf(c).token, id: c.req.valid('param').id });
        return c.json({ ok: true } as const, 200);
      },
    );
}
