import type { BinEnv } from './env.js';
import { runningOver } from './folder-lock.js';
import { say } from './say.js';
import { ownerLink } from './start.js';

/** Prints the owner's link while nobody has used it. */
export function printOwnerLink(env: BinEnv): Promise<number> {
  const link = ownerLink(env.data);
  if (link !== null) {
    say(link);
    return Promise.resolve(0);
  }
  say(
    runningOver(env.data)
      ? 'The link was used: sign in as the owner, who can invite others.'
      : `There is no unused link in ${env.data}: start Countersign with "npm start", which makes one while there is no owner.`,
  );
  return Promise.resolve(1);
}
