import { putSetting } from '../db/commands/settings.js';
import type { HouseSettings } from '../db/queries/settings.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { Deps } from './deps.js';

/** A time zone that exists, by its IANA name. */
function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new Refusal('invalid_request', `There is no time zone “${zone}”. Write it like Europe/Berlin.`);
  }
}

/** Writes those of the house's settings that are given. */
export async function nameHouse(deps: Deps, token: string, given: Partial<HouseSettings>): Promise<void> {
  const { organisation, timeZone, singleKeys } = given;
  if (timeZone !== undefined) knownZone(timeZone);
  if (organisation !== undefined) await putSetting(deps.db, { token, key: 'organisation', value: organisation });
  if (timeZone !== undefined) await putSetting(deps.db, { token, key: 'time-zone', value: timeZone });
  if (singleKeys !== undefined) await putSetting(deps.db, { token, key: 'single-keys', value: singleKeys });
}
