import { DateTime } from 'luxon';

/** `2026-W48`, as of ISO 8601. */
const form = /^(\d{4})-W(\d{2})$/;

/** The ISO week (`2026-W48`) that a moment falls in, in the given IANA time zone. */
export function isoWeekOf(moment: Date, zone: string): string {
  const at = DateTime.fromJSDate(moment, { zone });
  return `${String(at.weekYear).padStart(4, '0')}-W${String(at.weekNumber).padStart(2, '0')}`;
}

/**
 * The half-open span of a week in a zone; `undefined` where the text names no week that exists
 * (a year has 52 or 53).
 */
export function weekBounds(week: string, zone: string): { from: Date; to: Date } | undefined {
  const match = form.exec(week);
  if (!match) return undefined;
  const monday = DateTime.fromObject(
    { weekYear: Number(match[1]), weekNumber: Number(match[2]), weekday: 1 },
    { zone },
  );
  if (!monday.isValid) return undefined;
  return { from: monday.toJSDate(), to: monday.plus({ weeks: 1 }).toJSDate() };
}
