import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { learnedWeights } from '../../activities/drafters/rules/contract-summary/weights.js';
import { assembleContract, type ReadByRules } from '../../workflows/domain/contract-summary/assemble.js';
import { candidateOf, type ContractCandidate } from '../../workflows/domain/contract-summary/candidate.js';
import { applyContractEdits, type ContractEdit } from '../../workflows/domain/contract-summary/edits.js';
import { extractContract } from '../../workflows/domain/contract-summary/extraction/extract.js';
import { partiesIn } from '../../workflows/domain/contract-summary/extraction/parties.js';
import { contractByRules } from '../../workflows/domain/contract-summary/from-rules.js';
import { noticeDay, upcomingNoticeDay } from '../../workflows/domain/contract-summary/notice-day.js';
import { mergeContract } from '../../workflows/domain/contract-summary/redraft.js';
import { renderContract } from '../../workflows/domain/contract-summary/render.js';
import { contractRequirements } from '../../workflows/domain/contract-summary/requirements.js';
import { contractSchema, fieldKeys, type Contract } from '../../workflows/domain/contract-summary/schema.js';
import { cleaningContract } from '../../workflows/domain/samples/cleaning-contract.js';

const source = '01890000-0000-7000-8000-000000000001';
const amendmentSource = '01890000-0000-7000-8000-000000000002';

function documentOf(text: string, role: 'contract' | 'amendment' = 'contract', pages = 2): ReadByRules {
  const cut = Math.floor(text.length / pages);
  const read = {
    format: 'text' as const,
    text,
    pages: Array.from({ length: pages }, (_, at) => ({
      ...{ from: at * cut, to: at === pages - 1 ? text.length : (at + 1) * cut },
      ...{ width: 0, height: 0, words: 'text' as const, runs: [] },
    })),
    ...{ hidden: [], hiddenMore: 0, warnings: [] },
  };
  const id = role === 'contract' ? source : amendmentSource;
  return { source: id, name: `${role}.txt`, role, read, extraction: extractContract(text, learnedWeights) };
}

const contract = documentOf(cleaningContract.text);

function drafted(candidate: ContractCandidate, documents = [contract], byRules = false): Contract {
  const given = {
    candidate,
    documents,
    title: 'Cleaning',
    timeZone: 'Europe/London',
    organisation: 'Harrow Mill Trading',
  };
  return contractSchema.parse(assembleContract({ ...given, seed: 'seed', byRules }));
}

const rulesCandidate = contractByRules([{ text: cleaningContract.text, extraction: contract.extraction }], 'Cleaning');
const byRules = drafted(rulesCandidate, [contract], true);
const requirement = (of: Contract, key: string) => contractRequirements(of).find((one) => one.key === key);

describe('a one-pager by rules', () => {
  test('rests on the document’s own words, each with its page', () => {
    for (const key of fieldKeys)
      for (const quote of byRules.fields[key].quotes) {
        expect(quote.state).toBe('verified');
        if (quote.state !== 'not-found')
          expect(cleaningContract.text.slice(quote.from, quote.to)).toContain(quote.text);
      }
  });
  test('names the other party as the vendor and guesses nobody where there are two', () => {
    expect(byRules.vendor).toBe('Brightwater Cleaning Ltd');
    const given = { candidate: rulesCandidate, documents: [contract], title: 'C', timeZone: 'Europe/London' };
    expect(assembleContract({ ...given, organisation: '', seed: 's', byRules: true }).vendor).toBe('');
  });
  test('says the last safe day with its arithmetic in words', () => {
    const page = renderContract(byRules, 1);
    expect(page).toContain('**31 December 2026**, until midnight in Europe/London.');
    expect(page).toContain('31 March 2027 less 90 calendar days is 31 December 2026.');
  });
  test('is the same bytes for the same draft', () => {
    expect(renderContract(byRules, 1)).toBe(
      renderContract(contractSchema.parse(JSON.parse(JSON.stringify(byRules))), 1),
    );
  });
});

