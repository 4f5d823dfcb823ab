import type { Inbox, InboxItem, RunSummary } from '../../api/contract/index.js';
import { daysFrom, longDay } from '../shared/dates.js';

/** One row of the inbox: a review that waits, or a run that needs a person and has none. */
export type Row = { kind: 'review'; id: string; item: InboxItem } | { kind: 'run'; id: string; run: RunSummary };

export type Group = { title: string; aside?: string; rows: Row[] };

function dayTitle(days: number, now: Date): string {
  if (days < 0) return 'Overdue';
  if (days === 0) return 'Today';
  if (days === 1) return 'Tomorrow';
  const toSunday = (7 - now.getDay()) % 7;
  if (days <= toSunday) return 'Later this week';
  if (days <= toSunday + 7) return 'Next week';
  return 'Later';
}

/** Rows under their headings, oldest due first. What is stuck stands right after today: nothing moves before it is decided. */
export function groupRows(inbox: Inbox, now: Date): Group[] {
  const groups: Group[] = [];
  const items = [...inbox.items].sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  for (const item of items) {
    const title = dayTitle(daysFrom(now, item.dueAt), now);
    let group = groups.find((other) => other.title === title);
    if (!group) {
      group = title === 'Today' ? { title, aside: longDay(now), rows: [] } : { title, rows: [] };
      groups.push(group);
    }
    group.rows.push({ kind: 'review', id: item.reviewId, item });
  }
  if (inbox.attention.length > 0) {
    const place = groups.filter(({ title }) => title === 'Overdue' || title === 'Today').length;
    groups.splice(place, 0, {
      title: 'Needs a decision before anything moves',
      rows: inbox.attention.map((run) => ({ kind: 'run', id: run.id, run })),
    });
  }
  return groups;
}

/** How many are due by the end of today. */
export function dueToday(inbox: Inbox, now: Date): number {
  return inbox.items.filter((item) => daysFrom(now, item.dueAt) <= 0).length;
}
