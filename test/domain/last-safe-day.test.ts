import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { civilDayAt, isCivilDay } from '../../workflows/domain/contract-summary/civil-day.js';
import {
  endOfTerm,
  lastSafeDay,
  successiveTerms,
  type NoticeWindow,
} from '../../workflows/domain/contract-summary/last-safe-day.js';

const timeZone = 'Europe/Berlin';
const safe = (anchor: string, window: NoticeWindow, holidays: string[] = []) =>
  lastSafeDay({ anchor, anchorIs: 'end-of-term', window, timeZone, holidays });

/** The same rule by another library and another way: days walked one by one, months by luxon. */
function oracle(anchor: string, { count, unit, strictly }: NoticeWindow): string {
  let at = DateTime.fromISO(anchor, { zone: 'utc' });
  if (unit === 'business-days')
    for (let left = count; left > 0;) {
      at = at.minus({ days: 1 });
      if (at.weekday < 6) left -= 1;
    }
  else
    at = at.minus({
      [{ 'calendar-days': 'days', weeks: 'weeks', months: 'months', years: 'years' }[unit]]: count,
    });
  return (strictly === true ? at.minus({ days: 1 }) : at).toISODate() ?? '';
}

/** A small generator with a fixed seed: the same thousand cases on every machine. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('the last safe day to give notice', () => {
  it('is the same as an independent oracle says, in 1,000 generated cases', () => {
    const random = numbers(20_261_124);
    const upTo = (limit: number): number => Math.floor(random.next().value * limit);
    const units = ['calendar-days', 'business-days', 'weeks', 'months', 'years'] as const;
    for (let n = 0; n < 1_000; n += 1) {
      const anchor =
        DateTime.fromISO('1999-12-01', { zone: 'utc' })
          .plus({ days: upTo(30_000) })
          .toISODate() ?? '';
      const unit = units[upTo(units.length)] ?? 'weeks';
      const count = upTo({ 'calendar-days': 400, 'business-days': 130, weeks: 60, months: 40, years: 8 }[unit]);
      const window: NoticeWindow = { count, unit, strictly: upTo(4) === 0 };
      expect({ anchor, window, day: safe(anchor, window).day }).toEqual({
        anchor,
        window,
        day: oracle(anchor, window),
      });
    }
  });

  it('counts the end of the term and not the day of the notice', () => {
    expect(safe('2026-12-31', { count: 30, unit: 'calendar-days' }).day).toBe('2026-12-01');
    expect(safe('2026-12-31', { count: 30, unit: 'calendar-days', strictly: true }).day).toBe('2026-11-30');
  });

  it('takes the last day of a month that is too short, and says so', () => {
    const common = safe('2027-05-31', { count: 3, unit: 'months' });
    expect(common.day).toBe('2027-02-28');
    expect(common.steps.join(' ')).toContain('no such date');
    expect(safe('2028-05-31', { count: 3, unit: 'months' }).day).toBe('2028-02-29');
    expect(safe('2028-02-29', { count: 1, unit: 'years' }).day).toBe('2027-02-28');
  });

  it('passes over weekends and given holidays for business days, and says what it did not know', () => {
    const plain = safe('2026-12-28', { count: 5, unit: 'business-days' });
    expect(plain.day).toBe('2026-12-21');
    expect(plain.steps.join(' ')).toContain('Public holidays are not taken out');
    expect(safe('2026-12-28', { count: 5, unit: 'business-days' }, ['2026-12-25', '2026-12-24']).day).toBe(
      '2026-12-17',
    );
  });

  it('names the working day before where the day falls on a weekend, and the zone in which it ends', () => {
    const found = safe('2026-12-31', { count: 25, unit: 'calendar-days' });
    expect(found).toMatchObject({ day: '2026-12-06', workingDay: '2026-12-04' });
    expect(found.steps.at(-2)).toBe('The last safe day is 6 December 2026 (Sunday), until midnight in Europe/Berlin.');
  });

  it('refuses days that do not exist and windows that cannot be', () => {
    expect(() => safe('2027-02-29', { count: 1, unit: 'weeks' })).toThrow('is no day');
    expect(() => safe('2027-02-28', { count: -1, unit: 'weeks' })).toThrow('cannot be counted');
    expect(() => safe('2027-02-28', { count: 1.5, unit: 'months' })).toThrow('cannot be counted');
    for (const text of ['0000-01-01', '2026-13-01', '2026-00-10', '2026-04-31', '26-04-30', '2026-04-30 '])
      expect(isCivilDay(text)).toBe(false);
  });
});

describe('terms', () => {
  it.each([
    ['2023-03-01', 12, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-07-15', 36, '2029-07-14'],
  ])('a term from %s for %i months ends on %s', (start, months, end) => {
    expect(endOfTerm(start, months)).toBe(end);
  });

  it('follow one another to the first that can still be ended, each counted from the beginning', () => {
    const terms = successiveTerms({
      start: '2023-08-31',
      initialMonths: 6,
      renewalMonths: 6,
      window: { count: 60, unit: 'calendar-days' },
      today: '2026-11-24',
      timeZone,
    });
    expect(terms.map(({ end, missed }) => `${end}${missed ? ' missed' : ''}`)).toEqual([
      '2024-02-29 missed',
      '2024-08-30 missed',
      '2025-02-28 missed',
      '2025-08-30 missed',
      '2026-02-28 missed',
      '2026-08-30 missed',
      '2027-02-28',
    ]);
    expect(terms.at(-1)?.lastSafe.day).toBe('2026-12-30');
  });

  it('end where nothing renews, past or not', () => {
    const window: NoticeWindow = { count: 1, unit: 'months' };
    const input = { start: '2020-01-01', initialMonths: 12, renewalMonths: 0, window, today: '2026-11-24', timeZone };
    expect(successiveTerms(input)).toMatchObject([{ number: 0, end: '2020-12-31', missed: true }]);
  });

  it('are past or not by the day that it is in the time zone stated', () => {
    const instant = new Date('2026-12-01T03:30:00Z');
    expect(civilDayAt(instant, 'America/Los_Angeles')).toBe('2026-11-30');
    expect(civilDayAt(instant, 'Asia/Tokyo')).toBe('2026-12-01');
  });
});
