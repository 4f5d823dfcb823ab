import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../api/render-html.js';
import { learnedWeights } from '../../activities/drafters/rules/contract-summary/weights.js';
import { assembleContract } from '../../workflows/domain/contract-summary/assemble.js';
import { extractContract } from '../../workflows/domain/contract-summary/extraction/extract.js';
import { contractByRules } from '../../workflows/domain/contract-summary/from-rules.js';
import type { ReadDocument } from '../../workflows/domain/document.js';
import { assembleLetter, mergeLetter, rulesAgain } from '../../workflows/domain/notice-letter/assemble.js';
import { applyLetterEdits } from '../../workflows/domain/notice-letter/edits.js';
import { letterFacts, letterTrouble, type ApprovedContract } from '../../workflows/domain/notice-letter/facts.js';
import { letterByRules } from '../../workflows/domain/notice-letter/from-rules.js';
import { negotiationWords } from '../../workflows/domain/notice-letter/negotiation.js';
import { renderLetter } from '../../workflows/domain/notice-letter/render.js';
import { letterRequirements } from '../../workflows/domain/notice-letter/requirements.js';
import type { Letter, LetterInput } from '../../workflows/domain/notice-letter/schema.js';
import { cleaningContract } from '../../workflows/domain/samples/cleaning-contract.js';

const run = '01890a5d-ac96-774b-bcce-b302099a8057';
const source = '01890a5d-ac96-774b-bcce-b302099a8058';

function read(text: string): ReadDocument {
  const page = { from: 0, to: text.length, width: 0, height: 0, words: 'text' as const, runs: [] };
  return { format: 'text', text, pages: [page], hidden: [], hiddenMore: 0, warnings: [] };
}

function approved(text: string = cleaningContract.text): ApprovedContract {
  const given = { source, name: 'agreement.txt', role: 'contract' as const, read: read(text) };
  const documents = [{ ...given, extraction: extractContract(text, learnedWeights) }];
  const byRules = documents.map((one) => ({ text: one.read.text, extraction: one.extraction }));
  const contract = assembleContract({
    ...{ documents, title: 'Office cleaning', timeZone: 'Europe/London', organisation: 'Harrow Mill Trading Ltd' },
    ...{ candidate: contractByRules(byRules, 'Office cleaning'), seed: 'a seed', byRules: true },
  });
  return {
    run,
    version: 3,
    sample: false,
    contract: { ...contract, vendor: 'Brightwater Cleaning Ltd' },
    documents: [given],
  };
}

function letter(day = '2026-11-26', more: Partial<LetterInput> = {}, text?: string): Letter {
  const facts = letterFacts({ contract: run, kind: 'non-renewal', ...more }, approved(text), day);
  return assembleLetter(facts, 'Harrow Mill Trading Ltd', letterByRules(facts, day));
}
const keys = (one: Letter) => letterRequirements(one).map(({ key, kind }) => `${kind} ${key}`);
const labelOf = (one: Letter, key: string) => letterRequirements(one).find((found) => found.key === key)?.label ?? '';

describe('what a notice stands on', () => {
  test('the term that is running and its last safe day come from the approved summary, with the arithmetic', () => {
    const { facts } = letter();
    expect(facts).toMatchObject({ termEnds: '2027-03-31', lastSafe: { day: '2026-12-31' }, effective: '2026-04-01' });
    expect(facts.lastSafe?.steps).toContain('31 March 2027 less 90 calendar days is 31 December 2026.');
    expect(facts.noticeClause?.text).toContain('at least ninety (90) days before the end');
    expect(letter('2028-05-01').facts).toMatchObject({ termEnds: '2029-03-31', lastSafe: { day: '2028-12-31' } });
  });

  test('how notices are given is quoted from the contract with its page, two sentences at most', () => {
    const { manner } = letter().facts;
    expect(manner.length).toBeLessThanOrEqual(2);
    expect(manner[0]).toMatchObject({ page: 1, state: 'verified' });
    expect(manner.map(({ text }) => text).join(' ')).toContain('A notice sent by e-mail is not a notice.');
    expect(manner.map(({ text }) => text).join(' ')).not.toMatch(/GENERAL|7\. NOTICES/);
    for (const { from, to, text } of manner) expect(cleaningContract.text.slice(from, to).trim()).toBe(text);
    const silent = letter('2026-11-26', {}, cleaningContract.text.replace(/7\. NOTICES[\s\S]*?(?=8\. GENERAL)/, ''));
    expect(labelOf(silent, 'letter:manner')).not.toContain('A notice sent by e-mail');
  });

  test('what cannot be written is refused with a sentence', () => {
    const { contract } = approved();
    const asked = (more: Partial<LetterInput>) =>
      letterTrouble({ contract: run, kind: 'non-renewal', ...more }, contract, '2026-11-26');
    expect(asked({})).toBeUndefined();
    expect(asked({ endOn: '2027-01-31' })).toContain('Leave the day out');
    expect(asked({ kind: 'termination', endOn: '2026-11-25' })).toContain('That day is past.');
    const endless = { ...contract.fields.renewalDate, answer: 'absent' as const, value: null };
    const without = { ...contract, fields: { ...contract.fields, renewalDate: endless } };
    expect(letterTrouble({ contract: run, kind: 'non-renewal' }, without, '2026-11-26')).toContain('nothing renews');
  });
});

