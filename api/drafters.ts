import type { AskedDrafter } from '../workflows/domain/drafters.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { Deps } from './deps.js';

/** Refuses a drafter asked for by name that is not set up here: another is never put in its place. */
export function checkDrafter({ drafter }: Pick<Deps, 'drafter'>, asked: AskedDrafter | undefined): void {
  if (asked === undefined || asked === 'default') return;
  if (drafter.choices.some((one) => one.name === asked)) return;
  const names = drafter.choices.map((one) => one.name);
  throw new Refusal('drafter_not_set_up', `The drafter “${asked}” is not set up here. Set up: ${names.join(', ')}.`, {
    drafters: names,
  });
}
