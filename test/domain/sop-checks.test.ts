import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSop } from '../../workflows/domain/sop-drafting/checks.js';
import { noFacts } from '../../workflows/domain/sop-drafting/facts.js';
import { sopRequirements } from '../../workflows/domain/sop-drafting/requirements.js';
import { emptySop, type Sop, type Step } from '../../workflows/domain/sop-drafting/schema.js';

const roster = ['Ruth Akande', 'Tobias Renner', 'Ines Duarte'];
const step = (n: number, action: string, where: string, expected: string): Step => ({
  ...{ id: `s-${n.toString(16).padStart(8, '0')}`, action, where, expected },
  ...{ screenshot: null, moment: null },
});
const base: Sop = {
  ...emptySop,
  title: 'Offboarding a contractor',
  purpose: 'So that nobody keeps access after the last day.',
  owner: 'Ruth Akande',
  systemsOfRecord: ['Workday', 'Okta'],
};

/** As a vendor's demo shows it: it reads clean. */
const demo: Sop = {
  ...base,
  approver: 'Karen Lindholm',
  steps: [
    step(1, 'Confirm the last day with the hiring manager', 'Workday', 'The end date stands in the profile.'),
    step(2, 'Deactivate accounts', '', 'No account is active.'),
    step(3, 'Collect the laptop and the phone', 'Reception', 'Both stand on the asset list as returned.'),
    step(4, 'If any issues, escalate to IT', '', 'IT has answered.'),
  ],
};
const corrected: Sop = {
  ...base,
  approver: 'Tobias Renner',
  steps: [
    step(1, 'Confirm the last day with the hiring manager', 'Workday', 'The end date stands in the profile.'),
    step(2, 'Deactivate the accounts in Okta', 'Okta, Directory', 'The person stands there as deactivated.'),
    step(3, 'Collect the laptop, the phone and the badge', 'Reception', 'All three are on the asset list as returned.'),
  ],
  exceptions: [
    {
      ...{ id: 'e-00000001', when: 'The badge is not returned by 17:00 on the last day', decisionPointId: null },
      ...{ then: 'Block it in the door system and write the number to the security desk.', moment: null, met: null },
    },
  ],
};

/** What the reviewer is asked because of the rules: key and digest. */
const asked = (sop: Sop) =>
  new Map(
    sopRequirements(sop, { ...noFacts, roster })
      .filter(({ key, kind }) => key.startsWith('check:') && kind === 'confirm')
      .map(({ key, valueDigest }) => [key, valueDigest]),
  );
const edited = (sop: Sop, at: number, fields: Partial<Step>): Sop => ({
  ...sop,
  steps: sop.steps.map((one, n) => (n === at ? { ...one, ...fields } : one)),
});

describe('what is asked before approval', () => {
  test('is every fault of the demo, each to be mended or said to be right, and nothing of its corrected version', () => {
    expect([...asked(demo).keys()]).toEqual([
      'check:vague-escalation:s-00000004',
      'check:no-system-of-record:s-00000002',
      'check:not-on-roster:approver',
      'check:never-returned:title',
    ]);
    expect([...asked(corrected).keys()]).toEqual([]);
  });

  test('is asked again when the words it rests on change, and only then', () => {
    const before = asked(demo);
    const elsewhere = asked(edited(demo, 0, { action: 'Confirm the last day with the manager' }));
    expect(elsewhere).toEqual(before);
    const other = asked(edited(demo, 1, { action: 'Deactivate all accounts' }));
    const changed = [...other].filter(([key, digest]) => before.get(key) !== digest).map(([key]) => key);
    expect(changed).toEqual(['check:no-system-of-record:s-00000002']);
    const stranger = asked({ ...demo, approver: 'Sven Lindholm' });
    expect(stranger.get('check:not-on-roster:approver')).not.toBe(before.get('check:not-on-roster:approver'));
  });

  test('names all steps without a result in one question, asked again when one of them changes', () => {
    const bare = edited(edited(corrected, 0, { expected: '' }), 2, { expected: '' });
    expect([...asked(bare).keys()]).toEqual(['check:no-expected-result:s-00000001']);
    expect(asked(edited(bare, 1, { expected: 'All is grey.' }))).toEqual(asked(bare));
    expect(asked(edited(bare, 2, { action: 'Collect the badge' }))).not.toEqual(asked(bare));
  });

  test('asks once about a decision that is asked about anyway', () => {
    const one = edited(corrected, 0, { action: 'If the contract ends early, tell payroll in Workday' });
    expect([...asked(one).keys()]).toEqual(['check:one-branch:s-00000001']);
    const point = { id: 'd-00000001', question: 'Does the contract end early?', stepId: 's-00000001' };
    const both = sopRequirements({ ...one, decisionPoints: [point] }, { ...noFacts, roster });
    expect(both.filter(({ kind }) => kind === 'confirm').map(({ key }) => key)).toEqual(['exception:d-00000001']);
  });
});