describe('what a model says', () => {
  const with_ = (changed: Partial<ContractCandidate>): Contract => drafted({ ...rulesCandidate, ...changed });

  test('with words that do not stand there cannot be confirmed', () => {
    const made = with_({
      noticeWindow: {
        value: { is: 'window', count: 30, unit: 'calendar-days', strictly: false },
        quotes: ['Notice shall be given no later than thirty days before Michaelmas by carrier pigeon.'],
      },
    });
    expect(made.fields.noticeWindow.quotes).toMatchObject([{ state: 'not-found' }]);
    expect(requirement(made, 'two-keys:noticeWindow')).toMatchObject({ kind: 'impossible' });
  });
  test('in nearly the document’s words shows the document’s own', () => {
    const quote =
      'this Agreement shall automatically renew for successive terms of twelve (12) months each, unless either party gives written notice of its intention not to renew at least ninety (90) days before the end of the then-current term';
    const made = with_({ renewal: { value: { is: 'renewal', automatic: true, each: null }, quotes: [quote] } });
    expect(made.fields.renewal.quotes).toMatchObject([{ state: 'drifted', drafted: quote }]);
    expect(made.fields.renewal.quotes[0]?.text).toContain('successive periods of twelve');
  });
  test('that the rules read otherwise is shown beside their reading, and confirming covers both', () => {
    const made = with_({
      noticeWindow: {
        value: { is: 'window', count: 60, unit: 'calendar-days', strictly: false },
        quotes: ['unless either party gives written notice of its intention not to renew'],
      },
    });
    expect(made.fields.noticeWindow.others).toMatchObject([{ by: 'rules', value: { count: 90 } }]);
    const asked = requirement(made, 'two-keys:noticeWindow');
    expect(asked).toMatchObject({ kind: 'served', place: `${source}:1` });
    expect(asked?.label).toContain('The rules read at least 90 calendar days before');
    const without = { ...made.fields.noticeWindow, others: [] };
    const alone = { ...made, fields: { ...made.fields, noticeWindow: without } };
    expect(requirement(alone, 'two-keys:noticeWindow')?.valueDigest).not.toBe(asked?.valueDigest);
  });
  test('is absent while the rules found it is shown with what they found', () => {
    const made = with_({ liabilityCap: null });
    expect(made.fields.liabilityCap).toMatchObject({
      answer: 'absent',
      others: [{ by: 'rules', value: { amount: 50_000 } }],
    });
    expect(requirement(made, 'field:liabilityCap')?.label).toContain('The rules read GBP 50,000');
  });
  test('leaves out is listed as in the document, not in the summary', () => {
    const made = with_({ unusual: [] });
    expect(made.omitted.map(({ title }) => title)).toContain('Minimum commitment');
    expect(requirement(made, 'left-out')?.label).toMatch(/^In the document, not in the summary: /);
  });
  test('of a clause worth flagging that is not there must be taken out', () => {
    const made = with_({
      unusual: [{ title: 'Free cake', quote: 'The Supplier shall bring a cake every single Friday at noon.' }],
    });
    const id = made.unusual[0]?.id ?? '';
    expect(requirement(made, `clause:${id}`)).toMatchObject({ kind: 'impossible' });
    const edited = applyContractEdits(made, [{ op: 'remove-clause', id }], [contract]);
    expect(requirement(edited, `clause:${id}`)).toBeUndefined();
    expect(renderContract(made, 1)).not.toContain('cake');
  });
});

describe('an amendment', () => {
  const text = `AMENDMENT No. 1

This Amendment is made on 1 October 2026 by and between Brightwater Cleaning Ltd and Harrow Mill Trading Ltd and changes the Service Agreement of 1 March 2026.

1. Clause 2.2 is replaced: this Agreement shall automatically renew for successive periods of twelve (12) months each, unless either party gives written notice of its intention not to renew at least thirty (30) days before the end of the then-current term.
`;
  const amendment = documentOf(text, 'amendment', 1);
  const both = [contract, amendment];
  const candidate = contractByRules(
    both.map(({ read, extraction }) => ({ text: read.text, extraction })),
    'Cleaning',
  );
  const made = drafted(candidate, both, true);

  test('decides, and what the contract says stands beside it with both dates', () => {
    expect(made.fields.noticeWindow.value).toMatchObject({ count: 30 });
    expect(made.fields.noticeWindow.quotes[0]).toMatchObject({ source: amendmentSource });
    expect(made.fields.noticeWindow.others).toMatchObject([
      { by: 'contract', value: { count: 90 }, dated: '2026-03-01' },
    ]);
    expect(made.documents.map(({ role, dated }) => [role, dated])).toEqual([
      ['contract', '2026-03-01'],
      ['amendment', '2026-10-01'],
    ]);
  });
});