describe('a notice as it would go out', () => {
  test('is a plain, unconditional letter, the same bytes each time', () => {
    const one = applyLetterEdits(letter(), [
      { op: 'set-addressee', addressee: ['Brightwater Cleaning Ltd', '2 Dock Road', 'Bristol'] },
      { op: 'set-signatory', signatory: 'R. Sutcliffe' },
    ]);
    expect(renderLetter(one)).toBe(`**Harrow Mill Trading Ltd**

Brightwater Cleaning Ltd\\
2 Dock Road\\
Bristol

26 November 2026

# Notice of non-renewal: Office cleaning

Dear Sir or Madam,

We give notice that we do not renew the agreement “Office cleaning” with Brightwater Cleaning Ltd, in effect since 1 April 2026.

The current term ends on 31 March 2027. The agreement ends on that day and is not renewed.

Kindly confirm in writing that you have received this notice and the day on which the agreement ends.

Thank you for the work done under this agreement.

Yours faithfully,

R. Sutcliffe\\
Harrow Mill Trading Ltd
`);
  });

  test('words of a model or a contract stay words: no markup, no line of their own', () => {
    const one = { ...letter(), subject: '# <img src=x> [x](http://evil.example)', addressee: ['a\n\n# b'] };
    const html = renderHtml(renderLetter(one), []);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('>x</a>');
    expect(html).toContain('img src=x');
    expect(html.match(/<h1>/g)).toHaveLength(1);
  });

  test('a termination names the day that was asked for, or the earliest day that its terms allow', () => {
    const asked = letter('2026-11-26', { kind: 'termination', endOn: '2027-06-30' });
    expect(renderLetter(asked)).toContain('we terminate the agreement');
    expect(renderLetter(asked)).toContain('It ends on 30 June 2027.');
    expect(labelOf(asked, 'letter:by')).toContain('for the contract to end on 30 June 2027');
    expect(labelOf(asked, 'letter:by')).toContain('six (6) months');
    expect(renderLetter(letter('2026-11-26', { kind: 'termination' }))).toContain('the earliest day');
  });
});

