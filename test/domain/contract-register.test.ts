import { describe, expect, test } from 'vitest';
import { addDays } from '../../workflows/domain/contract-summary/civil-day.js';
import { families } from '../../workflows/domain/contract-summary/families.js';
import { draftErrors } from '../../workflows/domain/contract-summary/figures.js';
import {
  byLastSafeDay,
  matches,
  needsAttention,
  standingOn,
} from '../../workflows/domain/contract-summary/register.js';
import { remindersOn } from '../../workflows/domain/contract-summary/reminders.js';
import { wilson95 } from '../../workflows/domain/wilson.js';
import { contractWith, stated, type Terms } from '../support/published-contract.js';

const on = (terms: Terms, today: string) => standingOn(contractWith(terms), today);

describe('where a contract stands', () => {
  test('a day to come is counted in whole days, and today still counts', () => {
    expect(on({ ends: '2027-03-31' }, '2026-12-31')).toMatchObject({
      state: 'due',
      act: { day: '2026-12-31', daysLeft: 0, term: 0, ends: '2027-03-31' },
    });
  });
  test('a day that went by while its term still runs is past, with the next chance beside it', () => {
    expect(on({ ends: '2027-03-31' }, '2027-01-01')).toMatchObject({
      state: 'past',
      act: { day: '2026-12-31', daysLeft: -1, term: 0 },
      next: { day: '2028-01-01', term: 1, ends: '2028-03-31' },
    });
  });
  test('once the next term has begun its own day counts', () => {
    expect(on({ ends: '2027-03-31' }, '2027-04-01')).toMatchObject({ state: 'due', act: { term: 1 } });
  });
  test('where every renewal is shorter than the window nothing is lost, and nothing is called past', () => {
    expect(on({ ends: '2026-01-31', renewalMonths: 1 }, '2026-11-26')).toMatchObject({ state: 'due' });
  });
  test('a day that is past with no renewal that could be counted stays past', () => {
    expect(on({ ends: '2026-12-31', renewalMonths: null }, '2027-06-01')).toMatchObject({ state: 'past', next: null });
  });
  test('what cannot be counted is unknown and does not fail', () => {
    const long = contractWith();
    long.fields.noticeWindow = stated({ is: 'window', count: 3_660, unit: 'years', strictly: false });
    expect(standingOn(long, '2026-11-26')).toEqual({ state: 'unknown' });
    expect(standingOn(null, '2026-11-26')).toEqual({ state: 'unknown' });
  });
  test.each([
    [{ renewalMonths: 0 }, 'ends-by-itself', false],
    [{ ends: null }, 'no-end', false],
    [{ windowDays: null }, 'no-window', true],
  ] as const)('none says why: %o', (terms, why, attention) => {
    const standing = on(terms, '2026-11-26');
    expect(standing).toMatchObject({ state: 'none', why });
    expect(needsAttention(standing, '2026-11-26')).toBe(attention);
  });
  test('the list is sorted by day: past first, then unknown, then to come, none last', () => {
    const today = '2026-11-26';
    const entry = (runId: string, terms: Terms | null) => ({
      ...{ runId, vendor: runId },
      standing: standingOn(terms === null ? null : contractWith(terms), today),
    });
    const entries = [
      entry('none', { ends: null }),
      entry('later', { ends: '2027-12-31' }),
      entry('soon', { ends: '2027-03-31' }),
      entry('unknown', null),
      entry('past', { ends: '2026-12-31' }),
    ];
    expect(entries.toSorted(byLastSafeDay).map(({ runId }) => runId)).toEqual([
      ...['past', 'unknown', 'soon', 'later', 'none'],
    ]);
  });
  test('a filter of days leaves out what is past, and words are found whatever their case', () => {
    const today = '2026-11-26';
    const entry = (terms: Terms) => ({ vendor: 'Ärzte GmbH', title: 'Care', standing: on(terms, today) });
    expect(matches(entry({ ends: '2026-12-31' }), { due: 90 }, today)).toBe(false);
    expect(matches(entry({ ends: '2027-03-31' }), { due: 30 }, today)).toBe(false);
    expect(matches(entry({ ends: '2027-03-31' }), { due: 60, q: ' äRZTE ' }, today)).toBe(true);
  });
});

