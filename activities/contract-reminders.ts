import { remindContract } from '../db/commands/register.js';
import { runsWithUnmailed } from '../db/queries/recipients.js';
import { registerRows, wasReminded, type RegisterRow } from '../db/queries/register.js';
import { houseSettings } from '../db/queries/settings.js';
import { civilDayAt, type CivilDay } from '../workflows/domain/contract-summary/civil-day.js';
import { pastAtPublication, remindersOn, type Reminder } from '../workflows/domain/contract-summary/reminders.js';
import { beating } from './beating.js';
import type { GateDeps } from './deps.js';
import { tellAbout } from './notices/tell.js';
import { withVerb } from './verb.js';

/** What the daily look at the register does. */
export function createContractReminders(deps: GateDeps) {
  return {
    /** Tells people of last safe days that come near; answers the runs whose notices wait to be mailed. */
    remindContracts: withVerb('system', () => beating(() => remindContracts(deps))),
  };
}

const longestName = 80;

function nameOf({ contract, title }: RegisterRow): string {
  const name = contract === null || contract.vendor === '' ? title : contract.vendor;
  const words = name.replace(/\s+/g, ' ').trim();
  return words.length <= longestName ? words : `${words.slice(0, longestName - 1)}…`;
}

// Notices first, each once per person, then the row that says so: cut off in between, the next try finishes the same one.
async function remind(deps: GateDeps, row: RegisterRow, { term, threshold, lastSafeDay }: Reminder): Promise<void> {
  const run = row.runId;
  if (await wasReminded(deps.db, { run, term, threshold })) return;
  const past = threshold === pastAtPublication;
  const onceKey = `contract-reminder:${run}:${String(term)}:${String(threshold)}`;
  const values = { vendor: nameOf(row), lastSafeDay, ...(past && { past }) };
  await tellAbout(deps, run, 'contract-reminder', onceKey, values);
  await remindContract(deps.db, { run, term, threshold, lastSafeDay });
}

async function remindOf(deps: GateDeps, row: RegisterRow, today: CivilDay, timeZone: string): Promise<void> {
  if (row.contract === null) return;
  const publishedOn = civilDayAt(new Date(row.publishedAt), timeZone);
  for (const reminder of remindersOn(row.contract, today, publishedOn)) await remind(deps, row, reminder);
}

/**
 * One look at the whole register, on which nothing depends but what people are told. Repeating it changes nothing, and
 * it does not matter how many do it at once. Samples are nobody's contract.
 */
export async function remindContracts(deps: GateDeps): Promise<string[]> {
  const { db, log } = deps;
  const [rows, { timeZone }] = await Promise.all([registerRows(db), houseSettings(deps)]);
  const today = civilDayAt(new Date(), timeZone);
  let failed = false;
  for (const row of rows.filter((one) => !one.sample)) {
    await remindOf(deps, row, today, timeZone).catch((error: unknown) => {
      failed = true;
      log.error({ run: row.runId, err: error }, 'A reminder of a contract could not be made.');
    });
  }
  // The others were told; the next try finds theirs done and does only what is left.
  if (failed) throw new Error('not every reminder was made');
  return deps.mailer === undefined ? [] : runsWithUnmailed(db, 'contract-reminder');
}
