import type { z } from 'zod';
import type * as c from '../../api/contract/index.js';

/** What each route takes in its body; a route that is not here takes none, or an empty object. */
export interface Bodies {
  'post /api/setup': z.input<typeof c.setUp>;
  'post /api/invitations/look-up': z.input<typeof c.lookUpInvitation>;
  'post /api/invitations/accept': z.input<typeof c.acceptInvitation>;
  'post /api/auth/sign-in/email': { email: string; password: string };
  'post /api/auth/change-password': { currentPassword: string; newPassword: string; revokeOtherSessions?: boolean };
  'put /api/me/deputy': z.input<typeof c.setDeputy>;
  'post /api/sources': z.input<typeof c.sourceText>;
  'post /api/sources/{id}/erase': z.input<typeof c.eraseSource>;
  'post /api/runs': z.input<typeof c.startRun>;
  'patch /api/runs/{id}/draft': z.input<typeof c.editDraft>;
  'post /api/runs/{id}/withdraw': z.input<typeof c.withReason>;
  'post /api/runs/{id}/release': z.input<typeof c.withReason>;
  'post /api/runs/{id}/repair': z.input<typeof c.withReason>;
  'post /api/published/{id}/reports': z.input<typeof c.reportProblem>;
  'post /api/earlier-sops': z.input<typeof c.earlierSop>;
  'post /api/runs/{id}/retry': z.input<typeof c.retryRun>;
  'post /api/runs/{id}/sources': z.input<typeof c.addRunSource>;
  'post /api/runs/{id}/run-throughs': z.input<typeof c.startRunThrough>;
  'patch /api/runs/{id}/run-throughs/{rt}': z.input<typeof c.tickStep>;
  'post /api/runs/{id}/run-throughs/{rt}/recording': z.input<typeof c.attachRecording>;
  'post /api/samples': z.input<typeof c.startSample>;
  'post /api/reviews/{id}/assign': z.input<typeof c.assignReview>;
  'post /api/reviews/{id}/fulfilments': z.input<typeof c.fulfil>;
  'post /api/reviews/{id}/decision': z.input<typeof c.decide>;
  'post /api/publications/{id}/resolve': z.input<typeof c.resolvePublication>;
  'post /api/members/{id}/role': z.input<typeof c.setRole>;
  'post /api/invitations': z.input<typeof c.invite>;
  'post /api/keys': z.input<typeof c.makeKey>;
  'put /api/targets/{id}': z.input<typeof c.putTarget>;
  'put /api/tracks/{track}/policy': z.input<typeof c.setPolicy>;
  'post /api/sop-template': z.input<typeof c.newSopTemplate>;
  'patch /api/settings': z.input<typeof c.patchSettings>;
}
