import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assertTable } from '../../api/app.js';
import { router } from '../../api/kit.js';
import { access, routeKeys, type Access, type RouteKey } from '../../api/authorisation.js';
import { keyMade } from '../../api/contract/people.js';
import { newId } from '../../db/ids.js';
import { keyScopes, mayAct, roles, type Role } from '../../workflows/domain/roles.js';
import { startApi, type ApiUnderTest, type As, type Person } from './api-under-test.js';
import { codeOf, openedReview } from './ready-review.js';

let api: ApiUnderTest;
const people = new Map<Role, Person>();
let sample: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  for (const role of roles) people.set(role, await api.person(role));
  const review = await openedReview(api, await api.person('operator', 'Starter'));
  sample = {
    id: review.runId,
    rt: newId(),
    version: '1',
    source: newId(),
    page: '1',
    field: 'term',
    sha256: '0'.repeat(64),
    track: 'sop-drafting',
    file: 'swagger-ui.css',
  };
});
afterAll(() => api.stop());

/** These end the session or the stream that the test needs; they have tests of their own. */
const apart = new Set<RouteKey>(['get /api/events', 'post /api/auth/sign-out']);
const walked = routeKeys.filter((key) => !apart.has(key));

const partsOf = (key: RouteKey) => {
  const [method = '', path = ''] = key.split(' ');
  return { method: method.toUpperCase(), path: path.replace(/\{(\w+)\}/g, (_, name: string) => sample[name] ?? '') };
};

/** A body that fits no schema: whoever is let in is refused for it, and nothing changes. */
const attempt = (who: As, key: RouteKey) => {
  const { method, path } = partsOf(key);
  return api.ask(who, method, path, method === 'GET' ? {} : { body: { notAField: true } });
};

/** Without a body to refuse, being let in would do it: these are only tried by those who may not. */
const changesWithoutBody = new Set<RouteKey>([
  'post /api/auth/revoke-other-sessions',
  'post /api/checkpoints',
  'post /api/members/{id}/deactivate',
  'post /api/members/{id}/reactivate',
  'post /api/invitations/{id}/revoke',
  'post /api/keys/{id}/revoke',
  'post /api/earlier-sops/{id}/remove',
]);

const isPublic = (rule: Access) => 'public' in rule;

describe.each(walked)('%s', (key) => {
  const rule: Access = access[key];

  test('refuses whoever is not signed in, unless it is public', async () => {
    const { status, body } = await attempt(undefined, key);
    if ('public' in rule) expect(codeOf(body)).not.toBe('not_signed_in');
    else expect([status, codeOf(body)]).toEqual([401, 'not_signed_in']);
  });

  test.each(roles)('admits a %s exactly where the table says so', async (role) => {
    const admitted = 'public' in rule || mayAct(role, rule.session);
    if (admitted && changesWithoutBody.has(key)) return;
    const { status, body } = await attempt(people.get(role), key);
    if (admitted) {
      expect(codeOf(body)).not.toBe('not_permitted');
      expect(status).not.toBe(401);
      expect(status).toBeLessThan(500);
    } else expect([status, codeOf(body)]).toEqual([403, 'not_permitted']);
  });

  test.each(keyScopes)('admits a key of scope %s exactly where the table says so', async (scope) => {
    const admin = people.get('admin');
    if (admin === undefined || isPublic(rule)) return;
    const { key: secret } = await api.key(admin, [scope]);
    const { status, body } = await attempt({ key: secret }, key);
    const admitted = !('public' in rule) && rule.key === scope;
    if (admitted) expect(codeOf(body)).not.toBe('not_permitted');
    else expect([status, codeOf(body)]).toEqual([403, 'not_permitted']);
  });
});

test('no key reaches a route that decides, edits, confirms, assigns or sets anything', () => {
  const reached = routeKeys.filter((key) => {
    const rule: Access = access[key];
    return !('public' in rule) && rule.key !== undefined && rule.key !== 'read';
  });
  expect(reached).toEqual(['post /api/sources', 'post /api/archives', 'post /api/runs']);
  const read = routeKeys.filter((key) => 'key' in access[key] && !reached.includes(key));
  expect(read.every((key) => key.startsWith('get '))).toBe(true);
});

test('every public route that changes something is a door to come in by', () => {
  const open = routeKeys.filter((key) => isPublic(access[key]) && !key.startsWith('get '));
  expect(open).toEqual([
    'post /api/setup',
    'post /api/invitations/look-up',
    'post /api/invitations/accept',
    'post /api/auth/sign-in/email',
    'post /api/auth/sign-out',
  ]);
});

test('a path that is served and not in the table does not start', () => {
  const app = router();
  app.get('/api/back-door', (c) => c.text('open'));
  expect(() => assertTable(app)).toThrow('get /api/back-door');
});

test('no other path of the sign-in library is served', async () => {
  const admin = people.get('admin');
  const paths = ['sign-up/email', 'update-user', 'delete-user', 'api-key/create', 'api-key/update', 'admin/set-role'];
  for (const path of [...paths, 'change-email', 'set-password', 'request-password-reset', 'sign-in/social']) {
    const answer = await api.ask(admin, 'POST', `/api/auth/${path}`, { body: {} });
    expect([path, answer.status]).toEqual([path, 404]);
  }
});

test('a key counts for nothing once the person who made it was let go', async () => {
  const maker = await api.person('operator', 'Short stay');
  const { key } = await api.key(maker, ['read', 'runs:start']);
  expect((await api.ask({ key }, 'GET', '/api/runs')).status).toBe(200);
  await api.owner`update member set active = false where user_id = ${maker.id}`;
  expect((await api.ask({ key }, 'GET', '/api/runs')).status).toBe(401);
  expect((await api.ask({ key }, 'POST', '/api/sources', { body: {} })).status).toBe(401);
});

test('a revoked key and a made-up one are nobody', async () => {
  const admin = people.get('admin');
  const made = await api.ask(admin, 'POST', '/api/keys', { body: { name: 'Reports', scopes: ['read'] } });
  expect(made.status).toBe(201);
  const { id, key } = keyMade.parse(made.body);
  expect((await api.ask({ key }, 'GET', '/api/runs')).status).toBe(200);
  expect((await api.ask(admin, 'POST', `/api/keys/${id}/revoke`)).status).toBe(200);
  expect((await api.ask({ key }, 'GET', '/api/runs')).status).toBe(401);
  expect((await api.ask({ key: 'cs_made-up' }, 'GET', '/api/runs')).status).toBe(401);
});
