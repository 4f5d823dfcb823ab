import { addDays, addMonths, dayInWords, daysBetween, weekday, weekdayName, type CivilDay } from './civil-day.js';

/** How long before the end notice must be given. */
export type NoticeWindow = {
  count: number;
  unit: 'calendar-days' | 'business-days' | 'weeks' | 'months' | 'years';
  /** "more than 30 days before" is a day earlier than "at least 30 days before". */
  strictly?: boolean;
};

/** What the window is counted back from: the last day of the term, or the first day of the next one. */
export type Anchor = 'end-of-term' | 'renewal-date';

export type LastSafeDay = {
  /** The last day on which notice is in time. */
  day: CivilDay;
  /** The day from which the window was counted back. */
  anchor: CivilDay;
  /** Where `day` is no working day: the last working day before it, on which somebody is there to send it. */
  workingDay: CivilDay;
  /** The arithmetic, one sentence a line, for a person to follow. */
  steps: string[];
};

/** A working day: Monday to Friday and none of the holidays given. */
export function isWorkingDay(day: CivilDay, holidays: ReadonlySet<CivilDay> = new Set()): boolean {
  return weekday(day) <= 5 && !holidays.has(day);
}

function workingDaysBefore(day: CivilDay, count: number, holidays: ReadonlySet<CivilDay>): CivilDay {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, -1);
    if (isWorkingDay(at, holidays)) left -= 1;
  }
  return at;
}

const unitWords = {
  'calendar-days': 'calendar day',
  'business-days': 'business day',
  weeks: 'week',
  months: 'month',
  years: 'year',
} as const;

/** `30 calendar days`. */
export function windowInWords({ count, unit }: NoticeWindow): string {
  return `${String(count)} ${unitWords[unit]}${count === 1 ? '' : 's'}`;
}

function countedBack(anchor: CivilDay, window: NoticeWindow, holidays: ReadonlySet<CivilDay>) {
  const { count, unit } = window;
  if (unit === 'calendar-days') return { day: addDays(anchor, -count), clamped: false };
  if (unit === 'weeks') return { day: addDays(anchor, -7 * count), clamped: false };
  if (unit === 'business-days') return { day: workingDaysBefore(anchor, count, holidays), clamped: false };
  return addMonths(anchor, -count * (unit === 'years' ? 12 : 1));
}

const longestWindow = { 'calendar-days': 3_660, 'business-days': 2_600, weeks: 520, months: 120, years: 10 } as const;

/**
 * The last day on which notice is in time. The day of the notice is not counted and the anchor is: at
 * least 30 days before 31 December is 1 December. A month that is too short gives its last day.
 * Holidays count only where they are given; without them business days are Monday to Friday, and the
 * arithmetic says so.
 *
 * @throws RangeError where a day does not exist or the window is no whole number from 0 to ten years.
 */
export function lastSafeDay(input: {
  anchor: CivilDay;
  anchorIs: Anchor;
  window: NoticeWindow;
  timeZone: string;
  holidays?: readonly CivilDay[];
}): LastSafeDay {
  const { anchor, anchorIs, window, timeZone } = input;
  const holidays = new Set(input.holidays ?? []);
  if (!Number.isInteger(window.count) || window.count < 0 || window.count > longestWindow[window.unit])
    throw new RangeError(`A notice window of ${windowInWords(window)} cannot be counted: it must be 0 to ten years.`);
  const back = countedBack(anchor, window, holidays);
  const day = window.strictly === true ? addDays(back.day, -1) : back.day;
  const workingDay = isWorkingDay(day, holidays) ? day : workingDaysBefore(day, 1, holidays);
  const what = anchorIs === 'end-of-term' ? 'The term ends on' : 'The next term begins on';
  const steps = [
    `${what} ${dayInWords(anchor)} (${weekdayName(anchor)}).`,
    `Notice must be given ${window.strictly === true ? 'more than' : 'at least'} ${windowInWords(window)} before.`,
    `${dayInWords(anchor)} less ${windowInWords(window)} is ${dayInWords(back.day)}.`,
  ];
  if (back.clamped) steps.push('That month has no such date, so its last day counts.');
  if (window.unit === 'business-days')
    steps.push(
      holidays.size === 0
        ? 'Business days are Monday to Friday here. Public holidays are not taken out: allow for them.'
        : `Business days are Monday to Friday without the ${String(holidays.size)} holidays given.`,
    );
  if (window.strictly === true) steps.push(`“More than” wants one day more: ${dayInWords(day)}.`);
  steps.push(`The last safe day is ${dayInWords(day)} (${weekdayName(day)}), until midnight in ${timeZone}.`);
  if (workingDay !== day)
    steps.push(`That is no working day: send it by ${dayInWords(workingDay)} (${weekdayName(workingDay)}).`);
  return { day, anchor, workingDay, steps };
}

/**
 * The last day of a term that begins on `start` and lasts `months`. A term from 1 March 2023 for a year
 * ends on 29 February 2024; one from 29 February 2024 ends on 28 February 2025.
 */
export function endOfTerm(start: CivilDay, months: number): CivilDay {
  const next = addMonths(start, months);
  return next.clamped ? next.day : addDays(next.day, -1);
}

export type Term = {
  /** 0 for the initial term, 1 for the first renewal. */
  number: number;
  /** Its last day. */
  end: CivilDay;
  lastSafe: LastSafeDay;
  /** True where its last safe day is already past. */
  missed: boolean;
};

/**
 * The initial term and those that follow it, up to the first whose last safe day is not past. Each end
 * is counted from the first day of the contract, so that a short month does not shift the later ones.
 *
 * @param renewalMonths length of each renewal; 0 where it does not renew, which gives the initial term alone.
 */
export function successiveTerms(input: {
  start: CivilDay;
  initialMonths: number;
  renewalMonths: number;
  window: NoticeWindow;
  today: CivilDay;
  timeZone: string;
  holidays?: readonly CivilDay[];
}): Term[] {
  const { start, initialMonths, renewalMonths, today } = input;
  const terms: Term[] = [];
  for (let number = 0; number <= 1_200; number += 1) {
    const end = endOfTerm(start, initialMonths + number * renewalMonths);
    const lastSafe = lastSafeDay({ ...input, anchor: end, anchorIs: 'end-of-term' });
    const missed = daysBetween(today, lastSafe.day) < 0;
    terms.push({ number, end, lastSafe, missed });
    if (!missed || renewalMonths <= 0) break;
  }
  return terms;
}
