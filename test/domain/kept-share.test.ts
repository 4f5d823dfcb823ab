import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptShare } from '../../workflows/domain/kept-share.js';
import { emptySop, type Sop } from '../../workflows/domain/sop-drafting/schema.js';

const sop = (purpose: string): string => {
  const whole: Sop = {
    ...emptySop,
    ...{ title: 'Close the till', purpose, scope: '', owner: '', approver: '' },
    ...{ systemsOfRecord: [], prerequisites: [], steps: [], decisionPoints: [], exceptions: [] },
  };
  return JSON.stringify(whole);
};
const words = fc
  .array(fc.constantFrom('count', 'notes', 'twice', 'and', 'sign'), { maxLength: 30 })
  .map((all) => all.join(' '));
const of = (before: string, after: string) => keptShare('sop-drafting', sop(before), sop(after));

test('an untouched draft is kept whole and counts as drafted', () => {
  fc.assert(
    fc.property(words, (text) => {
      expect(of(text, text)).toEqual({ outcome: 'as-drafted', keptShare: '1' });
    }),
  );
});

test('a changed draft counts as edited, with a share between 0 and 1', () => {
  fc.assert(
    fc.property(words, words, (before, after) => {
      fc.pre(before !== after);
      const { outcome, keptShare: share } = of(before, after);
      expect(outcome).toBe('with-edits');
      expect(Number(share)).toBeGreaterThanOrEqual(0);
      expect(Number(share)).toBeLessThanOrEqual(1);
    }),
  );
});

test('the share is the drafter’s words that stayed, in order, of all of its words', () => {
  // Three words of the title and three of the purpose; one goes.
  expect(of('count notes twice', 'count notes')).toEqual({ outcome: 'with-edits', keptShare: '0.8333' });
  expect(of('count notes', 'count notes twice')).toEqual({ outcome: 'with-edits', keptShare: '1' });
});