describe('what stands in the register', () => {
  const version = (runId: string, draftVersion: number, publishedAt: string) => ({ runId, draftVersion, publishedAt });
  test('an amendment takes the place of its contract, also through one that was never published', () => {
    const published = [version('a', 2, '2026-01-01'), version('c', 1, '2026-03-01')];
    const [family, ...others] = families(published, new Map([['b', 'a'], ['c', 'b']])); // prettier-ignore
    expect(family?.shown.runId).toBe('c');
    expect(family?.earlier.map(({ runId }) => runId)).toEqual(['a']);
    expect(others).toEqual([]);
  });
  test('a repair of the older one does not bring it back, and one of the newer one is in force', () => {
    const published = [version('a', 1, '2026-01-01'), version('b', 1, '2026-03-01'), version('a', 2, '2026-05-01')];
    const supersedes = new Map([['b', 'a']]);
    expect(families(published, supersedes)[0]?.shown.runId).toBe('b');
    const repaired = families([...published, version('b', 4, '2026-06-01')], supersedes)[0];
    expect([repaired?.shown.draftVersion, repaired?.earlier.length]).toEqual([4, 3]);
  });
  test('a chain that bites its own tail ends', () => {
    const supersedes = new Map([['a', 'b'], ['b', 'a']]); // prettier-ignore
    expect(families([version('a', 1, '2026-01-01')], supersedes)).toHaveLength(1);
  });
});

describe('reminders', () => {
  // 2026-12-31 is the last safe day.
  const contract = contractWith({ ends: '2027-03-31' });
  const told = (daysBefore: number) =>
    remindersOn(contract, addDays('2026-12-31', -daysBefore), '2026-01-01').map(({ threshold }) => threshold);
  test.each([
    [61, []],
    [60, [60]],
    [31, [60]],
    [30, [30]],
    [15, [30]],
    [14, [14]],
    [7, [7]],
    [6, [7]],
    [1, [1]],
    [0, [1]],
  ])('%i days before: %o', (days, thresholds) => {
    expect(told(days)).toEqual(thresholds);
  });
  test('a day that went by is told of only where it was past when it was published', () => {
    const past = { term: 0, threshold: -1, lastSafeDay: '2026-12-31' };
    expect(remindersOn(contract, '2027-02-01', '2027-01-15')).toEqual([past]);
    expect(remindersOn(contract, '2027-02-01', '2026-12-30')).toEqual([]);
    expect(remindersOn(contract, '2027-05-01', '2027-01-15')).toEqual([]);
  });
});

describe('how often drafts were wrong', () => {
  const published = contractWith({ ends: '2027-03-31', cap: 50_000 });
  const pair = (drafted = published) => ({
    ...{ drafter: 'claude', model: 'm', promptVersion: 'v1', drafted, published },
  });
  const open = structuredClone(published);
  open.fields.liabilityCap = { ...open.fields.liabilityCap, answer: 'open', value: null, quotes: [] };
  const other = contractWith({ ends: '2027-04-30', cap: 50_000 });

  test('a point counts as wrong where answer or value was changed, and its interval is Wilson’s', () => {
    const [found] = draftErrors([
      pair(),
      pair(),
      pair(other),
      pair(open),
      pair(),
      pair(),
      pair(),
      pair(),
      pair(),
      pair(),
    ]);
    const of = (field: string) => found?.fields.find((one) => one.field === field);
    expect(of('renewalDate')).toMatchObject({ wrong: 1, leftOpen: 0 });
    expect(of('liabilityCap')).toMatchObject({ wrong: 1, leftOpen: 1 });
    // 1 of 10, from tables.
    expect(of('renewalDate')?.rate?.low).toBeCloseTo(0.0179, 3);
    expect(of('renewalDate')?.rate?.high).toBeCloseTo(0.4042, 3);
    expect(of('parties')?.rate?.share).toBe(0);
  });
  test('other places for the same value are no error', () => {
    const moved = structuredClone(published);
    moved.fields.renewalDate.quotes = [];
    expect(draftErrors([pair(moved)])[0]?.fields.every(({ wrong }) => wrong === 0)).toBe(true);
  });
  test('below five contracts there is no rate, and drafters and prompt versions are told apart', () => {
    const found = draftErrors([pair(), pair(), pair(), pair(), { ...pair(), promptVersion: 'v2' }]);
    expect(found.map(({ n, promptVersion }) => [n, promptVersion])).toEqual([[4, 'v1'], [1, 'v2']]); // prettier-ignore
    expect(found.flatMap(({ fields }) => fields).every(({ rate }) => rate === undefined)).toBe(true);
  });
  test('nothing out of nothing is the whole range', () => {
    expect(wilson95(0, 0)).toEqual({ low: 0, high: 1 });
  });
});
