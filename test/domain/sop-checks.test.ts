import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSop } from '../../workflows/domain/sop-drafting/checks.js';
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
