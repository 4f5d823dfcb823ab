import type { CivilDay } from './civil-day.js';
import { standingOn } from './register.js';
import type { Contract } from './schema.js';

/** So many days before the last safe day people are told. */
export const reminderDays = [60, 30, 14, 7, 1] as const;
/** Stands for a day that was past already when it was published. */
export const pastAtPublication = -1;

export type Reminder = { term: number; threshold: number; lastSafeDay: CivilDay };

/**
 * What people have to be told of a contract today, each once in its life. Of several that fell due while the server was
 * down only the nearest is told. Counted from days alone, so that it does not matter who asks, or how often.
 */
export function remindersOn(contract: Contract, today: CivilDay, publishedOn: CivilDay): Reminder[] {
  const now = standingOn(contract, today);
  const then = standingOn(contract, publishedOn);
  const reminders: Reminder[] = [];
  if (now.state === 'past' && then.state === 'past' && now.act.term === then.act.term)
    reminders.push({ term: now.act.term, threshold: pastAtPublication, lastSafeDay: now.act.day });
  const ahead = now.state === 'due' ? now.act : now.state === 'past' ? now.next : null;
  const threshold = ahead === null ? undefined : reminderDays.findLast((days) => days >= ahead.daysLeft);
  if (ahead !== null && threshold !== undefined)
    reminders.push({ term: ahead.term, threshold, lastSafeDay: ahead.day });
  return reminders;
}
