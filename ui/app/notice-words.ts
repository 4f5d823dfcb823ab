import type { Notice } from '../../api/contract/index.js';
import { dueLong } from '../shared/dates.js';

/** One fixed sentence for each template; the values are ids, dates and members' names. */
export function noticeWords({ template, values }: Notice): string {
  const text = (name: string, otherwise: string) => {
    const value = values[name];
    return typeof value === 'string' && value ? value : otherwise;
  };
  const due = values['dueAt'];
  const dueWords = typeof due === 'string' ? `, due ${dueLong(due)}` : '';
  switch (template) {
    case 'review-opened':
      return `A draft waits for a decision${dueWords}.`;
    case 'review-reminder':
      return `A draft still waits for a decision${dueWords}.`;
    case 'review-due':
      return 'A draft was due and waits for a decision. Nothing was decided by itself.';
    case 'review-assigned':
      return `${text('by', 'Somebody')} asked you to look at a draft${dueWords}.`;
    default:
      return 'Something about one of your runs changed.';
  }
}
