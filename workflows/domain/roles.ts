/** Roles, weakest first; each may do what the ones before it may. The database ranks them in this order too. */
export const roles = ['viewer', 'operator', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Scopes an API key may hold. None of them decides, edits, fulfils or sets a role. */
export const keyScopes = ['runs:start', 'requests:write', 'metrics:write', 'read'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** True where `role` is at least `needed`. */
export function mayAct(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