describe('a person’s edit', () => {
  const at = cleaningContract.text.indexOf('ninety (90) days');
  const marked = { source, from: at, to: at + 'ninety (90) days'.length };

  test('takes the words from the document, not from the page that sent them', () => {
    const value = { is: 'window', count: 90, unit: 'calendar-days', strictly: false } as const;
    const edited = applyContractEdits(
      byRules,
      [{ op: 'set-field', field: 'noticeWindow', value, quotes: [marked] }],
      [contract],
    );
    expect(edited.fields.noticeWindow).toMatchObject({
      by: 'person',
      quotes: [{ text: 'ninety (90) days', state: 'verified' }],
    });
  });
  test('of a value that does not fit the point, or of a place that is not there, is refused in words', () => {
    const money = { is: 'money', amount: 3, currency: 'GBP' } as const;
    const edits: ContractEdit[][] = [
      [{ op: 'set-field', field: 'noticeWindow', value: money }],
      [{ op: 'set-field', field: 'liabilityCap', value: money, quotes: [{ source, from: 1, to: 10_000_000 }] }],
      [{ op: 'set-field', field: 'liabilityCap', value: money, quotes: [{ ...marked, source: amendmentSource }] }],
      [{ op: 'take-other', field: 'liabilityCap', other: 9 }],
      [{ op: 'remove-clause', id: 'c-00000000' }],
    ];
    for (const one of edits)
      expect(() => applyContractEdits(byRules, one, [contract])).toThrow(
        expect.objectContaining({ code: 'invalid_request' }),
      );
  });
  test('settles a point without another confirmation, but never renewal date or notice window', () => {
    const edited = applyContractEdits(
      byRules,
      [
        { op: 'set-field', field: 'liabilityCap', value: { is: 'words', text: 'The fees of one year' } },
        { op: 'say-absent', field: 'noticeWindow' },
      ],
      [contract],
    );
    expect(requirement(edited, 'field:liabilityCap')).toBeUndefined();
    expect(requirement(edited, 'two-keys:noticeWindow')).toMatchObject({
      kind: 'served',
      place: 'absence:noticeWindow',
    });
  });
  test('of a key point without any place in the document cannot be approved', () => {
    const nowhere = { ...byRules.fields.renewalDate, answer: 'absent' as const, value: null, quotes: [] };
    const without = { ...byRules, fields: { ...byRules.fields, renewalDate: nowhere } };
    const value = { is: 'renewal-day', day: '2030-01-31', anchor: 'end-of-term' } as const;
    const edited = applyContractEdits(without, [{ op: 'set-field', field: 'renewalDate', value }], [contract]);
    expect(requirement(edited, 'two-keys:renewalDate')).toMatchObject({ kind: 'impossible' });
  });
  test('voids the confirmations of what it changes and of nothing else, whatever it is', () => {
    const digests = (of: Contract) => new Map(contractRequirements(of).map((one) => [one.key, one.valueDigest]));
    const before = digests(byRules);
    const day = fc.integer({ min: 2026, max: 2040 }).map((year) => `${String(year)}-03-31`);
    const edit = fc.oneof(
      day.map((at): ContractEdit => ({
        op: 'set-field',
        field: 'renewalDate',
        value: { is: 'renewal-day', day: at, anchor: 'renewal-date' },
      })),
      fc.integer({ min: 0, max: 300 }).map((count): ContractEdit => ({
        op: 'set-field',
        field: 'noticeWindow',
        value: { is: 'window', count, unit: 'business-days', strictly: false },
      })),
      fc.constantFrom(...fieldKeys).map((field): ContractEdit => ({ op: 'say-absent', field })),
      fc.constant<ContractEdit>({ op: 'set-title', title: 'Another title' }),
    );
    fc.assert(
      fc.property(edit, (one) => {
        const after = digests(applyContractEdits(byRules, [one], [contract]));
        const touched = 'field' in one ? one.field : undefined;
        for (const [key, digest] of before)
          if (touched === undefined || !key.endsWith(`:${touched}`)) expect(after.get(key)).toBe(digest);
          else expect(after.get(key)).not.toBe(digest);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a redraft', () => {
  test('keeps what a person settled, and what was not asked about', () => {
    const words = { is: 'words', text: 'Six months’ notice at any time' } as const;
    const mine = applyContractEdits(byRules, [{ op: 'set-field', field: 'termination', value: words }], [contract]);
    const again = drafted({ ...rulesCandidate, termination: null, governingLaw: null, liabilityCap: null });
    const merged = mergeContract(mine, again, ['termination', 'governingLaw']);
    expect(merged.fields.termination.value).toEqual(words);
    expect(merged.fields.governingLaw.answer).toBe('absent');
    expect(merged.fields.liabilityCap).toEqual(mine.fields.liabilityCap);
  });
  test('begins from the version before it', () => {
    expect(candidateOf(byRules).noticeWindow?.value).toEqual(byRules.fields.noticeWindow.value);
  });
});

describe('the last safe day', () => {
  test('of later terms is counted from the first, and the first that is not past is the one to act by', () => {
    expect(upcomingNoticeDay(byRules, '2026-11-26')).toMatchObject({ is: 'day', term: 0, last: { day: '2026-12-31' } });
    expect(upcomingNoticeDay(byRules, '2027-01-01')).toMatchObject({
      is: 'day',
      term: 1,
      last: { day: '2028-01-01' },
      ends: '2028-03-31',
    });
  });
  test('is not named while a point that it hangs on is open', () => {
    const open = { ...byRules.fields.noticeWindow, answer: 'open' as const, value: null };
    expect(noticeDay({ ...byRules, fields: { ...byRules.fields, noticeWindow: open } })).toEqual({ is: 'open' });
  });
});

describe('parties', () => {
  test('are the names after “between” and “and”', () => {
    expect(
      partiesIn('made by and between Acme Corp., a Delaware corporation ("Acme"), and Beta Widgets Ltd ("Beta").'),
    ).toEqual(['Acme Corp.', 'Beta Widgets Ltd']);
  });
  test('are none where no name reads like one', () => {
    expect(partiesIn('an agreement between the undersigned and others')).toEqual([]);
  });
});
