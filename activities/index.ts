import type { GateDeps } from './deps.js';
import { createSopDrafting, type SopDraftingDeps } from './sop-drafting.js';
import { createSteps } from './steps.js';

export type ActivityDeps = GateDeps & SopDraftingDeps;

/** Everything the workflows may ask for. There is no predict among it, and no model behind an execute. */
export function createActivities(deps: ActivityDeps) {
  return { ...createSteps(deps), ...createSopDrafting(deps) };
}

export type Activities = ReturnType<typeof createActivities>;
