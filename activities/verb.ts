import type { Verb } from '../workflows/domain/verbs.js';

/** An activity that says what kind of act it is, in the words of the ACE lens. */
export type WithVerb<F> = F & { readonly verb: Verb };

/** Gives an activity its verb. */
export function withVerb<F extends (...args: never[]) => Promise<unknown>>(verb: Verb, act: F): WithVerb<F> {
  return Object.assign(act, { verb });
}
