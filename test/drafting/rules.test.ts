import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftSopByRules } from '../../activities/drafters/rules/sop-drafting/index.js';
import { readTranscript } from '../../activities/readers/transcript.js';
import { assembleSop } from '../../workflows/domain/sop-drafting/assemble.js';
import { sopRequirements } from '../../workflows/domain/sop-drafting/requirements.js';
import { sopCandidateSchema } from '../../workflows/domain/sop-drafting/schema.js';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import type { Transcript } from '../../workflows/domain/transcript.js';
import { firstTemplate } from '../../workflows/domain/sop-drafting/template.js';
import { noFacts } from '../../workflows/domain/sop-drafting/facts.js';

async function drafted(file: string, shots: string[] = []) {
  const transcript = await readTranscript(await readFile(`test/fixtures/${file}`), file);
  const candidate = sopCandidateSchema.parse(draftSopByRules(transcript, '', shots));
  return {
    transcript,
    candidate,
    sop: assembleSop({ candidate, transcript, screenshots: [], previous: null, template: firstTemplate, seed: 's' }),
  };
}

const textOf = (...lines: string[]): Transcript => ({
  format: 'text',
  warnings: [],
  cues: lines.map((text, index) => ({ index, startMs: null, endMs: null, speaker: null, text })),
});
const rules = (...lines: string[]) => draftSopByRules(textOf(...lines), 'T', []);

describe('the rules make of a walk-through', () => {
  it('onboarding a vendor: its steps in order, what is seen, its exceptions and its one decision', async () => {
    const { candidate, sop } = await drafted('onboarding-a-vendor.vtt', ['a.png', 'b.png']);
    expect(candidate.title).toBe('Onboard a new vendor');
    expect(candidate.purpose).toMatch(/^So that accounts payable can pay/);
    expect(candidate.approver).toBe('Dana Whitfield');
    expect(candidate.systemsOfRecord).toEqual(['NetSuite', 'Jira', 'Slack']);
    expect(candidate.prerequisites).toHaveLength(2);
    expect(candidate.steps.map((step) => step.action)).toMatchInlineSnapshot(`
      [
        "Go to NetSuite",
        "Open the Vendors tab here on the left",
        "Search for the vendor's name",
        "Click New Vendor at the top right",
        "Type the legal name exactly as it's written on the W-9, not the trading name",
        "Paste the tax ID into the Tax ID field",
        "Select the payment terms, which is almost always Net 30",
        "Upload the W-9 and the signed quote under Files",
        "Check the bank details by phone, on a number from their website and never the number in the email",
        "Click Save",
        "Send the link to Dana Whitfield in the vendor channel on Slack",
        "Email the vendor with the purchase order number",
      ]
    `);
    expect(candidate.exceptions.map((item) => `${item.when}: ${item.then}`)).toMatchInlineSnapshot(`
      [
        "If the vendor is already there: Update the existing record and don't create a second one",
        "Sometimes they ask for Net 15: Forward the request to Priya in finance before you save anything",
        "If they do (“Is this vendor going to touch customer data?”): Open a security review in Jira and wait until it's approved before you go on",
        "If they don't (“Is this vendor going to touch customer data?”): You can carry on straight away",
        "If it's a government agency: The bank letter is enough",
        "Every now and then the email bounces: ",
      ]
    `);
    expect(candidate.decisionPoints).toEqual([{ question: 'Is this vendor going to touch customer data?', step: 7 }]);
    expect(candidate.steps.filter((step) => step.screenshot !== null)).toHaveLength(2);
    expect(sop.steps.every((step) => step.moment !== null && step.moment.startMs !== null)).toBe(true);
    expect(sop.exceptions.every((item) => item.moment !== null)).toBe(true);
  });

  it('an expense exception', async () => {
    const { candidate, sop } = await drafted('expense-exception.srt');
    expect(candidate.systemsOfRecord).toEqual(['Expensify', 'Google Drive']);
    expect(candidate.steps.map((step) => step.action)).toMatchInlineSnapshot(`
      [
        "Log in to Expensify",
        "Go to the Reports page",
        "Click on the flagged report",
        "Read the violation at the top",
        "Type the reason into the comment box, like one sentence, what was bought and why. Don't write just approved, the auditors hate that",
        "Download the report as a PDF",
        "Save it in the Exceptions folder in Google Drive",
        "Hit Approve",
        "Record the exception in the exceptions log",
      ]
    `);
    expect(candidate.exceptions.map((item) => `${item.when}: ${item.then}`)).toMatchInlineSnapshot(`
      [
        "If it's over five hundred: The finance manager has to sign off, so add Rachel Nguyen as approver",
        "If it is under that: Approve it yourself",
        "If there's no receipt: Ask the employee to fill out the missing receipt form, it's in Google Drive",
        "After the fifth: Ask Rachel to reopen it",
        "Once in a while the report gets stuck in processing: Reopen it and hit Approve again",
      ]
    `);
    expect(sop.steps.every((step) => step.moment !== null)).toBe(true);
  });

  it('offboarding a contractor, with the owner whom the speaker named and digressions left out', async () => {
    const { candidate, sop } = await drafted('offboarding.txt');
    expect(candidate.owner).toBe('Ben Castellano');
    expect(candidate.steps.map((step) => step.action)).toMatchInlineSnapshot(`
      [
        "Start in Workday",
        "Open the contractor's profile",
        "Check the end date, it has to be today",
        "Go to Okta",
        "Search for their email",
        "Click Deactivate",
        "Click Yes",
        "Collect the laptop and the badge",
        "Scan the laptop's asset tag into Jira, in the Equipment project",
        "Transfer their files in Google Drive to their manager",
        "Make sure you tick the box for shared folders as well",
        "Send the closing note to Ben Castellano in payroll",
        "Mark the ticket as Done",
      ]
    `);
    expect(candidate.exceptions.map((item) => `${item.when}: ${item.then}`)).toMatchInlineSnapshot(`
      [
        "If the end date is wrong: Call their manager before you touch anything",
        "If they are a guest in Slack: Remove them in the Slack admin page by hand",
        "Sometimes people work from another city: Send them a prepaid box",
      ]
    `);
    expect(sop.steps.every((step) => step.moment !== null)).toBe(true);
  });

  it('the sample: one step, one finished exception, nothing else to meet than one tick', async () => {
    const { transcript, title, screenshots } = {
      ...visitorLogSample,
      transcript: await readTranscript(Buffer.from(visitorLogSample.transcript), 'w'),
    };
    const candidate = draftSopByRules(
      transcript,
      title,
      screenshots.map((shot) => shot.name),
    );
    const sop = assembleSop({
      candidate,
      transcript,
      screenshots: [],
      previous: null,
      template: firstTemplate,
      seed: 's',
    });
    expect(sop).toMatchObject({
      title: 'Log a visitor',
      purpose: 'So that reception always knows who is in the building.',
    });
    expect(sop.steps).toHaveLength(1);
    expect(sop.exceptions).toHaveLength(1);
    expect(sopRequirements(sop, noFacts).map((requirement) => requirement.kind)).toEqual(['run-through']);
  });
});

