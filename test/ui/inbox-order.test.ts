import { describe, expect, it } from 'vitest';
import type { InboxItem, RunSummary } from '../../api/contract/index.js';
import { dueToday, groupRows } from '../../ui/inbox/groups.js';
import { needWords } from '../../ui/inbox/need.js';

/** Tuesday 24 November 2026, mid-morning, in whatever zone the test runs in. */
const now = new Date(2026, 10, 24, 10, 0);
const at = (day: number, hour = 12) => new Date(2026, 10, day, hour).toISOString();

function item(title: string, dueAt: string, more: Partial<InboxItem> = {}): InboxItem {
  return {
    reviewId: `review ${title}`,
    runId: `run ${title}`,
    track: 'sop-drafting',
    title,
    round: 1,
    openedAt: at(20),
    dueAt,
    missing: 0,
    missingWords: [],
    sample: false,
    ...more,
  };
}

const stuck: RunSummary = {
  id: 'stuck',
  track: 'sop-drafting',
  title: 'Stuck',
  slug: 'stuck',
  state: 'uncertain',
  round: 1,
  publications: [],
  sample: false,
  drafter: 'default',
  startedBy: { kind: 'product', name: 'Countersign' },
  createdAt: at(20),
  movedAt: at(23),
};

describe('the inbox', () => {
  it('shows what is due first at the top, and what is stuck before anything due later than today', () => {
    const groups = groupRows(
      {
        items: [
          item('next week', at(30)),
          item('today', at(24)),
          item('late', at(20)),
          item('tomorrow', at(25)),
          item('sunday', at(29)),
        ],
        attention: [stuck],
      },
      now,
    );
    expect(groups.map(({ title, rows }) => [title, rows.map((row) => row.id)])).toEqual([
      ['Overdue', ['review late']],
      ['Today', ['review today']],
      ['Needs a decision before anything moves', ['stuck']],
      ['Tomorrow', ['review tomorrow']],
      ['Later this week', ['review sunday']],
      ['Next week', ['review next week']],
    ]);
  });

  it('counts what is due by the end of today, overdue included', () => {
    expect(
      dueToday({ items: [item('a', at(20)), item('b', at(24, 23)), item('c', at(25, 0))], attention: [] }, now),
    ).toBe(2);
  });

  it('says who is reading it until their claim runs out, and never to themselves', () => {
    const claimed = item('x', at(25), {
      missing: 2,
      claimedBy: { id: 'tobias', name: 'Tobias Renner' },
      claimExpiresAt: new Date(now.getTime() + 12 * 60_000).toISOString(),
    });
    expect(needWords(claimed, 'ines', now)).toBe('Tobias is reading it, 12 min left');
    expect(needWords(claimed, 'tobias', now)).toBe('2 things missing before approval');
    expect(needWords(claimed, 'ines', new Date(now.getTime() + 13 * 60_000))).toBe('2 things missing before approval');
  });
});
