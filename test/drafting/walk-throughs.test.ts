import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { draftSopByRules } from '../../activities/drafters/rules/sop-drafting/index.js';
import { readTranscript } from '../../activities/readers/transcript.js';
import { sopCandidateSchema } from '../../workflows/domain/sop-drafting/schema.js';

async function drafted(file: string) {
  const transcript = await readTranscript(await readFile(`test/fixtures/walk-throughs/${file}`), file);
  const sop = sopCandidateSchema.parse(draftSopByRules(transcript, '', []));
  return { transcript, sop, actions: sop.steps.map((step) => step.action).join('\n') };
}

/** Five to ten minutes of one person talking, as the tools export it: digressions, corrections, wrong order. */
describe('a long walk-through, with no model', () => {
  it('onboarding a vendor (Zoom): what it is about, whose it is, and the systems it names', async () => {
    const { sop, actions, transcript } = await drafted('onboarding-a-vendor.zoom.vtt');
    expect(transcript.cues.at(-1)?.endMs).toBeGreaterThan(5 * 60_000);
    expect(sop).toMatchObject({ title: 'Onboard a vendor', owner: 'Maya Okafor', approver: 'Rachel Nguyen' });
    expect(sop.systemsOfRecord).toEqual(['NetSuite', 'ComplyAdvantage', 'Jira']);
    expect(sop.prerequisites).toEqual(["The vendor's W-9", 'A signed quote from whoever has the budget']);
    for (const act of ['Click New Vendor', 'Enter the tax number', 'Call the vendor on a number', 'Click Screen'])
      expect(actions).toContain(act);
    for (const chat of ['door bell', 'spreadsheet', 'three days of my life', 'recording'])
      expect(actions).not.toContain(chat);
    const cases = sop.exceptions.map((item) => item.when);
    expect(cases).toEqual(expect.arrayContaining(['If nobody picks up', 'If there is a match']));
    // Said as "unless they're outside the US", without what to do then: left open, never filled in.
    expect(sop.exceptions.find((item) => item.when === "If they're outside the US")?.then).toBe('');
  });

  it('offboarding a contractor (Otter): the manager who wants it earlier, the badge, and no cat', async () => {
    const { sop, actions, transcript } = await drafted('offboarding-a-contractor.otter.txt');
    expect(transcript.cues.at(-1)?.startMs).toBeGreaterThan(5 * 60_000);
    expect(sop).toMatchObject({
      title: 'Offboard a contractor',
      owner: 'Grace Lindqvist',
      approver: 'Ben Castellano',
    });
    expect(sop.purpose).toContain('nobody who left has access or equipment');
    expect(sop.systemsOfRecord).toEqual(expect.arrayContaining(['Workday', 'Jira', 'Okta', 'GitHub']));
    for (const act of ['the badge to reception', 'Click Deactivate', 'Pick Transfer ownership'])
      expect(actions).toContain(act);
    for (const chat of ['cat', 'Pavel', 'Record this']) expect(actions).not.toContain(chat);
    expect(sop.exceptions.find((item) => item.when.startsWith('Sometimes the manager wants'))?.then).toMatch(
      /^Ask the manager for the hour/,
    );
  });

  it('an expense exception (Fireflies): why it is done, both branches of its decision, what is said of cards', async () => {
    const { sop, actions, transcript } = await drafted('expense-exception.fireflies.json');
    expect(transcript.cues.at(-1)?.endMs).toBeGreaterThan(5 * 60_000);
    expect(sop).toMatchObject({ title: 'Expense exceptions', owner: 'Luis Ferreira', approver: 'Rachel Nguyen' });
    expect(sop.purpose).toBe('The auditors want a reason and a name for every single one.');
    expect(sop.systemsOfRecord).toEqual(expect.arrayContaining(['Expensify', 'TravelPerk', 'Google Sheets', 'Slack']));
    expect(sop.decisionPoints.map((point) => point.question)).toEqual(['Is the amount over five hundred dollars?']);
    expect(sop.exceptions.filter((item) => item.decisionPoint === 1).map((item) => item.when)).toEqual([
      "If it's over five hundred",
      'If it is under that',
    ]);
    expect(actions).toContain('Click Approve with exception');
    expect(actions).not.toContain('Lisbon');
    expect(sop.exceptions.map((item) => item.when)).toContain('If it was paid with the company card');
  });
});
