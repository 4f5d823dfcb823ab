import type { KeyScope, Role } from '../workflows/domain/roles.js';

/**
 * Who may use a route. `public`: anybody. `session`: a signed-in member of at least that role.
 * `key`: API keys with that scope as well. `loopback`: this machine, besides the session named.
 */
export type Access = { public: true } | { session: Role; key?: KeyScope; loopback?: true };

/**
 * Every route, and who may use it. Routes register through this table (`route()` in routes/kit.ts) and the
 * tests walk it; one that is not here does not start. Keys read and start work; none decides, edits, fulfils.
 */
export const access = {
  'get /healthz': { public: true },
  'get /readyz': { public: true },
  'get /metrics': { session: 'admin', loopback: true },
  'get /.well-known/countersign-keys.json': { public: true },
  'get /api/openapi.json': { public: true },
  'get /api/docs': { public: true },
  'get /api/docs/{file}': { public: true },

  'get /api/setup': { public: true },
  'post /api/setup': { public: true },
  'post /api/invitations/look-up': { public: true },
  'post /api/invitations/accept': { public: true },
  'post /api/auth/sign-in/email': { public: true },
  'post /api/auth/sign-out': { public: true },
  'get /api/auth/get-session': { public: true },
  'post /api/auth/change-password': { session: 'viewer' },
  'get /api/auth/list-sessions': { session: 'viewer' },
  'post /api/auth/revoke-session': { session: 'viewer' },
  'post /api/auth/revoke-other-sessions': { session: 'viewer' },

  'get /api/me': { session: 'viewer' },
  'put /api/me/deputy': { session: 'viewer' },
  'get /api/me/calendar-link': { session: 'viewer' },
  'post /api/me/calendar-link': { session: 'viewer' },
  'post /api/me/calendar-link/revoke': { session: 'viewer' },
  // Opened by the secret in its address, which opens nothing else.
  'get /calendar/{file}': { public: true },
  'get /api/events': { session: 'viewer' },
  'get /api/notices': { session: 'viewer' },
  'post /api/notices/{id}/read': { session: 'viewer' },
  'get /api/checklist': { session: 'viewer' },
  'get /api/search': { session: 'viewer', key: 'read' },

  'post /api/sources': { session: 'operator', key: 'runs:start' },
  'post /api/archives': { session: 'operator', key: 'runs:start' },
  'get /api/sources/{id}': { session: 'viewer', key: 'read' },
  'post /api/sources/{id}/erase': { session: 'admin' },
  'get /api/files/{sha256}': { session: 'viewer', key: 'read' },

  'post /api/runs': { session: 'operator', key: 'runs:start' },
  'get /api/runs': { session: 'viewer', key: 'read' },
  'get /api/runs/{id}': { session: 'viewer', key: 'read' },
  'get /api/runs/{id}/drafts/{version}': { session: 'viewer', key: 'read' },
  'patch /api/runs/{id}/draft': { session: 'operator' },
  'post /api/runs/{id}/withdraw': { session: 'operator' },
  'post /api/runs/{id}/release': { session: 'approver' },
  'post /api/runs/{id}/repair': { session: 'operator' },
  'post /api/runs/{id}/retry': { session: 'operator' },
  'post /api/runs/{id}/sources': { session: 'operator' },
  'post /api/runs/{id}/run-throughs': { session: 'operator' },
  'get /api/runs/{id}/run-throughs/{rt}': { session: 'viewer', key: 'read' },
  'patch /api/runs/{id}/run-throughs/{rt}': { session: 'operator' },
  'get /api/runs/{id}/run-throughs/{rt}/recording': { session: 'operator' },
  'post /api/runs/{id}/run-throughs/{rt}/recording': { session: 'operator' },
  'post /api/runs/{id}/run-throughs/{rt}/finish': { session: 'operator' },
  'get /api/samples': { session: 'viewer' },
  'post /api/samples': { session: 'operator' },

  'get /api/inbox': { session: 'viewer', key: 'read' },
  'get /api/reviews/{id}': { session: 'viewer', key: 'read' },
  'get /api/reviews/{id}/pages/{source}/{page}': { session: 'viewer', key: 'read' },
  'get /api/reviews/{id}/absences/{field}': { session: 'viewer', key: 'read' },
  'post /api/reviews/{id}/claim': { session: 'operator' },
  'post /api/reviews/{id}/unclaim': { session: 'operator' },
  'post /api/reviews/{id}/assign': { session: 'operator' },
  'post /api/reviews/{id}/fulfilments': { session: 'operator' },
  'post /api/reviews/{id}/decision': { session: 'approver' },
  'post /api/reviews/{id}/undo': { session: 'approver' },
  'post /api/publications/{id}/resolve': { session: 'approver' },

  'get /api/published': { session: 'viewer', key: 'read' },
  'get /api/published/{id}': { session: 'viewer', key: 'read' },
  'get /api/published/{id}/export': { session: 'viewer', key: 'read' },
  'post /api/published/{id}/reports': { session: 'viewer' },
  'get /api/published/{id}/receipt': { session: 'viewer', key: 'read' },
  'get /api/register': { session: 'viewer', key: 'read' },
  'get /api/register.csv': { session: 'viewer', key: 'read' },
  'get /api/register/{id}': { session: 'viewer', key: 'read' },
  'get /api/contract-figures': { session: 'viewer', key: 'read' },
  'get /api/sop-figures': { session: 'viewer', key: 'read' },
  'post /api/earlier-sops': { session: 'operator' },
  'post /api/earlier-sops/{id}/remove': { session: 'operator' },
  'get /api/timeline': { session: 'viewer', key: 'read' },
  'get /api/checkpoints': { session: 'viewer', key: 'read' },
  'post /api/checkpoints': { session: 'admin' },

  'get /api/members': { session: 'viewer' },
  'post /api/members/{id}/role': { session: 'admin' },
  'post /api/members/{id}/deactivate': { session: 'admin' },
  'post /api/members/{id}/reactivate': { session: 'admin' },
  'get /api/invitations': { session: 'admin' },
  'post /api/invitations': { session: 'admin' },
  'post /api/invitations/{id}/revoke': { session: 'admin' },
  'get /api/keys': { session: 'admin' },
  'post /api/keys': { session: 'admin' },
  'post /api/keys/{id}/revoke': { session: 'admin' },
  'get /api/targets': { session: 'viewer' },
  'put /api/targets/{id}': { session: 'admin' },
  'get /api/tracks': { session: 'viewer', key: 'read' },
  'put /api/tracks/{track}/policy': { session: 'admin' },
  'get /api/sop-template': { session: 'viewer' },
  'post /api/sop-template': { session: 'admin' },
  'get /api/settings': { session: 'viewer' },
  'patch /api/settings': { session: 'admin' },
} as const satisfies Record<string, Access>;

export type RouteKey = keyof typeof access;
export const routeKeys = Object.keys(access) as RouteKey[];

/** True for a key of the table. */
export function isRouteKey(key: string): key is RouteKey {
  return Object.hasOwn(access, key);
}
