import { isoWeekOf } from './iso.js';

const dayMs = 86_400_000;
const utc = (moment: Date, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(moment);

/** The Monday of an ISO week, as a UTC date; undefined where the text names no week. */
export function mondayOf(week: string): Date | undefined {
  const match = /^(\d{4})-W(\d{2})$/.exec(week);
  if (!match) return undefined;
  const fourth = new Date(Date.UTC(Number(match[1]), 0, 4));
  const first = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * dayMs;
  const monday = new Date(first + (Number(match[2]) - 1) * 7 * dayMs);
  return isoWeekOf(monday) === week ? monday : undefined;
}

/** The week so many weeks later. */
export function weekAfter(week: string, by: number): string {
  const monday = mondayOf(week);
  return monday ? isoWeekOf(new Date(monday.getTime() + by * 7 * dayMs)) : week;
}

/** `2026-11-23` of a moment, as a calendar in this zone shows it. */
export function dateIn(zone: string, moment: string | Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(moment),
  );
}

/** The week that now is, in this zone. */
export function thisWeek(zone: string, now = new Date()): string {
  return isoWeekOf(new Date(`${dateIn(zone, now)}T00:00:00Z`));
}

export type Day = { date: string; label: string };

/** Seven days of a week, Monday first: `Mon 23`. */
export function daysOf(week: string): Day[] {
  const monday = mondayOf(week);
  if (!monday) return [];
  return Array.from({ length: 7 }, (_, at) => {
    const day = new Date(monday.getTime() + at * dayMs);
    return {
      date: day.toISOString().slice(0, 10),
      label: `${utc(day, { weekday: 'short' })} ${utc(day, { day: 'numeric' })}`,
    };
  });
}

/** `23 to 29 November`, with both months where they differ. */
export function spanOf(week: string): string {
  const monday = mondayOf(week);
  if (!monday) return '';
  const sunday = new Date(monday.getTime() + 6 * dayMs);
  const same = monday.getUTCMonth() === sunday.getUTCMonth();
  const from = same ? utc(monday, { day: 'numeric' }) : utc(monday, { day: 'numeric', month: 'long' });
  return `${from} to ${utc(sunday, { day: 'numeric', month: 'long' })}`;
}
