import { z } from 'zod';
import { putSetting } from '../db/commands/settings.js';
import { settings } from '../db/queries/settings.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { Deps } from './deps.js';

/** What is set for the whole house, with what holds where nothing was set. */
export type HouseSettings = { organisation: string; timeZone: string; singleKeys: boolean };

/** Reads the house's settings. */
export async function houseSettings({ db, timeZone }: Pick<Deps, 'db' | 'timeZone'>): Promise<HouseSettings> {
  const values = await settings(db);
  return {
    organisation: z.string().catch('').parse(values.get('organisation')),
    timeZone: z.string().catch(timeZone).parse(values.get('time-zone')),
    singleKeys: z.boolean().catch(true).parse(values.get('single-keys')),
  };
}

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
