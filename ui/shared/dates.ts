const locale = 'en-GB';
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);

const timeForm = format({ hour: '2-digit', minute: '2-digit' });
const weekdayForm = format({ weekday: 'short' });
const dayForm = format({ weekday: 'short', day: 'numeric', month: 'short' });
const dayYearForm = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const longDayForm = format({ weekday: 'long', day: 'numeric', month: 'long' });
const zoneForm = format({ timeZoneName: 'long' });

type Moment = string | Date;
const asDate = (moment: Moment) => (moment instanceof Date ? moment : new Date(moment));

const startOfDay = (moment: Date) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());

/** Whole days from today to the moment's day: 0 today, -1 yesterday. */
export function daysFrom(now: Date, moment: Moment): number {
  return Math.round((startOfDay(asDate(moment)).getTime() - startOfDay(now).getTime()) / 86_400_000);
}

/** `10:42` */
export const clock = (moment: Moment) => timeForm.format(asDate(moment));

/** `Thu 26 Nov` */
export const day = (moment: Moment) => dayForm.format(asDate(moment)).replace(',', '');

/** `Thu 26 Nov 2026` */
export const dayAndYear = (moment: Moment) => dayYearForm.format(asDate(moment)).replace(',', '');

/** `Tuesday 24 November` */
export const longDay = (moment: Moment) => longDayForm.format(asDate(moment)).replace(',', '');

/** When something happened: `10:42`, `yesterday 16:20`, `Thu 26 Nov 10:42`, with the year once it is another one. */
export function when(moment: Moment, now = new Date()): string {
  const at = asDate(moment);
  const days = daysFrom(now, at);
  if (days === 0) return clock(at);
  if (days === -1) return `yesterday ${clock(at)}`;
  return `${at.getFullYear() === now.getFullYear() ? day(at) : dayAndYear(at)} ${clock(at)}`;
}

/** When something is due, as narrow as the list can take it: `11:00`, `Wed`, `3 Dec`. */
export function dueShort(moment: Moment, now = new Date()): string {
  const at = asDate(moment);
  const days = daysFrom(now, at);
  if (days === 0) return clock(at);
  if (days > 0 && days < 7) return weekdayForm.format(at);
  if (days < 0 && days > -7) return weekdayForm.format(at);
  return format({ day: 'numeric', month: 'short' }).format(at);
}

/** When something is due, in full: `today 11:00`, `tomorrow 11:00`, `Thu 26 Nov, 11:00`. */
export function dueLong(moment: Moment, now = new Date()): string {
  const at = asDate(moment);
  const days = daysFrom(now, at);
  if (days === 0) return `today ${clock(at)}`;
  if (days === 1) return `tomorrow ${clock(at)}`;
  if (days === -1) return `yesterday ${clock(at)}`;
  return `${day(at)}, ${clock(at)}`;
}

/** Minutes left until the moment: 0 once it has passed, and never less than 1 before. */
export function minutesLeft(moment: Moment, now = new Date()): number {
  const left = asDate(moment).getTime() - now.getTime();
  return left <= 0 ? 0 : Math.max(1, Math.round(left / 60_000));
}

/** `4 h 36`, `18 min`, `1.8 s` */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

/** A moment in a transcript: `02:04`, `1:02:04`. */
export function transcriptMoment(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** This browser's time zone in words, where the zone decides. */
export function zoneName(now = new Date()): string {
  return zoneForm.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? 'local time';
}
