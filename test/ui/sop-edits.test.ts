import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeCount, sopChanges } from '../../ui/tracks/sop-drafting/changes.js';
import { wordParts } from '../../ui/review/word-parts.js';
import { editsBetween } from '../../ui/tracks/sop-drafting/edits-between.js';
import { applySopEdits } from '../../workflows/domain/sop-drafting/edits.js';
import { emptySop, sopSchema, type Sop } from '../../workflows/domain/sop-drafting/schema.js';

const words = fc.string({ minLength: 1, maxLength: 12 }).map((text) => `w${text.trim()}`);
const ids = (letter: string) => fc.integer({ min: 0, max: 9 }).map((n) => `${letter}-0000000${n}`);
const step = fc.record({
  id: ids('s'),
  action: words,
  where: words,
  expected: words,
  screenshot: fc.constant(null),
  moment: fc.constant(null),
});
const point = fc.record({ id: ids('d'), question: words, stepId: fc.constant(null) });
const exception = fc.record({
  id: ids('e'),
  when: words,
  then: words,
  decisionPointId: fc.constant(null),
  moment: fc.constant(null),
});
const unique = <T extends { id: string }>(items: fc.Arbitrary<T>) =>
  fc.uniqueArray(items, { selector: (item) => item.id, maxLength: 8 });
const sops: fc.Arbitrary<Sop> = fc
  .record({
    title: words,
    purpose: words,
    scope: words,
    owner: words,
    approver: words,
    systemsOfRecord: fc.array(words, { maxLength: 3 }),
    prerequisites: fc.array(words, { maxLength: 3 }),
    steps: unique(step),
    decisionPoints: unique(point),
    exceptions: unique(exception),
  })
  .map((sop) => sopSchema.parse(sop));

/** Decision points and exceptions cannot be moved on the page, so both versions list them in one order. */
function ordered(sop: Sop): Sop {
  const byId = <T extends { id: string }>(items: T[]): T[] => items.toSorted((a, b) => a.id.localeCompare(b.id));
  return { ...sop, decisionPoints: byId(sop.decisionPoints), exceptions: byId(sop.exceptions) };
}

describe('edits sent from the page', () => {
  test('whatever a person made of a draft, the edits sent rebuild exactly that', () => {
    fc.assert(
      fc.property(sops.map(ordered), sops.map(ordered), (base, edited) => {
        expect(applySopEdits(base, editsBetween(base, edited))).toEqual(edited);
      }),
      { numRuns: 500 },
    );
  });

  test('an untouched draft sends nothing', () => {
    fc.assert(
      fc.property(sops, (sop) => {
        expect(editsBetween(sop, sop)).toEqual([]);
      }),
    );
  });

  test('moving one step up sends one move', () => {
    const make = (...order: number[]): Sop => ({
      ...emptySop,
      title: 't',
      purpose: '',
      scope: '',
      owner: '',
      approver: '',
      systemsOfRecord: [],
      prerequisites: [],
      steps: order.map((n) => ({
        id: `s-0000000${n}`,
        action: `do ${n}`,
        where: '',
        expected: '',
        screenshot: null,
        moment: null,
      })),
      decisionPoints: [],
      exceptions: [],
    });
    expect(editsBetween(make(1, 2, 3, 4), make(1, 3, 2, 4))).toEqual([
      { op: 'move-step', id: 's-00000003', after: 's-00000001' },
    ]);
    const changes = sopChanges(make(1, 2, 3, 4), make(1, 3, 2, 4));
    expect(changeCount(changes)).toBe(1);
    const removed = sopChanges(make(1, 2, 3), make(1, 3)).map((item) => `${item.title} ${item.state}`);
    expect(removed).toEqual(['Title same', 'Step 1 same', 'Step 2 removed', 'Step 2 same']);
  });

  test('every change is on the page exactly where words differ', () => {
    fc.assert(
      fc.property(sops, (sop) => {
        expect(changeCount(sopChanges(sop, sop))).toBe(0);
        const next = { ...sop, purpose: `${sop.purpose} more` };
        expect(changeCount(sopChanges(sop, next))).toBe(1);
      }),
    );
  });
});

describe('words that changed', () => {
  const joined = (parts: readonly { kind: string; text: string }[], without: string) =>
    parts
      .filter((part) => part.kind !== without)
      .map((part) => part.text)
      .join('')
      .replace(/\s+/g, ' ')
      .trim();

  test('what is shown as kept and inserted is the new text, as kept and deleted the old one', () => {
    const text = fc
      .array(fc.constantFrom('take', 'the', 'oldest', 'one', 'of', 'model', 'a', 'bundle,', 'Mail.'))
      .map((all) => all.join(' '));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = wordParts(before, after);
        expect(joined(parts, 'out')).toBe(after);
        expect(joined(parts, 'in')).toBe(before);
      }),
      { numRuns: 1000 },
    );
  });

  test('a rewritten clause is one change and not confetti', () => {
    const parts = wordParts(
      'Install the team’s applications one by one, starting with Mail.',
      'Install the team’s bundle, not single applications.',
    );
    expect(parts.filter((part) => part.kind !== 'same')).toHaveLength(2);
  });
});
