import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoWeekOf, weekBounds } from '../../workflows/domain/iso-week.js';

const zones = ['UTC', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati'];

test('every moment lies within the bounds of its own week, in any zone', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
      fc.constantFrom(...zones),
      (moment, zone) => {
        const bounds = weekBounds(isoWeekOf(moment, zone), zone);
        expect(bounds).toBeDefined();
        expect(bounds?.from.getTime()).toBeLessThanOrEqual(moment.getTime());
        expect(bounds?.to.getTime()).toBeGreaterThan(moment.getTime());
      },
    ),
  );
});

test.each([
  ['2026-W53', true],
  ['2025-W53', false],
  ['2026-W00', false],
  ['2026-48', false],
  ["2026-W48' or 1=1", false],
])('%s names a week that exists: %s', (week, exists) => {
  expect(weekBounds(week, 'UTC') !== undefined).toBe(exists);
});

test('week 48 of 2026 begins on Monday 23 November', () => {
  expect(weekBounds('2026-W48', 'UTC')?.from.toISOString()).toBe('2026-11-23T00:00:00.000Z');
});
