import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noFacts } from '../../workflows/domain/sop-drafting/facts.js';
import { applySopEdits, type SopEdit } from '../../workflows/domain/sop-drafting/edits.js';
import { sopRequirements } from '../../workflows/domain/sop-drafting/requirements.js';
import { emptySop, type Sop, type Step } from '../../workflows/domain/sop-drafting/schema.js';

const step = (id: string, action: string): Step => ({
  id,
  action,
  where: '',
  expected: 'It is done.',
  screenshot: null,
  moment: null,
});

const sopOf = (steps: Step[]): Sop => ({
  ...emptySop,
  title: 'A procedure',
  purpose: '',
  scope: '',
  owner: '',
  approver: '',
  systemsOfRecord: [],
  prerequisites: [],
  steps,
  decisionPoints: [],
  exceptions: [],
});

const idOf = (n: number) => `s-${n.toString(16).padStart(8, '0')}`;

const sops = fc
  .uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 12 })
  .map((ids) => sopOf(ids.map((n) => step(idOf(n), `Do ${n}`))));

/** Key and digest of each tick that a complete run-through of this version would leave. */
const ticksOf = (sop: Sop) => new Map(sopRequirements(sop, noFacts).map((item) => [item.key, item.valueDigest]));

const keptBy = (before: Sop, after: Sop) => {
  const old = ticksOf(before);
  return new Set(
    sopRequirements(after, noFacts)
      .filter((item) => old.get(item.key) === item.valueDigest)
      .map((item) => item.key.replace('run-through:', '')),
  );
};

/** The rule in its own words: a step keeps its tick when its words and the step before it are unchanged. */
const expectedKept = (before: Sop, after: Sop) => {
  const was = new Map(before.steps.map((item, at) => [item.id, { item, previous: before.steps[at - 1]?.id ?? null }]));
  return new Set(
    after.steps
      .filter((item, at) => {
        const old = was.get(item.id);
        return old?.item.action === item.action && old.previous === (after.steps[at - 1]?.id ?? null);
      })
      .map((item) => item.id),
  );
};

const edits = (sop: Sop): fc.Arbitrary<SopEdit> => {
  const ids = sop.steps.map((item) => item.id);
  const id = fc.constantFrom(...ids);
  const anchor = fc.option(id, { nil: null });
  return fc.oneof(
    fc.record({
      op: fc.constant('set-step' as const),
      id,
      fields: fc.record({ action: fc.constantFrom('Do it otherwise', 'Do 1') }),
    }),
    fc.record({
      op: fc.constant('insert-step' as const),
      after: anchor,
      step: fc.constant(step('s-ffffffff', 'A new one')),
    }),
    fc.record({ op: fc.constant('move-step' as const), id, after: anchor }).filter((edit) => edit.id !== edit.after),
    fc.record({ op: fc.constant('remove-step' as const), id }),
  );
};

describe('run-through ticks', () => {
  test('any edit, move, insert or delete of a step voids exactly the ticks it must', () => {
    const cases = sops.chain((sop) => edits(sop).map((edit) => ({ sop, edit })));
    fc.assert(
      fc.property(cases, ({ sop, edit }) => {
        const after = applySopEdits(sop, [edit]);
        expect(keptBy(sop, after)).toEqual(expectedKept(sop, after));
      }),
      { numRuns: 2000 },
    );
  });

  test('a change outside the steps keeps every tick', () => {
    const sop = sopOf([step(idOf(1), 'Open it'), step(idOf(2), 'Close it')]);
    const after = applySopEdits(sop, [{ op: 'set', fields: { title: 'Another title', purpose: 'Because' } }]);
    expect(keptBy(sop, after).size).toBe(2);
  });

  test('an SOP without steps cannot meet its requirements', () => {
    expect(sopRequirements(sopOf([]), noFacts)).toMatchObject([{ key: 'run-through:none', kind: 'impossible' }]);
  });

  test('a decision point asks for its exception until one is written to the end', () => {
    const base = {
      ...sopOf([step(idOf(1), 'Open it')]),
      decisionPoints: [{ id: 'd-00000001', question: 'Is it damaged?', stepId: null }],
    };
    const exception = {
      id: 'e-00000001',
      when: 'It is damaged',
      then: '',
      decisionPointId: 'd-00000001',
      moment: null,
      met: null,
    };
    const keys = (sop: Sop) => sopRequirements(sop, noFacts).map((item) => item.key);
    expect(keys(base)).toContain('exception:d-00000001');
    expect(keys({ ...base, exceptions: [exception] })).toEqual(
      expect.arrayContaining(['exception:d-00000001', 'unfinished:e-00000001']),
    );
    expect(keys({ ...base, exceptions: [{ ...exception, then: 'Send it back.' }] })).toEqual([
      `run-through:${idOf(1)}`,
    ]);
  });
});

describe('edits', () => {
  test('an edit of a step that is not there is refused in words and changes nothing', () => {
    const sop = sopOf([step(idOf(1), 'Open it')]);
    expect(() => applySopEdits(sop, [{ op: 'remove-step', id: 's-deadbeef' }])).toThrow(/no item s-deadbeef/);
  });

  test('a removed step leaves no decision point pointing at it', () => {
    const sop = {
      ...sopOf([step(idOf(1), 'Open it')]),
      decisionPoints: [{ id: 'd-00000001', question: 'Which one?', stepId: idOf(1) }],
    };
    expect(applySopEdits(sop, [{ op: 'remove-step', id: idOf(1) }]).decisionPoints[0]?.stepId).toBeNull();
  });
});
