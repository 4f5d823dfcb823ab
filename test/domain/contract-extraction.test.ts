import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnedWeights } from '../../activities/drafters/rules/contract-summary/weights.js';
import { ranked, readContract } from '../../workflows/domain/contract-summary/extraction/candidates.js';
import { presenceOf } from '../../workflows/domain/contract-summary/extraction/presence.js';
import { extractContract, type Extraction } from '../../workflows/domain/contract-summary/extraction/extract.js';
import { fieldNames } from '../../workflows/domain/contract-summary/extraction/fields.js';
import { packed, unpacked } from '../../workflows/domain/contract-summary/extraction/weights.js';
import { contractOf, clausesOf, type Told } from '../support/contract-texts.js';

const read = (text: string) => extractContract(text, learnedWeights);

/** Every place that an extraction names, as it stands there and as it is quoted. */
const places = (text: string, found: Extraction) =>
  Object.values(found).flatMap(({ passages }) =>
    passages.flatMap((one) =>
      [one, one.sentence].map(({ start, end, text: quoted }) => ({ stands: text.slice(start, end), quoted })),
    ),
  );

function expectQuotesInPlace(text: string) {
  const found = read(text);
  for (const { stands, quoted } of places(text, found)) expect(quoted).toBe(stands);
  for (const { passages, presence, present, value } of Object.values(found)) {
    expect(present).toBe(presence === 'present');
    if (presence === 'absent') expect(value).toBeUndefined();
    expect(passages.length).toBeLessThanOrEqual(5);
    for (const { start, end, sentence, score } of passages) {
      expect(end - start).toBeLessThanOrEqual(1_200);
      expect(start <= sentence.start && sentence.start < sentence.end && sentence.end <= end).toBe(true);
      expect(score > 0 && score <= 1).toBe(true);
    }
  }
  return found;
}

const told = fc.record<Told>({
  vendor: fc.constantFrom('Northwind Data, Inc.', 'Halden GmbH', 'Brightwater Facilities LLC', 'Ōtani K.K.'),
  signed: fc.constantFrom('March 3, 2021', '14th day of June, 2022', '1 November 2019', '2023-02-28'),
  years: fc.integer({ min: 1, max: 9 }),
  noticeDays: fc.constantFrom(30, 45, 60, 90, 120),
  cap: fc.integer({ min: 1_000, max: 9_000_000 }),
  state: fc.constantFrom('New York', 'Delaware', 'California'),
  filler: fc.integer({ min: 0, max: 30 }),
  spaces: fc.constantFrom(' ', '\n', '   ', '\r\n\t', '\u00a0'),
});

