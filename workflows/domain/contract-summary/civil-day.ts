/** A day of the calendar without a time: `2026-11-24`. Days of the proleptic Gregorian calendar, years 1 to 9999. */
export type CivilDay = string;

type Parts = { year: number; month: number; day: number };

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const msPerDay = 86_400_000;

/** True in years with a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a month, 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function partsOf(day: CivilDay): Parts {
  const [, year, month, date] = pattern.exec(day) ?? [];
  const parts = { year: Number(year), month: Number(month), day: Number(date) };
  if (!isCivilDay(day)) throw new RangeError(`“${day.slice(0, 40)}” is no day: it must read like 2026-11-24.`);
  return parts;
}

const two = (value: number): string => String(value).padStart(2, '0');
const dayOf = ({ year, month, day }: Parts): CivilDay => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** True for a day that exists: not for 2025-02-29. */
export function isCivilDay(text: string): boolean {
  const [, year, month, day] = pattern.exec(text) ?? [];
  if (year === undefined || year === '0000') return false;
  const inMonth = Number(month) >= 1 && Number(month) <= 12;
  return inMonth && Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month));
}

/** Days since 1970-01-01, negative before it. UTC has no summer time, so every day has the same length here. */
function ordinal(day: CivilDay): number {
  const { year, month, day: date } = partsOf(day);
  return new Date(0).setUTCFullYear(year, month - 1, date) / msPerDay;
}

function fromOrdinal(days: number): CivilDay {
  const at = new Date(days * msPerDay);
  return dayOf({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() });
}

/** `count` days later; earlier where `count` is negative. */
export function addDays(day: CivilDay, count: number): CivilDay {
  return fromOrdinal(ordinal(day) + count);
}

/** Days from `from` to `to`: negative where `to` is earlier. */
export function daysBetween(from: CivilDay, to: CivilDay): number {
  return ordinal(to) - ordinal(from);
}

/**
 * The same date `count` months later or earlier. Where that month is too short, its last day, and
 * `clamped` says so: 31 May less three months is 28 or 29 February.
 */
export function addMonths(day: CivilDay, count: number): { day: CivilDay; clamped: boolean } {
  const parts = partsOf(day);
  const months = parts.year * 12 + parts.month - 1 + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  const last = daysInMonth(year, month);
  return { day: dayOf({ year, month, day: Math.min(parts.day, last) }), clamped: parts.day > last };
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(day: CivilDay): number {
  return ((((ordinal(day) + 3) % 7) + 7) % 7) + 1;
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `Tuesday`. */
export function weekdayName(day: CivilDay): string {
  return dayNames[weekday(day) - 1] ?? '';
}

/** The day that it is at an instant in a time zone such as `Europe/Berlin`. */
export function civilDayAt(instant: Date, timeZone: string): CivilDay {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const of = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${(of.get('year') ?? '').padStart(4, '0')}-${of.get('month') ?? ''}-${of.get('day') ?? ''}`;
}

const months = 'January February March April May June July August September October November December'.split(' ');

/** `31 December 2026`. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${String(date)} ${months[(month ?? 1) - 1] ?? ''} ${String(year)}`;
}
