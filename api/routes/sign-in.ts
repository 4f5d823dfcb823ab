import type { Context } from 'hono';
import { z } from 'zod';
import { accountByEmail } from '../../db/queries/accounts.js';
import { personBySession } from '../../db/queries/person.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { sessionToken, signIn } from '../auth.js';
import { done } from '../contract/common.js';
import { changePassword, revokeSession, sessionList, sessionNow, signInBody, signedIn } from '../contract/me.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router, type AppEnv } from '../kit.js';

/** Hands the session's cookie on. */
function takeCookies(from: Response, c: Context<AppEnv>): void {
  for (const cookie of from.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
}

const wrong = 'The e-mail address or the password is not right.';

/** Signs in and answers with who it is; the one place where a password is looked at. */
export async function openSession(
  deps: Deps,
  c: Context<AppEnv>,
  given: { email: string; password: string },
): Promise<{ token: string; who: z.infer<typeof signedIn> }> {
  const account = await accountByEmail(deps.db, given.email);
  const answer = await signIn(deps.auth, given.email, given.password, c.req.raw.headers);
  if (!answer.ok) throw new Refusal('not_signed_in', wrong);
  const { token } = z.object({ token: z.string() }).parse(await answer.json());
  const person = await personBySession(deps.db, token);
  if (account === undefined || person === undefined) {
    await (await deps.auth.$context).internalAdapter.deleteSession(token);
    throw new Refusal('not_permitted', 'Your access has ended. An admin can give it back.');
  }
  takeCookies(answer, c);
  return { token, who: { person: { id: person.id, name: person.name }, role: person.role } };
}

/** Passwords and sessions: these paths and no others of the sign-in library. */
export function signInRoutes(deps: Deps) {
  const { auth } = deps;
  return router()
    .openapi(
      route('post /api/auth/sign-in/email', {
        summary: 'Sign in; the answer carries the session cookie',
        request: { body: json(signInBody) },
        responses: { 200: answers(signedIn) },
      }),
      async (c) => {
        const given = c.req.valid('json');
        const { who } = await deps.signInLimit.attempt(c, given.email, () => openSession(deps, c, given));
        return c.json(who, 200);
      },
    )
    .openapi(
      route('post /api/auth/sign-out', { summary: 'End this session', responses: { 200: answers(done) } }),
      async (c) => {
        takeCookies(await auth.api.signOut({ headers: c.req.raw.headers, asResponse: true }), c);
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('get /api/auth/get-session', {
        summary: 'Whether somebody is signed in here',
        responses: { 200: answers(sessionNow) },
      }),
      async (c) => {
        const token = await sessionToken(auth, c);
        const person = token === undefined ? undefined : await personBySession(deps.db, token);
        return c.json({ person: person === undefined ? null : { id: person.id, name: person.name } }, 200);
      },
    )
    .openapi(
      route('post /api/auth/change-password', {
        summary: 'Change the password',
        request: { body: json(changePassword) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const body = c.req.valid('json');
        await deps.signInLimit.attempt(c, personOf(c).email, async () => {
          const answer = await auth.api.changePassword({ body, headers: c.req.raw.headers, asResponse: true });
          if (!answer.ok) throw new Refusal('not_permitted', 'The present password is not right.');
          takeCookies(answer, c);
          return answer;
        });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('get /api/auth/list-sessions', {
        summary: 'Where one is signed in',
        responses: { 200: answers(sessionList) },
      }),
      async (c) => {
        const { token } = personOf(c);
        const sessions = await auth.api.listSessions({ headers: c.req.raw.headers });
        return c.json(
          {
            sessions: sessions.map((session) => ({
              id: session.id,
              here: session.token === token,
              startedAt: session.createdAt.toISOString(),
              expiresAt: session.expiresAt.toISOString(),
              ...(session.userAgent ? { browser: session.userAgent } : {}),
            })),
          },
          200,
        );
      },
    )
    .openapi(
      route('post /api/auth/revoke-session', {
        summary: 'End one of one’s sessions',
        request: { body: json(revokeSession) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const { id } = c.req.valid('json');
        const sessions = await auth.api.listSessions({ headers: c.req.raw.headers });
        const found = sessions.find((session) => session.id === id);
        if (found === undefined) throw new Refusal('not_found', 'This session has ended already.');
        await auth.api.revokeSession({ body: { token: found.token }, headers: c.req.raw.headers });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('post /api/auth/revoke-other-sessions', {
        summary: 'End all of one’s other sessions',
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await auth.api.revokeOtherSessions({ headers: c.req.raw.headers });
        return c.json({ ok: true } as const, 200);
      },
    );
}
