import type { Role } from '../../workflows/domain/roles.js';

/** What each role is called, and what it may do, in a manager's words. */
export const roleWords: Record<Role, { name: string; may: string }> = {
  viewer: { name: 'Viewer', may: 'reads everything' },
  operator: { name: 'Operator', may: 'starts runs, edits drafts, runs steps through' },
  approver: { name: 'Approver', may: 'does all that, and decides' },
  admin: { name: 'Admin', may: 'does all that, and looks after people and settings' },
};
