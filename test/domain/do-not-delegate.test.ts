import { expect, test } from 'vitest';
import { keptHumanBy, keptRules } from '../../workflows/domain/do-not-delegate.js';

test.each([
  ['vendor-negotiation', 'Ask them to credit us for the delay.'],
  ['vendor-negotiation', 'We are negotiating with Kestrel next week.'],
  ['legal-judgement', 'Is this a legal matter or just a complaint?'],
  ['escalation-timing', 'Should we escalate now or wait until Friday?'],
  ['cross-functional-politics', 'We change the form without telling Finance.'],
])('%s is kept human: %s', (rule, text) => {
  expect(keptHumanBy(['Open the ledger.', text])).toMatchObject({ rule });
});

test.each([
  'Open the vendor record and check that the contract is attached.',
  'If the laptop has not come, escalate to IT on the same day.',
  'Send the invoice to finance and legal for signature.',
])('ordinary work is not kept: %s', (text) => {
  expect(keptHumanBy([text])).toBeUndefined();
});

test('no rule takes more than linear time on hostile text', () => {
  const long = 'throw '.repeat(200_000);
  const started = performance.now();
  expect(keptHumanBy([long], keptRules)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(2000);
});
