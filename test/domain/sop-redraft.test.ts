import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySopEdits, type SopEdit } from '../../workflows/domain/sop-drafting/edits.js';
import { mergeRedraft } from '../../workflows/domain/sop-drafting/redraft.js';
import { emptySop, sopSchema, type Sop } from '../../workflows/domain/sop-drafting/schema.js';

const step = (n: number, action: string, expected = '') => ({
  id: `s-0000000${String(n)}`,
  action,
  where: '',
  expected,
  screenshot: null,
  moment: null,
});
const first: Sop = sopSchema.parse({
  ...emptySop,
  title: 'Close the till',
  purpose: 'So that the cash is right.',
  steps: [step(1, 'Open the drawer'), step(2, 'Count the notes'), step(3, 'Write the sum down')],
  decisionPoints: [{ id: 'd-00000001', question: 'Is the sum right?', stepId: 's-00000003' }],
  exceptions: [
    { id: 'e-00000001', when: 'If it is not', then: '', decisionPointId: 'd-00000001', moment: null, met: null },
  ],
});
const drafted = (change: Partial<Sop>): Sop => sopSchema.parse({ ...first, ...change });
const edited = (sop: Sop, ...edits: SopEdit[]): Sop => applySopEdits(sop, edits);
const after = (person: Sop, next: Sop, about: string[] | null = null): Sop =>
  mergeRedraft({
    history: [
      { sop: first, byPerson: false },
      { sop: person, byPerson: true },
    ],
    drafted: next,
    about,
    seed: 's',
  });

describe('a redraft', () => {
  it('changes what the drafter wrote and offers what it would write for a person’s words', () => {
    const person = edited(first, { op: 'set-step', id: 's-00000002', fields: { action: 'Count the notes twice' } });
    const next = drafted({
      purpose: 'So that the books close.',
      steps: [
        step(1, 'Open the drawer with the key'),
        step(2, 'Count the notes and the coins'),
        step(3, 'Write it down'),
      ],
    });
    const merged = after(person, next);
    expect(merged.purpose).toBe('So that the books close.');
    expect(merged.steps.map(({ action }) => action)).toEqual([
      'Open the drawer with the key',
      'Count the notes twice',
      'Write it down',
    ]);
    expect(merged.offers).toMatchObject([{ item: 's-00000002', fields: { action: 'Count the notes and the coins' } }]);
  });

  it('does not offer the words again that a person replaced or left', () => {
    const person = edited(first, { op: 'set-step', id: 's-00000002', fields: { action: 'Count the notes twice' } });
    expect(after(person, first).offers).toEqual([]);
    expect(after(person, first)).toEqual(person);
  });

  it('does not bring back what a person took out, not under another id either', () => {
    const person = edited(first, { op: 'remove-step', id: 's-00000002' });
    const next = drafted({
      steps: [step(1, 'Open the drawer'), step(9, 'Count the NOTES'), step(3, 'Write the sum down')],
    });
    expect(after(person, next).steps.map(({ id }) => id)).toEqual(['s-00000001', 's-00000003']);
  });

  it('keeps a step that a person wrote where the drafter leaves it out, at its place', () => {
    const mine = { ...step(7, 'Ask for a second pair of eyes') };
    const person = edited(first, { op: 'insert-step', after: 's-00000001', step: mine });
    const merged = after(person, drafted({ steps: [step(1, 'Open the drawer'), step(3, 'Write the sum down')] }));
    expect(merged.steps.map(({ id }) => id)).toEqual(['s-00000001', 's-00000007', 's-00000003']);
  });

  it('keeps the order that a person made', () => {
    const person = edited(first, { op: 'move-step', id: 's-00000003', after: null });
    expect(after(person, first).steps.map(({ id }) => id)).toEqual(['s-00000003', 's-00000001', 's-00000002']);
  });

  it('about one step changes that step, may follow it with new ones, and nothing else', () => {
    const next = drafted({
      title: 'Another title',
      steps: [
        step(1, 'Something else'),
        step(2, 'Count the notes'),
        step(5, 'Count the coins'),
        step(3, 'Forget the sum'),
        step(6, 'Send it to me'),
      ],
      exceptions: [],
    });
    const merged = after(first, next, ['s-00000002']);
    expect(merged.steps.map(({ action }) => action)).toEqual([
      'Open the drawer',
      'Count the notes',
      'Count the coins',
      'Write the sum down',
    ]);
    expect({ ...merged, steps: [] }).toEqual({ ...first, steps: [] });
  });

  it('about a decision point may add what happens then', () => {
    const told = { id: 'e-00000005', when: 'If it is right', then: 'Lock up', moment: null, met: null };
    const next = drafted({ exceptions: [...first.exceptions, { ...told, decisionPointId: 'd-00000001' }] });
    expect(after(first, next, ['d-00000001']).exceptions).toHaveLength(2);
    expect(after(first, next, ['s-00000001']).exceptions).toHaveLength(1);
  });
});