describe('the rules on every version', () => {
  test('find all four faults of the demo that reads clean, and none in its corrected version', () => {
    expect(checkSop(demo, roster).map((one) => one.rule)).toEqual([
      'vague-escalation',
      'no-system-of-record',
      'not-on-roster',
      'never-returned',
    ]);
    expect(checkSop(corrected, roster)).toEqual([]);
  });

  test('find a thing handed out and never taken back, one side of a condition, and steps without a result', () => {
    const rules = (steps: Step[]) => checkSop({ ...emptySop, title: 'A visit', steps }, roster).map((one) => one.rule);
    expect(rules([step(1, 'Give the visitor a badge', '', 'It is worn.')])).toEqual(['never-returned']);
    expect(
      rules([step(1, 'Give the visitor a badge', '', 'Worn.'), step(2, 'Collect the badge', '', 'Back.')]),
    ).toEqual([]);
    expect(rules([step(1, 'If the invoice is over 500, ask for a second signature', '', 'Signed.')])).toEqual([
      'one-branch',
    ]);
    const both = 'If the invoice is over 500, ask for a second signature, otherwise file it';
    expect(rules([step(1, both, '', 'Filed.')])).toEqual([]);
    expect(rules([step(1, 'Open the till', '', ''), step(2, 'Count it', '', '')])).toEqual(['no-expected-result']);
  });

  test('take both sides in one sentence, a question, and a step before trouble without a name for what they are', () => {
    const rules = (...actions: string[]) =>
      checkSop(
        { ...emptySop, title: 'A visit', steps: actions.map((action, n) => step(n, action, '', 'Done.')) },
        roster,
      ).map((one) => `${one.rule} ${one.items.join()}`);
    expect(rules('If it cannot be mended, throw it away; if it can, send it to the shop')).toEqual([]);
    expect(rules('If they match, press Approve', 'If they do not match, press Dispute')).toEqual([]);
    expect(rules('Check if the door is locked')).toEqual([]);
    expect(rules('Take a deposit if the guest is not staying')).toEqual(['one-branch s-00000000']);
    expect(rules('If the seal is broken, take a photo', 'If any issues, call the office')).toEqual([
      'vague-escalation s-00000001',
      'one-branch s-00000000',
    ]);
    expect(rules('Any errors F1 to F9: ask the office with the code')).toEqual([]);
    expect(rules('Issue an API key to the service')).toEqual([]);
  });

  test('take a role for a role, and say nothing of names where there is no roster', () => {
    const rules = (owner: string, names: readonly string[]) =>
      checkSop({ ...emptySop, owner }, names).map((one) => one.rule);
    expect(rules('Operations manager', roster)).toEqual([]);
    expect(rules('ruth  akande', roster)).toEqual([]);
    expect(rules('Karen Lindholm', [])).toEqual([]);
    expect(rules('Karen Lindholm', roster)).toEqual(['not-on-roster']);
  });

  test('say each thing once, briefly, whatever the SOP says', () => {
    const pieces = [
      'if any issues',
      'escalate',
      'delete',
      'accounts',
      'give',
      'badge',
      'If',
      'x'.repeat(300),
      '. ',
      '“',
      '\n',
    ];
    const words = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }).map((all) => all.join(' '));
    const steps = fc.array(fc.tuple(words, words), { maxLength: 40 });
    fc.assert(
      fc.property(steps, words, (list, owner) => {
        const sop = { ...base, owner, steps: list.map(([action, expected], n) => step(n, action, '', expected)) };
        const found = checkSop(sop, roster);
        const keys = found.map((one) => `${one.rule}:${one.items[0] ?? ''}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { label } of found) expect(label.length > 0 && label.length <= 500).toBe(true);
      }),
    );
  });
});