describe('what is asked before a notice goes out', () => {
  test('nobody is guessed, and the date and the way are confirmed by a person', () => {
    expect(keys(letter())).toEqual(['impossible letter:signatory', 'confirm letter:by', 'confirm letter:manner']);
    expect(labelOf(letter(), 'letter:by')).toContain('must be given by 31 December 2026');
    expect(labelOf(letter(), 'letter:manner')).toContain('A notice sent by e-mail is not a notice.');
    const bare = { ...letter(), addressee: [], sender: '' };
    expect(keys(bare)).toEqual(expect.arrayContaining(['impossible letter:addressee', 'impossible letter:sender']));
  });

  test('a last safe day that is past on the day of the letter is said first and loudly', () => {
    const late = letter('2027-01-15');
    expect(keys(late)[0]).toBe('confirm letter:late');
    expect(labelOf(late, 'letter:late')).toContain('TOO LATE for the term that ends on 31 March 2027');
    expect(renderLetter(late)).toContain('where notice for that day is out of time');
    const inTime = letter('2026-12-31');
    expect(keys(inTime)).not.toContain('confirm letter:late');
    expect(keys(applyLetterEdits(inTime, [{ op: 'set-day', day: '2027-01-01' }]))[0]).toBe('confirm letter:late');
  });

  test('a letter cannot be dated back before the day it was drafted', () => {
    expect(() => applyLetterEdits(letter('2027-01-15'), [{ op: 'set-day', day: '2026-12-30' }])).toThrow(
      'cannot be dated before',
    );
  });

  test('a confirmation holds while its value stays, and goes with it', () => {
    const digest = (one: Letter, key: string) =>
      letterRequirements(one).find((found) => found.key === key)?.valueDigest;
    const before = letter();
    const signed = applyLetterEdits(before, [{ op: 'set-signatory', signatory: 'R. Sutcliffe' }]);
    expect(digest(signed, 'letter:by')).toBe(digest(before, 'letter:by'));
    expect(digest(letter('2028-05-01'), 'letter:by')).not.toBe(digest(before, 'letter:by'));
  });

  test('a day that the approved summary does not know, or an end left out, is asked about', () => {
    const strange = applyLetterEdits(letter(), [
      { op: 'set-paragraphs', paragraphs: ['We do not renew the agreement. It ends on 30 April 2028.'] },
    ]);
    expect(labelOf(strange, 'letter:days')).toContain('does not say that the contract ends on 31 March 2027');
    expect(labelOf(strange, 'letter:days')).toContain('30 April 2028');
  });
});

describe('negotiation', () => {
  const offers = [
    'Unless you lower the fee we leave.',
    'We would consider staying for a discount of 10 %.',
    'We are open to renegotiating the terms.',
    'Send us your best offer by Friday.',
    'We have a better price from a competitor.',
    'If you can match it, we stay.',
    'We propose a shorter term.',
    'Otherwise we take legal action.',
    'We leave because of the poor service.',
    'We remain willing to discuss new terms.',
  ];
  test.each(offers)('is noticed: %s', (words) => {
    const found = letterRequirements({ ...letter(), paragraphs: [words] }).find(({ key }) => key === 'letter:words');
    expect(found).toMatchObject({ kind: 'confirm' });
  });

  test('is in none of the letters that the rules write, whatever the vendor is called', () => {
    for (const kind of ['non-renewal', 'termination'] as const)
      for (const day of ['2026-11-26', '2027-01-15'])
        expect(negotiationWords(letterByRules(letter(day, { kind }).facts, day).paragraphs)).toEqual([]);
    const facts = { ...letter().facts, vendor: 'Better Price Deal Ltd' };
    const named = assembleLetter(facts, 'Harrow Mill', letterByRules(facts, facts.writtenOn));
    expect(keys(named)).not.toContain('confirm letter:words');
  });

  test('its confirmation does not outlive other words', () => {
    const words = (paragraphs: string[]) =>
      letterRequirements({ ...letter(), paragraphs }).find(({ key }) => key === 'letter:words')?.valueDigest;
    expect(words(['We propose a discount.'])).not.toBe(words(['We propose a discount of half.']));
  });
});

describe('a redraft', () => {
  const again = (previous: Letter) => {
    const { facts } = letter('2026-12-10');
    const drafted = assembleLetter(facts, 'Somebody else', rulesAgain(previous, facts));
    return mergeLetter(previous, drafted, null);
  };

  test('keeps what people wrote and takes the day and the facts of today', () => {
    const own = applyLetterEdits(letter(), [
      { op: 'set-paragraphs', paragraphs: ['We do not renew. It ends on 31 March 2027.'] },
      { op: 'set-signatory', signatory: 'R. Sutcliffe' },
    ]);
    expect(again(own)).toMatchObject({
      ...{ paragraphs: own.paragraphs, signatory: 'R. Sutcliffe', sender: 'Harrow Mill Trading Ltd' },
      ...{ wordsBy: 'person', day: '2026-12-10', facts: { writtenOn: '2026-12-10' } },
    });
  });

  test('does not write the day back that a person set later', () => {
    const later = applyLetterEdits(letter(), [{ op: 'set-day', day: '2026-12-20' }]);
    expect(again(later).day).toBe('2026-12-20');
  });
});
