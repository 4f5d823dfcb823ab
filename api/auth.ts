import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import type { Context } from 'hono';
import { getSignedCookie } from 'hono/cookie';
import type { Db } from '../db/connect.js';
import { newId } from '../db/ids.js';
import * as schema from '../db/schema.js';
import { keyScopes, type KeyScope } from '../workflows/domain/roles.js';
import type { Logger } from 'pino';

/** Fourteen days from the sign-in; reading a page never writes, so a session does not slide. */
const sessionSeconds = 14 * 24 * 60 * 60;

/** The one area that our keys have permissions in. */
const area = 'countersign';

export type AuthOptions = { db: Db; publicUrl: string; secret: string; log: Logger };

/**
 * Passwords, sessions and API keys. Sign-up is closed: people come by the owner's link or an invitation.
 * No admin plugin: impersonation would be a second door. No transactions: postgres.js loses them over a restart.
 */
export function createAuth({ db, publicUrl, secret, log }: AuthOptions) {
  return betterAuth({
    appName: 'Countersign',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database: drizzleAdapter(db.orm, { provider: 'pg', schema, transaction: false }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true, deferSessionRefresh: true },
    // Our own limit counts per person, whatever the address.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      database: { generateId: () => newId() },
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      // Origin is checked by our own middleware, before this is reached and for every unsafe method.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    logger: { level: 'error', log: (level, message) => log[level === 'debug' ? 'debug' : level](message) },
    plugins: [
      apiKey({
        defaultPrefix: 'cs_',
        maximumNameLength: 60,
        enableSessionForAPIKeys: false,
        rateLimit: { enabled: false },
        keyExpiration: { defaultExpiresIn: null, maxExpiresIn: 3650 },
        startingCharactersConfig: { shouldStore: true, charactersLength: 7 },
      }),
    ],
  });
}
export type Auth = ReturnType<typeof createAuth>;

/** The token in the request's session cookie, where its signature holds; whether the session lives, the database says. */
export async function sessionToken(auth: Auth, c: Context): Promise<string | undefined> {
  const { authCookies, secret } = await auth.$context;
  const token = await getSignedCookie(c, secret, authCookies.sessionToken.name);
  return typeof token === 'string' ? token : undefined;
}

/** An API key's id, name and scopes, where the key is good. */
export async function verifyKey(
  auth: Auth,
  key: string,
): Promise<{ id: string; name: string; maker: string; scopes: KeyScope[] } | undefined> {
  const answer = await auth.api.verifyApiKey({ body: { key } });
  if (!answer.valid || answer.key === null) return undefined;
  const { id, name, permissions, referenceId } = answer.key;
  const held = permissions?.[area] ?? [];
  return { id, name: name ?? 'API key', maker: referenceId, scopes: keyScopes.filter((scope) => held.includes(scope)) };
}

/** Scopes in the form in which a key holds them; the database's functions read them so too. */
export function permissionsOf(scopes: readonly KeyScope[]): Record<string, string[]> {
  return { [area]: [...scopes] };
}

/** A user with this address and password, made or finished: a crash may have left one without a password. */
export async function ensureUser(
  auth: Auth,
  person: { email: string; name: string; password: string },
): Promise<string> {
  const { internalAdapter, password } = await auth.$context;
  const found = await internalAdapter.findUserByEmail(person.email, { includeAccounts: true });
  const user =
    found?.user ??
    (await internalAdapter.createUser(
      { email: person.email, name: person.name, emailVerified: true },
      { method: 'email-password' },
    ));
  const hash = await password.hash(person.password);
  if (found?.accounts.some((account) => account.providerId === 'credential') === true)
    await internalAdapter.updatePassword(user.id, hash);
  else
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: hash,
    });
  return user.id;
}

/** Signs in; the answer carries the session's cookie. */
export function signIn(auth: Auth, email: string, password: string, headers: Headers): Promise<Response> {
  return auth.api.signInEmail({ body: { email, password }, headers, asResponse: true });
}
