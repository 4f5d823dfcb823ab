import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureUser } from '../../api/auth.js';
import { setUpState } from '../../api/contract/me.js';
import { invitationFacts, invited } from '../../api/contract/people.js';
import { bootstrapFromEnv, offerOwnerLink } from '../../api/owner.js';
import { createSignInLimit } from '../../api/rate-limit.js';
import { publicUrl, startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { codeOf } from './ready-review.js';

const password = 'a long enough password';
const owner = { name: 'Ada', email: 'ada@team.example', password };
const cookieOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

let api: ApiUnderTest;
const linkFile = () => join(api.data, 'owner-link.txt');
const offer = () => offerOwnerLink(api.db, api.data, publicUrl);
const tokenIn = (link: string) => new URL(link.trim()).hash.slice(1);
const ownerToken = () => tokenIn(readFileSync(linkFile(), 'utf8'));
const admins = async () => (await api.owner`select user_id from member where role = 'admin' and active`).length;
const setUp = (token: string, given: Record<string, string> = owner) =>
  api.ask(undefined, 'POST', '/api/setup', { body: { token, ...given } });

describe('the owner’s set-up', () => {
  beforeEach(async () => {
    api = await startApi();
    await offer();
  });
  afterEach(() => api.stop());

  test('leaves a link that only this account can read, until it is used once', async () => {
    expect(readFileSync(linkFile(), 'utf8')).toMatch(new RegExp(`^${publicUrl}/setup#[\\w-]{43}\n$`));
    expect(statSync(linkFile()).mode & 0o777).toBe(0o600);
    expect(setUpState.parse((await api.ask(undefined, 'GET', '/api/setup')).body).needed).toBe(true);

    const token = ownerToken();
    const made = await setUp(token, { ...owner, organisation: 'Harbour Ltd', timeZone: 'Europe/Berlin' });
    expect(made.body).toMatchObject({ person: { name: 'Ada' }, role: 'admin' });
    expect(existsSync(linkFile())).toBe(false);
    const headers = { cookie: cookieOf(made.headers) };
    const me = await api.ask(undefined, 'GET', '/api/me', { headers });
    expect(me.body).toMatchObject({ organisation: 'Harbour Ltd', timeZone: 'Europe/Berlin', role: 'admin' });

    expect(codeOf((await setUp(token, { ...owner, email: 'mallory@evil.example' })).body)).toBe('already_used');
    await offer();
    expect(existsSync(linkFile())).toBe(false);
    expect(await admins()).toBe(1);
  });

  test('cut off after the user was made is finished by sending it again', async () => {
    const { internalAdapter } = await api.deps.auth.$context;
    await internalAdapter.createUser(
      { email: owner.email, name: 'Ada', emailVerified: true },
      { method: 'email-password' },
    );
    expect((await setUp(ownerToken())).status).toBe(200);
    expect(await admins()).toBe(1);
  });

  test('cut off after the role was given is finished by sending it again, with the same password only', async () => {
    const token = ownerToken();
    expect((await setUp(token)).status).toBe(200);
    expect((await setUp(token)).status).toBe(200);
    expect((await setUp(token, { ...owner, password: 'another long password' })).status).toBe(401);
    expect(await admins()).toBe(1);
  });

  test('by an older link, or a made-up one, is refused', async () => {
    const old = ownerToken();
    await offer();
    expect(codeOf((await setUp(old)).body)).toBe('expired');
    expect(codeOf((await setUp('x'.repeat(43))).body)).toBe('not_found');
    expect(await admins()).toBe(0);
  });

  test('by two people at once makes one owner', async () => {
    const token = ownerToken();
    const both = await Promise.all([setUp(token), setUp(token, { ...owner, email: 'bo@team.example' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await admins()).toBe(1);
  });

  test('from the settings is made once, also where it was cut off, and never changes a password later', async () => {
    const { auth } = api.deps;
    const given = { email: owner.email, password };
    await ensureUser(auth, { ...given, name: 'half-way' });
    await bootstrapFromEnv(auth, api.db, given);
    await bootstrapFromEnv(auth, api.db, { ...given, password: 'something else long' });
    expect(await admins()).toBe(1);
    expect((await api.ask(undefined, 'POST', '/api/auth/sign-in/email', { body: given })).status).toBe(200);
  });
});

describe('an invitation', () => {
  let admin: Person;
  beforeAll(async () => {
    api = await startApi();
    admin = await api.person('admin', 'Ada');
  });
  afterAll(() => api.stop());

  const invite = async (email: string, role = 'approver') =>
    invited.parse((await api.ask(admin, 'POST', '/api/invitations', { body: { email, role } })).body);
  const accept = (token: string, name = 'Bo', secret = password) =>
    api.ask(undefined, 'POST', '/api/invitations/accept', { body: { token, name, password: secret } });

  test('lets one person in under the role it was made for, and can be repeated', async () => {
    const { link } = await invite('bo@team.example');
    const token = tokenIn(link);
    const facts = await api.ask(undefined, 'POST', '/api/invitations/look-up', { body: { token } });
    expect(invitationFacts.parse(facts.body)).toMatchObject({
      email: 'bo@team.example',
      role: 'approver',
      invitedBy: 'Ada',
    });
    expect((await accept(token)).body).toMatchObject({ role: 'approver' });
    expect((await accept(token)).status).toBe(200);
    expect((await accept(token, 'Bo', 'somebody else’s try')).status).toBe(401);
  });

  test('that was taken back or has run out lets nobody in', async () => {
    const back = await invite('c@team.example');
    await api.ask(admin, 'POST', `/api/invitations/${back.id}/revoke`);
    expect(codeOf((await accept(tokenIn(back.link))).body)).toBe('expired');
    const late = await invite('d@team.example');
    await api.owner`update invitation set expires_at = now() - interval '1 minute' where id = ${late.id}`;
    expect(codeOf((await accept(tokenIn(late.link))).body)).toBe('expired');
  });

  test('never sets the password of somebody who is here already', async () => {
    const { link } = await invite('e@team.example');
    const userId = await ensureUser(api.deps.auth, { email: 'e@team.example', name: 'Eve', password });
    await api.owner`insert into member (user_id, role, active, granted_at) values (${userId}, 'viewer', true, now())`;
    expect(codeOf((await accept(tokenIn(link), 'Mallory', 'mallory’s password')).body)).toBe('already_used');
    const again = { email: 'e@team.example', password };
    expect((await api.ask(undefined, 'POST', '/api/auth/sign-in/email', { body: again })).status).toBe(200);
    expect(
      codeOf(
        (await api.ask(admin, 'POST', '/api/invitations', { body: { email: 'e@team.example', role: 'admin' } })).body,
      ),
    ).toBe('already_used');
  });
});

describe('signing in', () => {
  const body = { email: 'fay@team.example', password };
  const signIn = (given = body) => api.ask(undefined, 'POST', '/api/auth/sign-in/email', { body: given });
  let id: string;
  beforeAll(async () => {
    api = await startApi();
    id = await ensureUser(api.deps.auth, { ...body, name: 'Fay' });
    await api.owner`insert into member (user_id, role, active, granted_at) values (${id}, 'viewer', true, now())`;
  });
  afterAll(() => api.stop());

  test('says the same for a wrong password as for an address that nobody has', async () => {
    const wrong = await signIn({ ...body, password: 'not the password' });
    const unknown = await signIn({ ...body, email: 'nobody@team.example' });
    const words = ({ body: given, status }: typeof wrong) => [status, codeOf(given), Object(given).error.message];
    expect(words(wrong)).toEqual(words(unknown));
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('gives a cookie that scripts cannot read, ends with sign-out, and never shows the token', async () => {
    const made = await signIn();
    expect(made.headers.getSetCookie().join()).toMatch(/HttpOnly/);
    const cookie = cookieOf(made.headers);
    const token = decodeURIComponent(cookie).split('=')[1]?.split('.')[0] ?? '';
    expect(token.length).toBeGreaterThan(20);
    for (const path of ['/api/me', '/api/auth/get-session', '/api/auth/list-sessions'])
      expect((await api.ask(undefined, 'GET', path, { headers: { cookie } })).text).not.toContain(token);
    expect(made.text).not.toContain(token);
    await api.ask(undefined, 'POST', '/api/auth/sign-out', { body: {}, headers: { cookie } });
    expect((await api.ask(undefined, 'GET', '/api/me', { headers: { cookie } })).status).toBe(401);
  });

  test('is refused to a member who was let go', async () => {
    await api.owner`update member set active = false where user_id = ${id}`;
    const made = await signIn();
    expect([made.status, codeOf(made.body)]).toEqual([403, 'not_permitted']);
    expect(made.headers.getSetCookie()).toEqual([]);
    await api.owner`update member set active = true where user_id = ${id}`;
  });

  test('is slowed down after eight wrong passwords for one account, and says for how long', async () => {
    api.deps.signInLimit = createSignInLimit();
    for (let tries = 0; tries < 8; tries += 1) await signIn({ ...body, password: 'a guess at it' });
    const ninth = await signIn();
    expect([ninth.status, codeOf(ninth.body)]).toEqual([429, 'rate_limited']);
    expect(Number(ninth.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('elsewhere can be ended, and a changed password ends nothing but what was asked', async () => {
    api.deps.signInLimit = createSignInLimit();
    const [here, there] = [cookieOf((await signIn()).headers), cookieOf((await signIn()).headers)];
    const as = (cookie: string) => ({ headers: { cookie } });
    const change = { currentPassword: password, newPassword: 'a newer long password' };
    expect(
      (
        await api.ask(undefined, 'POST', '/api/auth/change-password', {
          body: { ...change, currentPassword: 'wrong wrong wrong' },
          ...as(here),
        })
      ).status,
    ).toBe(403);
    expect((await api.ask(undefined, 'POST', '/api/auth/change-password', { body: change, ...as(here) })).status).toBe(
      200,
    );
    expect((await api.ask(undefined, 'GET', '/api/me', as(there))).status).toBe(200);
    expect(
      (await api.ask(undefined, 'POST', '/api/auth/revoke-other-sessions', { body: {}, ...as(here) })).status,
    ).toBe(200);
    expect((await api.ask(undefined, 'GET', '/api/me', as(there))).status).toBe(401);
    expect((await api.ask(undefined, 'GET', '/api/me', as(here))).status).toBe(200);
  });
});
