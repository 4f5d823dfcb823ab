import { addDays, daysBetween, type CivilDay } from './civil-day.js';
import { endOfTerm, lastSafeDay, type LastSafeDay } from './last-safe-day.js';
import type { Contract } from './schema.js';
import type { Span } from './values.js';

/** What a contract says of the day to act by. */
export type NoticeDay =
  /** The arithmetic is complete. `term` counts renewals since the term that the contract names, which is 0. */
  | { is: 'day'; last: LastSafeDay; term: number; ends: CivilDay; renewsByItself: boolean }
  /** There is no notice to give: it ends by itself on that day, or has no end. */
  | { is: 'none'; why: 'ends-by-itself' | 'no-end' | 'no-window'; ends: CivilDay | null }
  /** Not settled yet: a value is missing. */
  | { is: 'open' };

const monthsOf = ({ count, unit }: Span): number | undefined =>
  unit === 'months' ? count : unit === 'years' ? 12 * count : undefined;

/** The last day of a term after as many renewals; renewals that are counted in days or weeks are added as such. */
function endAfter(end: CivilDay, each: Span, renewals: number): CivilDay {
  const months = monthsOf(each);
  if (months === undefined) return addDays(end, renewals * each.count * (each.unit === 'weeks' ? 7 : 1));
  return endOfTerm(addDays(end, 1), renewals * months);
}

type Settled = {
  /** The last day of the term that the contract names. */
  end: CivilDay;
  anchored: (end: CivilDay) => LastSafeDay;
  each: Span | null;
};

function settled({ fields, timeZone }: Contract): Settled | Exclude<NoticeDay, { is: 'day' }> {
  const { renewalDate, noticeWindow, renewal } = fields;
  if (renewalDate.answer === 'open' || noticeWindow.answer === 'open' || renewal.answer === 'open')
    return { is: 'open' };
  const day = renewalDate.value;
  if (renewalDate.answer === 'absent' || day?.is === 'perpetual') return { is: 'none', why: 'no-end', ends: null };
  if (day?.is !== 'renewal-day') return { is: 'open' };
  const end = day.anchor === 'end-of-term' ? day.day : addDays(day.day, -1);
  const again = renewal.value;
  if (renewal.answer === 'absent' || (again?.is === 'renewal' && !again.automatic))
    return { is: 'none', why: 'ends-by-itself', ends: end };
  if (noticeWindow.answer === 'absent') return { is: 'none', why: 'no-window', ends: end };
  const window = noticeWindow.value;
  if (window?.is !== 'window') return { is: 'open' };
  const { count, unit, strictly } = window;
  const anchored = (last: CivilDay) =>
    lastSafeDay({
      anchor: day.anchor === 'end-of-term' ? last : addDays(last, 1),
      anchorIs: day.anchor,
      window: { count, unit, strictly },
      timeZone,
    });
  return { end, anchored, each: again?.is === 'renewal' ? again.each : null };
}

/** A window of a hundred years, or a term at the end of the calendar, gives no day: a person says what is meant. */
function wherePossible(count: () => NoticeDay): NoticeDay {
  try {
    return count();
  } catch (error) {
    if (error instanceof RangeError) return { is: 'open' };
    throw error;
  }
}

/** The last safe day for the term that the contract names. Pure, so that it can stand on the one-pager. */
export function noticeDay(contract: Contract): NoticeDay {
  return wherePossible(() => {
    const found = settled(contract);
    if ('is' in found) return found;
    return { is: 'day', last: found.anchored(found.end), term: 0, ends: found.end, renewsByItself: true };
  });
}

const mostRenewals = 1_200;

/** The same for the first term whose last safe day is not past on `today`; the named term where none follows. */
export function upcomingNoticeDay(contract: Contract, today: CivilDay): NoticeDay {
  return wherePossible(() => {
    const found = settled(contract);
    if ('is' in found) return found;
    const { end, anchored, each } = found;
    for (let term = 0; term <= mostRenewals; term += 1) {
      const ends = each === null ? end : endAfter(end, each, term);
      const last = anchored(ends);
      if (each === null || daysBetween(today, last.day) >= 0)
        return { is: 'day', last, term, ends, renewsByItself: true };
    }
    return { is: 'day', last: anchored(end), term: 0, ends: end, renewsByItself: true };
  });
}

/** The same for the term that is running on `today`, also where its last safe day is past. */
export function currentNoticeDay(contract: Contract, today: CivilDay): NoticeDay {
  const found = settled(contract);
  if ('is' in found) return found;
  const { end, anchored, each } = found;
  for (let term = 0; term <= mostRenewals; term += 1) {
    const ends = each === null ? end : endAfter(end, each, term);
    if (each === null || daysBetween(today, ends) >= 0)
      return { is: 'day', last: anchored(ends), term, ends, renewsByItself: true };
  }
  return { is: 'day', last: anchored(end), term: 0, ends: end, renewsByItself: true };
}

/** The last safe day of one term, counted from the one that the contract names; undefined where there is none. */
export function noticeDayOfTerm(contract: Contract, term: number): Extract<NoticeDay, { is: 'day' }> | undefined {
  const found = settled(contract);
  if ('is' in found) return undefined;
  const { end, anchored, each } = found;
  if (term < 0 || (each === null && term > 0)) return undefined;
  const ends = each === null ? end : endAfter(end, each, term);
  return { is: 'day', last: anchored(ends), term, ends, renewsByItself: true };
}
