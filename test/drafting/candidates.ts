import type { SopCandidate } from '../../workflows/domain/sop-drafting/schema.js';
import type { Transcript } from '../../workflows/domain/transcript.js';

export const transcript: Transcript = {
  format: 'vtt',
  warnings: [],
  cues: [
    'Today we onboard a vendor.',
    'You go to NetSuite and open the Vendors tab.',
    'Then click New Vendor.',
    'If the vendor is already there, update the old record.',
  ].map((text, index) => ({ index, startMs: index * 4000, endMs: index * 4000 + 3500, speaker: 'Maya', text })),
};

export const candidate: SopCandidate = {
  title: 'Onboard a vendor',
  purpose: 'So that they are paid.',
  scope: '',
  owner: '',
  approver: '',
  systemsOfRecord: ['NetSuite'],
  prerequisites: [],
  ownSections: [],
  steps: [
    {
      action: 'Open the Vendors tab',
      where: 'NetSuite',
      expected: '',
      screenshot: 1,
      quote: 'go to NetSuite and open the Vendors tab',
    },
    {
      action: 'Click New Vendor',
      where: 'NetSuite',
      expected: 'A form',
      screenshot: null,
      quote: 'then click new vendor',
    },
    { action: 'Tell the team', where: '', expected: '', screenshot: null, quote: 'tell the whole team about it' },
  ],
  decisionPoints: [{ question: 'Is the vendor already there?', step: 2 }],
  exceptions: [
    {
      when: 'The vendor is already there',
      then: 'Update the old record',
      decisionPoint: 1,
      quote: 'If the vendor is already there',
    },
  ],
};
