import { z } from 'zod';
import { trackOfRun } from '../db/queries/register.js';
import type { Db } from '../db/connect.js';
import { Refusal } from '../workflows/domain/errors.js';

const given = z.looseObject({ supersedes: z.uuid().optional() });

/**
 * Checks what a new run says to take the place of in the register: a contract's run, and itself one. Nothing is
 * superseded by it: that happens when the new one is published.
 *
 * @throws Refusal `invalid_request` where it is no such run.
 */
export async function checkSupersedes(db: Db, { track, input }: { track: string; input?: unknown }): Promise<void> {
  const read = given.safeParse(input ?? {});
  if (!read.success)
    throw new Refusal('invalid_request', '“supersedes” names a contract of the register by the id of its run.');
  const { supersedes } = read.data;
  if (supersedes === undefined) return;
  if (track !== 'contract-summary')
    throw new Refusal('invalid_request', 'Only a contract takes the place of a contract in the register.');
  if ((await trackOfRun(db, supersedes)) !== 'contract-summary')
    throw new Refusal('invalid_request', 'There is no such contract to take the place of.', { supersedes });
}
