/** States of a run, in the order in which most runs pass them. */
export const runStates = [
  'received',
  'kept-human',
  'drafting',
  'in-review',
  'approved',
  'publishing',
  'published',
  'uncertain',
  'failed',
  'rejected',
  'withdrawn',
] as const;
export type RunState = (typeof runStates)[number];

/** States from which nothing moves again, save by a repair, which opens a new round. */
export const closedStates = ['published', 'rejected', 'withdrawn'] as const satisfies readonly RunState[];

/** True where the run still needs its workflow. */
export function isOpen(state: RunState): boolean {
  return !(closedStates as readonly RunState[]).includes(state);
}

export const reviewStates = ['open', 'approved', 'changes-requested', 'rejected', 'withdrawn', 'superseded'] as const;
export type ReviewState = (typeof reviewStates)[number];

export const decisions = ['approve', 'request-changes', 'reject'] as const;
export type DecisionVerb = (typeof decisions)[number];

export const publicationStates = ['reserved', 'delivering', 'published', 'uncertain', 'failed', 'superseded'] as const;
export type PublicationState = (typeof publicationStates)[number];
