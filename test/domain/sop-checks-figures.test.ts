import { expect, test } from 'vitest';
import { sopCheckFigures } from '../eval/sop-checks.js';
import { labelledSop, labelledSops } from '../eval/sop-fixtures.js';

test('of forty SOPs, half of them clean, the rules find nearly every flaw and hold up nearly no clean one', () => {
  const figures = sopCheckFigures();
  expect(figures).toMatchObject({ sops: 40, cleanSops: 20 });
  expect(figures.cleanSopsFlagged).toBeLessThanOrEqual(1);
  expect(figures.overall.precision).toBeGreaterThanOrEqual(0.95);
  expect(figures.overall.recall).toBeGreaterThanOrEqual(0.95);
  for (const [rule, { labelled }] of Object.entries(figures.rules)) expect([rule, labelled >= 5]).toEqual([rule, true]);
});

test('figures count what was missed and what was wrong, each at its place', () => {
  const text = (flaws: string) =>
    `Title: T\nOwner: Karen Lindholm\nHere: Ruth Akande\nFlaws: ${flaws}\n1. Open the till | Shop | It is open.`;
  const of = (flaws: string) => sopCheckFigures([labelledSop(text(flaws), 'one')]).overall;
  expect(of('not-on-roster@owner')).toMatchObject({ found: 1, missed: 0, wrong: 0, precision: 1, recall: 1 });
  expect(of('no-expected-result@1')).toMatchObject({ found: 0, missed: 1, wrong: 1, precision: 0, recall: 0 });
  expect(of('')).toMatchObject({ labelled: 0, wrong: 1, recall: null });
  expect(() => labelledSop(text('no-such-rule@1'), 'one')).toThrow(/is no label/);
});

test('every label names an item of its SOP', () => {
  for (const { name, sop, flaws } of labelledSops()) {
    const items = new Set([
      'owner',
      'approver',
      'title',
      'sop',
      ...[...sop.steps, ...sop.exceptions].map(({ id }) => id),
    ]);
    expect([name, flaws.filter(({ item }) => !items.has(item))]).toEqual([name, []]);
  }
});
