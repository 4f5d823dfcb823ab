import { approvedContract } from '../db/queries/letter.js';
import { houseSettings } from '../db/queries/settings.js';
import { civilDayAt } from '../workflows/domain/contract-summary/civil-day.js';
import { Refusal } from '../workflows/domain/errors.js';
import { letterTrouble } from '../workflows/domain/notice-letter/facts.js';
import { letterTitle } from '../workflows/domain/notice-letter/from-rules.js';
import { letterInputSchema } from '../workflows/domain/notice-letter/schema.js';
import type { Deps } from './deps.js';

/**
 * A letter starts from a contract that a person approved and that was published, and from nothing else.
 * Answers the title of a letter that is given none, and whether it is a sample.
 * @throws Refusal with a sentence that says what is in the way.
 */
export async function checkLetterStart(
  deps: Deps,
  { sources, input }: { sources: readonly string[]; input?: unknown },
): Promise<{ title: string; sample: boolean }> {
  if (sources.length > 0)
    throw new Refusal('invalid_request', 'A letter is drafted from an approved contract alone. Leave the sources out.');
  const { contract: run, kind, endOn } = letterInputSchema.parse(input ?? {});
  const approved = await approvedContract(deps.db, run);
  if (approved === null) throw new Refusal('not_found', 'There is no contract summary under that id.');
  if (approved === 'unpublished')
    throw new Refusal(
      'wrong_state',
      'This contract is not published yet. Approve its summary first, then start the letter.',
    );
  if (approved === 'superseded')
    throw new Refusal('wrong_state', 'A later contract took the place of this one. Start the letter from that one.');
  const { contract } = approved;
  const asked = { contract: run, kind, ...(endOn !== undefined && { endOn }) };
  const { timeZone } = await houseSettings(deps);
  const trouble = letterTrouble(asked, contract, civilDayAt(new Date(), timeZone));
  if (trouble !== undefined) throw new Refusal('invalid_request', trouble);
  return { title: letterTitle(kind, contract.vendor), sample: approved.sample };
}
