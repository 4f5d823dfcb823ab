import { daysBetween, type CivilDay } from './civil-day.js';
import { noticeDayOfTerm, upcomingNoticeDay, type NoticeDay } from './notice-day.js';
import type { Contract } from './schema.js';

export const registerStates = ['past', 'unknown', 'due', 'none'] as const;
export type RegisterState = (typeof registerStates)[number];

/** A last safe day and what it is the last day for. */
export type ActDay = {
  day: CivilDay;
  /** Below 0 once it is past. */
  daysLeft: number;
  workingDay: CivilDay;
  /** Renewals since the term that the contract names. */
  term: number;
  ends: CivilDay;
  steps: string[];
};

/** Where a contract stands on a day. */
export type RegisterStanding =
  /** There is a day to act by, today or later. */
  | { state: 'due'; act: ActDay }
  /** The day of the running term went by. `next` is the day of a later term, where one is known. */
  | { state: 'past'; act: ActDay; next: ActDay | null }
  | { state: 'none'; why: 'ends-by-itself' | 'no-end' | 'no-window'; ends: CivilDay | null }
  | { state: 'unknown' };

function actDay({ last, term, ends }: Extract<NoticeDay, { is: 'day' }>, today: CivilDay): ActDay {
  const { day, workingDay, steps } = last;
  return { day, daysLeft: daysBetween(today, day), workingDay, term, ends, steps };
}

function counted(contract: Contract, today: CivilDay): RegisterStanding {
  const found = upcomingNoticeDay(contract, today);
  if (found.is === 'open') return { state: 'unknown' };
  if (found.is === 'none') return { state: 'none', why: found.why, ends: found.ends };
  const act = actDay(found, today);
  if (act.daysLeft < 0) return { state: 'past', act, next: null };
  const before = noticeDayOfTerm(contract, found.term - 1);
  // Missed is what costs another term: where notice can still be given before the running one ends, nothing is lost.
  if (before !== undefined && daysBetween(today, before.ends) >= 0 && daysBetween(before.ends, act.day) > 0)
    return { state: 'past', act: actDay(before, today), next: act };
  return { state: 'due', act };
}

/** Where a published contract stands today; what cannot be counted is unknown, so that one contract never hides the others. */
export function standingOn(contract: Contract | null, today: CivilDay): RegisterStanding {
  if (contract === null) return { state: 'unknown' };
  try {
    return counted(contract, today);
  } catch (error) {
    if (error instanceof RangeError) return { state: 'unknown' };
    throw error;
  }
}

/** The day that a row is sorted and found by. */
export function dayOf(standing: RegisterStanding): CivilDay | undefined {
  return 'act' in standing ? standing.act.day : undefined;
}

const soonDays = 30;

/** True for what somebody should look at: past, not known, near, or ending with no window that is stated. */
export function needsAttention(standing: RegisterStanding, today: CivilDay): boolean {
  switch (standing.state) {
    case 'past':
    case 'unknown':
      return true;
    case 'due':
      return standing.act.daysLeft <= soonDays;
    case 'none':
      return standing.why === 'no-window' && (standing.ends === null || daysBetween(today, standing.ends) >= 0);
  }
}

type Sorted = { standing: RegisterStanding; vendor: string; runId: string };
const ranks: Record<RegisterState, number> = { past: 0, unknown: 1, due: 2, none: 3 };

/** By last safe day: what is past first, then what is not known, and what has no such day last. */
export function byLastSafeDay(a: Sorted, b: Sorted): number {
  const days = (dayOf(a.standing) ?? '').localeCompare(dayOf(b.standing) ?? '');
  return (
    ranks[a.standing.state] - ranks[b.standing.state] ||
    days ||
    a.vendor.localeCompare(b.vendor, 'en') ||
    a.runId.localeCompare(b.runId)
  );
}

export type RegisterFilter = { q?: string | undefined; due?: number | undefined; state?: string | undefined };

const folded = (words: string) => words.normalize('NFKC').toLowerCase();

/** True for an entry that a filter asks for. `due` asks for days to come within so many days. */
export function matches(
  entry: { vendor: string; title: string; standing: RegisterStanding },
  { q, due, state }: RegisterFilter,
  today: CivilDay,
): boolean {
  const { standing, vendor, title } = entry;
  if (q !== undefined && !folded(`${vendor}\n${title}`).includes(folded(q.trim()))) return false;
  if (due !== undefined && !(standing.state === 'due' && standing.act.daysLeft <= due)) return false;
  if (state === undefined) return true;
  return state === 'attention' ? needsAttention(standing, today) : standing.state === state;
}
