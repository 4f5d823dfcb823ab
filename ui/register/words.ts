import type { RegisterEntry } from '../../api/contract/index.js';
import { count } from '../shared/words.js';

const dayForm = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  timeZone: 'UTC',
});

/** `Thu 31 Dec 2026`: a day of the calendar, the same wherever it is read. */
export function civilDay(day: string): string {
  return dayForm.format(new Date(`${day}T00:00:00Z`)).replace(',', '');
}

/** `in 14 days`, `today`, `25 days ago`. */
export function away(daysLeft: number): string {
  if (daysLeft === 0) return 'today';
  if (daysLeft === 1) return 'tomorrow';
  if (daysLeft === -1) return 'yesterday';
  return daysLeft > 0 ? `in ${count(daysLeft, 'day')}` : `${count(-daysLeft, 'day')} ago`;
}

type Why = NonNullable<RegisterEntry['why']>;
const reasons: Record<Why, string> = {
  'ends-by-itself': 'Ends by itself',
  'no-end': 'No end named',
  'no-window': 'No notice window',
};

/** Why there is no last safe day, as narrow as a row. */
export function whyShort({ why, ends }: RegisterEntry, today: string): string {
  if (why === undefined) return '';
  return why === 'ends-by-itself' && ends !== undefined && ends < today ? 'Has ended' : reasons[why];
}

/** Why there is no last safe day, and what to do. */
export function whyLong({ why, ends }: RegisterEntry, today: string): string {
  const on = ends === undefined ? '' : ` on ${civilDay(ends)}`;
  switch (why) {
    case 'ends-by-itself':
      return ends !== undefined && ends < today
        ? `It ended by itself${on}.`
        : `It does not renew, and ends by itself${on}. No notice is needed.`;
    case 'no-window':
      return `No notice window is stated, and the term ends${on}. Act well before.`;
    case 'no-end':
    case undefined:
      return 'It names no end of its term, so there is no day to act by. Read what it says on termination.';
  }
}

/** What a person calls the entry. */
export const nameOf = ({ vendor, title }: Pick<RegisterEntry, 'vendor' | 'title'>) => (vendor === '' ? title : vendor);

export const filterWords = {
  attention: 'Needs attention',
  '30': '30 days',
  '60': '60 days',
  '90': '90 days',
  past: 'Past',
  unknown: 'Not known',
  none: 'None',
} as const;
export type FilterKey = keyof typeof filterWords;
export const stateFilters = ['attention', 'past', 'unknown', 'none'] as const satisfies FilterKey[];
export const dayFilters = ['30', '60', '90'] as const satisfies FilterKey[];

/** Which of the filters the address holds. */
export function filterIn(state: Readonly<Record<string, string | undefined>>): FilterKey | undefined {
  const asked = state['due'] ?? state['state'];
  return [...stateFilters, ...dayFilters].find((key) => key === asked);
}

/** The filter as the address and the server write it. */
export function filterQuery(filter: FilterKey | undefined): { due?: string | undefined; state?: string | undefined } {
  if (filter === undefined) return { due: undefined, state: undefined };
  const isDays = /^\d+$/.test(filter);
  return { due: isDays ? filter : undefined, state: isDays ? undefined : filter };
}
