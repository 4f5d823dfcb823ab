import { createContractReminders } from './contract-reminders.js';
import { createDrafting, type DraftingDeps } from './drafting.js';
import { createSteps } from './steps.js';

/** Everything the workflows may ask for. There is no predict among it, and no model behind an execute. */
export function createActivities(deps: DraftingDeps) {
  return { ...createSteps(deps), ...createDrafting(deps), ...createContractReminders(deps) };
}

export type Activities = ReturnType<typeof createActivities>;