describe('the rules', () => {
  it('take pointing and imperative speech for steps, and nothing else', () => {
    const steps = rules(
      "I'm clicking on Save.",
      'So then what you do is you paste the link.',
      "It's a nice day.",
      'The report is old.',
      'Right?',
    ).steps;
    expect(steps.map((step) => step.action)).toEqual(['Click on Save', 'Paste the link']);
  });

  it('keep the step of a sentence that goes on to a case', () => {
    const { steps, exceptions } = rules(
      'So you click Save and open the page, and if it is there, call Dana.',
      'Call Dana if it breaks.',
    );
    expect(steps.map((step) => step.action)).toEqual(['Click Save', 'Open the page']);
    expect(exceptions.map(({ when, then }) => [when, then])).toEqual([
      ['If it is there', 'Call Dana'],
      ['If it breaks', 'Call Dana'],
    ]);
  });

  it('leave what to do empty where the speaker does not say it, so that a person must write it', () => {
    expect(rules('Click the link.', 'Sometimes the page does not load.').exceptions).toEqual([
      {
        when: 'Sometimes the page does not load',
        then: '',
        decisionPoint: null,
        quote: 'Sometimes the page does not load.',
      },
    ]);
    expect(rules('What if the vendor is new?', 'Good question.').exceptions[0]).toMatchObject({
      when: 'If the vendor is new',
      then: '',
    });
  });

  it('take no "if you look here" for an exception and no idle question for a decision', () => {
    const { exceptions, decisionPoints } = rules(
      'If you look here you can see the list.',
      'Can you see my screen now?',
      'Does that make any sense?',
    );
    expect(exceptions).toEqual([]);
    expect(decisionPoints).toEqual([]);
  });

  it('give the same draft for the same transcript, valid for any words at all', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        'click Save.',
        'If it breaks, call Dana.',
        'Is it over five?',
        'and then',
        'Unless',
        'sometimes',
        'It depends on it.',
        'you should see',
        '?',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(
          words.filter((text) => text.trim() !== ''),
          { maxLength: 25 },
        ),
        (lines) => {
          const transcript = textOf(...lines);
          const candidate = sopCandidateSchema.parse(draftSopByRules(transcript, '', ['a.png']));
          expect(draftSopByRules(transcript, '', ['a.png'])).toEqual(draftSopByRules(transcript, '', ['a.png']));
          assembleSop({ candidate, transcript, screenshots: [], previous: null, template: firstTemplate, seed: 's' });
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('take a bounded time for 10 MB of speech, punctuated or not', async () => {
    for (const line of [
      'and then you click save and you open the page if it is there ',
      'If a, click b, and then c. ',
    ]) {
      const transcript = await readTranscript(Buffer.from(line.repeat(Math.floor(10_000_000 / line.length))), 'w');
      const began = performance.now();
      sopCandidateSchema.parse(draftSopByRules(transcript, '', []));
      expect(performance.now() - began).toBeLessThan(20_000);
    }
  }, 90_000);
});

const hostile = '../shared/data/hostile';
describe.skipIf(!existsSync(hostile))('hostile strings and injections', () => {
  const rows = (file: string): string[] =>
    readFileSync(`${hostile}/${file}`, 'utf8')
      .trim()
      .split('\n')
      .map((row) => {
        const parsed: unknown = JSON.parse(row);
        return typeof parsed === 'object' && parsed !== null && 'text' in parsed ? String(parsed.text) : '';
      });

  it('are words like others: each alone and all together make a valid draft or a refusal', async () => {
    const texts = [...rows('strings.jsonl'), ...rows('injections.jsonl')];
    for (const text of [...texts, texts.join('\n')]) {
      const transcript = await readTranscript(Buffer.from(`Click Save.\n${text}`), 'w.txt');
      const candidate = sopCandidateSchema.parse(draftSopByRules(transcript, '', []));
      const sop = assembleSop({
        candidate,
        transcript,
        screenshots: [],
        previous: null,
        template: firstTemplate,
        seed: 's',
      });
      expect(sop.steps.length).toBeGreaterThan(0);
    }
  });
});