describe('terms found by rules', () => {
  it('stand in the document at the places named, in contracts of any layout', () => {
    fc.assert(
      fc.property(told, (one) => void expectQuotesInPlace(contractOf(one))),
      { numRuns: 60 },
    );
  });

  it('stand in the document at the places named, in any string', () => {
    const words = fc.constantFrom(
      ...[
        'renew',
        'terminate at any time',
        '. ',
        '\n\n',
        ' ',
        'March 3, 2021',
        '(90) days',
        '_'.repeat(50),
        'İ',
        '\ud800',
      ],
      ...['liability shall not exceed $', '12', 'laws of', '\u0000', '\u202e', '👩‍⚖️', 'ﬁ', '"Term"', '[•], 2019', ';'],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words, { maxLength: 400 }).map((all) => all.join('')),
        ),
        (text) => void expectQuotesInPlace(text),
      ),
      { numRuns: 150 },
    );
  });

  it('carry their values: dates, notice by its kind of days, money with its currency, law', () => {
    const text = contractOf({
      ...{ vendor: 'Northwind Data, Inc.', signed: 'March 3, 2021', years: 3, noticeDays: 90, cap: 250_000 },
      ...{ state: 'New York', filler: 12, spaces: ' ' },
    });
    const found = expectQuotesInPlace(text);
    expect(found.agreementDate.value).toEqual({ is: 'date', day: '2021-03-03' });
    expect(found.expiration.value).toEqual({ is: 'date', day: '2024-03-03' });
    expect(found.noticeWindow.value).toEqual({
      is: 'duration',
      duration: { count: 90, unit: 'days', kind: 'calendar' },
    });
    expect(found.renewal.value).toEqual({
      is: 'renewal',
      automatic: true,
      duration: { count: 1, unit: 'years', kind: 'calendar' },
    });
    expect(found.liabilityCap.value).toEqual({ is: 'money', money: { amount: 250_000, currency: 'USD' } });
    expect(found.governingLaw.value).toEqual({ is: 'law', of: 'New York' });
    expect(found.renewal.passages[0]?.text).toContain('successive terms');
  });

  it('are said to be absent where a contract has none, with the words that were searched and how often each stood', () => {
    const found = read(clausesOf({ filler: 25, spaces: ' ' }).join('\n\n'));
    for (const field of ['renewal', 'noticeWindow', 'liabilityCap', 'terminationForConvenience'] as const) {
      expect(found[field].presence, field).toBe('absent');
      expect(found[field].value).toBeUndefined();
      expect(found[field].searched.length).toBeGreaterThan(3);
    }
    expect(found.renewal.searched).toContainEqual({ words: 'renew', sentences: 0 });
    expect(found.noticeWindow.searched.find(({ words }) => words === 'notice')?.sentences).toBeGreaterThan(0);
  });

  it('of an empty document are none', () => {
    for (const text of ['', ' \n\n ', '\u0000']) {
      for (const field of fieldNames) expect(read(text)[field]).toMatchObject({ clause: field, presence: 'absent' });
    }
  });

  it('take time that grows with the length alone, a megabyte of the worst included', () => {
    const whole = contractOf({
      ...{ vendor: 'Halden GmbH', signed: '1 November 2019', years: 2, noticeDays: 60, cap: 5_000 },
      ...{ state: 'Delaware', filler: 20, spaces: ' ' },
    });
    const worst = [
      'renew unless notice ',
      '_',
      'day of ',
      'not exceed ',
      '(',
      '\n',
      '. A',
      'one hundred and ',
      '$1,000,',
    ];
    for (const part of [whole, ...worst]) {
      const took = (length: number) => {
        const text = part.repeat(Math.ceil(length / part.length)).slice(0, length);
        const began = performance.now();
        read(text);
        return performance.now() - began;
      };
      took(20_000);
      const quarter = Math.min(took(250_000), took(250_000));
      const all = took(1_000_000);
      expect(all, `a megabyte of ${part.slice(0, 20)}`).toBeLessThan(15_000);
      // Four times the text in about four times the time; a square would be sixteen.
      expect(all, `growth with ${part.slice(0, 20)}`).toBeLessThan(10 * quarter + 250);
    }
  }, 120_000);
});

describe('whether a contract has a clause', () => {
  const contract = readContract(
    contractOf({
      ...{ vendor: 'Northwind Data, Inc.', signed: 'March 3, 2021', years: 3, noticeDays: 90, cap: 250_000 },
      ...{ state: 'New York', filler: 12, spaces: ' ' },
    }),
  );
  const learned = learnedWeights.renewal;
  const sentences = ranked(contract, 'renewal', learned);
  /** What is said where the signs of the document sum to `sum`, and less than 0 but at least -2 is left to a person. */
  const saidAt = (sum: number) =>
    presenceOf(contract, 'renewal', sentences, {
      ...{ bias: 0, weights: new Map<string, number>() },
      presence: { bias: sum, possibleFrom: -2, weights: new Map<string, number>() },
    });

  it('is claimed only from the upper threshold on, denied only below the lower one, and left to a person between', () => {
    expect([0.1, 0, -0.1, -2, -2.1].map(saidAt)).toEqual(['present', 'present', 'possible', 'possible', 'absent']);
  });

  it('is denied where no sentence was even looked at', () => {
    expect(presenceOf(contract, 'renewal', [], learned)).toBe('absent');
  });

  it('is left to a person for one weak sign of a clause that nothing was learned of', () => {
    const weak = read('The supplier shall observe the privacy policy of the customer at all times.');
    expect(weak.dataProcessing.presence).toBe('possible');
    const strong = read('The processor shall encrypt personal data under the GDPR and report a data breach at once.');
    expect(strong.dataProcessing.presence).toBe('present');
    expect(read('Invoices are due at once.').dataProcessing.presence).toBe('absent');
  });

  it('has thresholds in order in the weights that are stored', () => {
    for (const field of fieldNames) expect(learnedWeights[field]?.presence.possibleFrom ?? 0).toBeLessThanOrEqual(0);
  });
});

describe('learned weights', () => {
  it('are the same after they were stored', () => {
    expect(unpacked(packed(learnedWeights))).toEqual(learnedWeights);
  });

  it('are no part of what workflows import', () => {
    const root = path.resolve(import.meta.dirname, '../../workflows');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(10);
    for (const file of files)
      expect(readFileSync(path.join(root, file), 'utf8'), file).not.toMatch(/from '[^']+\.json'/);
  });
});