const words = fc.string({ minLength: 1, maxLength: 10 }).map((text) => `w${text.trim()}`);
const anyStep = fc.record({
  id: fc.integer({ min: 0, max: 9 }).map((n) => `s-0000000${String(n)}`),
  action: words,
  where: words,
  expected: words,
  screenshot: fc.constant(null),
  moment: fc.constant(null),
});
const anySop = fc
  .record({
    title: words,
    purpose: words,
    owner: words,
    steps: fc.uniqueArray(anyStep, { selector: ({ id }) => id, maxLength: 8 }),
    exceptions: fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 0, max: 5 }).map((n) => `e-0000000${String(n)}`),
        when: words,
        then: words,
        decisionPointId: fc.constant(null),
        moment: fc.constant(null),
      }),
      { selector: ({ id }) => id, maxLength: 4 },
    ),
  })
  .map((fields) => sopSchema.parse({ ...emptySop, ...fields }));

describe('whatever a drafter returns', () => {
  it('every word that a person wrote stands in the next version as they wrote it, and the one after', () => {
    fc.assert(
      fc.property(anySop, anySop, anySop, anySop, (draft, person, next, later) => {
        const history = [
          { sop: draft, byPerson: false },
          { sop: person, byPerson: true },
        ];
        const one = mergeRedraft({ history, drafted: next, about: null, seed: 'a' });
        const two = mergeRedraft({
          history: [...history, { sop: one, byPerson: false }],
          drafted: later,
          about: null,
          seed: 'b',
        });
        for (const merged of [one, two]) {
          if (person.purpose !== draft.purpose) expect(merged.purpose).toBe(person.purpose);
          for (const mine of person.steps) {
            const was = draft.steps.find(({ id }) => id === mine.id);
            const is = merged.steps.find(({ id }) => id === mine.id);
            for (const field of ['action', 'where', 'expected'] as const)
              if (was?.[field] !== mine[field]) expect(is?.[field]).toBe(mine[field]);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('nothing changes but what was asked about', () => {
    fc.assert(
      fc.property(anySop, anySop, fc.nat(7), (draft, next, pick) => {
        const asked = draft.steps[pick % Math.max(1, draft.steps.length)];
        fc.pre(asked !== undefined);
        if (asked === undefined) return;
        const merged = mergeRedraft({
          history: [{ sop: draft, byPerson: false }],
          drafted: next,
          about: [asked.id],
          seed: 'a',
        });
        const rest = (sop: Sop) =>
          sop.steps.filter(({ id }) => draft.steps.some((one) => one.id === id) && id !== asked.id);
        expect(rest(merged)).toEqual(rest(draft));
        expect({ ...merged, steps: [], offers: [] }).toEqual({ ...draft, steps: [], offers: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('a redraft of the same words is the same draft', () => {
    fc.assert(
      fc.property(anySop, (draft) => {
        const merged = mergeRedraft({
          history: [{ sop: draft, byPerson: false }],
          drafted: draft,
          about: null,
          seed: 'a',
        });
        expect(merged).toEqual(draft);
      }),
    );
  });
});
