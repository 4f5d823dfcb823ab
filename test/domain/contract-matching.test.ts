import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexDocument, matchQuote } from '../../workflows/domain/contract-summary/matching.js';

const clause =
  'This Agreement shall renew automatically for successive terms of one (1) year unless either party gives written ' +
  'notice of non-renewal at least ninety (90) days before the end of the then-current term. Supplier’s liability ' +
  'is limited to $250,000.00 per year — or 30 days of fees.';
const filler = 'The parties agree to the following provisions and to no others, save as set out in Schedule 4. ';
const text = filler.repeat(40) + clause + filler.repeat(40);
const document = indexDocument(text);

/** The words of a quote, as a PDF, a scanner or a hurried typist might give them. */
function disturbed(quote: string, picks: readonly number[]): string {
  return [...quote]
    .map((character, at) => {
      const pick = picks[at % picks.length] ?? 0;
      if (character === ' ') return [' ', '\n', '  ', '\u00a0', ' \r\n\t', '\u2009'][pick % 6] ?? ' ';
      if (character === "'" || character === '’') return ["'", '’', '‘'][pick % 3] ?? "'";
      if (character === '—') return ['—', '–', '-'][pick % 3] ?? '-';
      const next = quote.charAt(at + 1);
      const inWord = /[a-z]/.test(character) && /[a-z]/.test(next);
      return inWord && pick === 7 ? `${character}-\n` : inWord && pick === 8 ? `${character}\u00ad` : character;
    })
    .join('');
}

const wordStarts = [...clause.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].map((match) => match.index);
const wordEnds = [...clause.matchAll(/[\p{L}\p{N}](?![\p{L}\p{N}])/gu)].map((match) => match.index + 1);

describe('a quote in a contract', () => {
  it('that stands in the text is always found, after any mix of spaces, hyphenation and line breaks', () => {
    fc.assert(
      fc.property(
        fc.nat(wordStarts.length - 1),
        fc.nat(wordEnds.length - 1),
        fc.array(fc.nat(8), { minLength: 3, maxLength: 40 }),
        fc.array(fc.nat(8), { minLength: 3, maxLength: 40 }),
        (start, end, ofQuote, ofText) => {
          const quote = clause.slice(wordStarts[start], wordEnds[end]);
          fc.pre(quote.replaceAll(/[^\p{L}\p{N}]/gu, '').length >= 4);
          const page = indexDocument(filler + disturbed(clause, ofText) + filler);
          const match = matchQuote(page, disturbed(quote, ofQuote));
          expect(match.state).toBe('verified');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('with a digit, a word or an amount changed is never verified', () => {
    const words = [...clause.matchAll(/[\p{L}\p{N}$.,]+/gu)];
    fc.assert(
      fc.property(fc.nat(words.length - 1), fc.constantFrom('thirty', '31', '7', 'not', 'may', '£9'), (at, other) => {
        const word = words[at];
        fc.pre(word !== undefined && word[0].toLowerCase() !== other);
        if (word === undefined) return;
        const changed = clause.slice(0, word.index) + other + clause.slice(word.index + word[0].length);
        const from = Math.max(0, word.index - 60);
        expect(matchQuote(document, changed.slice(from, word.index + 60)).state).not.toBe('verified');
      }),
      { numRuns: 300 },
    );
  });

  const marks = (text: string, picks: readonly number[]) =>
    [...text.replaceAll('fi', 'ﬁ').replaceAll('fl', 'ﬂ')]
      .map((character, at) => {
        const pick = picks[at % picks.length] ?? 0;
        if (character === 'ﬁ') return pick % 2 === 0 ? 'ﬁ' : 'fi';
        if (character === 'ﬂ') return pick % 2 === 0 ? 'ﬂ' : 'fl';
        if (character === '"') return ['"', '“', '”', '„', '«'][pick % 5] ?? '"';
        if (character === "'") return ["'", '’', '‘', '`', '´'][pick % 5] ?? "'";
        if (character === '-') return ['-', '‐', '‑', '–', '—', '−'][pick % 6] ?? '-';
        // A page may end between two words, or within one that was hyphenated.
        if (character === ' ') return [' ', '\n', '\f', '\n\n\f\n', '\u00a0', '\u200b '][pick % 6] ?? ' ';
        return pick === 11 ? `${character}\u00ad` : character;
      })
      .join('');
  const flowing =
    'The "Final Office" shall notify the Supplier\'s affiliates - and no others - of any conflict, in the first five-day period after 2026-12-31, that a qualified officer finds "sufficient"; fees of 1,250.50 follow.';
  const starts = [...flowing.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].map((match) => match.index);
  const ends = [...flowing.matchAll(/[\p{L}\p{N}](?![\p{L}\p{N}])/gu)].map((match) => match.index + 1);
  const picks = fc.array(fc.nat(11), { minLength: 3, maxLength: 40 });

  it('that stands in the text is always found, after any mix of ligatures, quotation marks, dashes and page breaks', () => {
    fc.assert(
      fc.property(fc.nat(starts.length - 1), fc.nat(ends.length - 1), picks, picks, (start, end, ofQuote, ofText) => {
        const quote = flowing.slice(starts[start], ends[end]);
        fc.pre(quote.replaceAll(/[^\p{L}\p{N}]/gu, '').length >= 4);
        const match = matchQuote(indexDocument(filler + marks(flowing, ofText) + filler), marks(quote, ofQuote));
        expect(match.state).toBe('verified');
      }),
      { numRuns: 400 },
    );
  });

  it('that is not in the text is never verified, whatever it is and however the text is set', () => {
    const letters = (words: string) =>
      words
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]/gu, '');
    const known = flowing.match(/[\p{L}\p{N}]+/gu) ?? [];
    const invented = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.array(fc.constantFrom(...known), { minLength: 2, maxLength: 12 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(invented, picks, (quote, ofText) => {
        fc.pre(!letters(flowing).includes(letters(quote)));
        expect(matchQuote(indexDocument(marks(flowing, ofText)), quote).state).not.toBe('verified');
      }),
      { numRuns: 400 },
    );
  });

  it('never begins or ends within a word or a number', () => {
    for (const quote of ['0 days of fees', '50,000.00 per year', 'newal at least', 'ninety (9'])
      expect(matchQuote(document, quote).state, quote).not.toBe('verified');
    expect(matchQuote(document, '30 days of fees').state).toBe('verified');
  });

  it('gives the place of the document’s own words back', () => {
    const match = matchQuote(document, 'SUPPLIER\u2018S  lia-\nbility is limited to $250,000.00');
    expect(match).toMatchObject({ state: 'verified', words: 'Supplier’s liability is limited to $250,000.00' });
    if (match.state !== 'not-found') {
      const [place] = match.passages;
      expect(text.slice(place?.from, place?.to)).toBe('Supplier’s liability is limited to $250,000.00');
    }
  });

  it('that is nearly there is drifted, and the document’s own words replace it', () => {
    const match = matchQuote(
      document,
      'written notice of non-renewal at least sixty (60) days before the end of the then-current term',
    );
    expect(match).toMatchObject({
      state: 'drifted',
      words: 'written notice of non-renewal at least ninety (90) days before the end of the then-current term',
    });
  });

  it('that the document does not hold is not found, nor is one too short to say anything', () => {
    for (const quote of ['The customer may terminate at any time for any reason at all', 'at', '…', '', '  ', '(1)'])
      expect(matchQuote(document, quote)).toEqual({ state: 'not-found' });
  });

  it('stands on every page on which it stands', () => {
    const match = matchQuote(indexDocument(filler.repeat(3)), 'save as set out in Schedule 4');
    expect(match.state === 'verified' && match.passages.length).toBe(3);
  });

  it('survives ligatures, full-width digits, combining marks and letters of other scripts', () => {
    const odd = indexDocument(
      'Kündigungsfrist: ﬁnal notice １２ months. Ｎotice. 更新日は三月三十一日とする。 Zażółć gęślą',
    );
    for (const quote of ['final notice 12 months', 'Ku\u0308ndigungsfrist', '三月三十一日', 'ZAŻÓŁĆ GĘŚLĄ'])
      expect(matchQuote(odd, quote).state, quote).toBe('verified');
  });

  it('costs a bounded time in a huge or hostile document', () => {
    const huge = indexDocument(`${'a '.repeat(500_000)}${'notice '.repeat(100_000)}`);
    const began = performance.now();
    matchQuote(huge, `${'a '.repeat(2_900)}b`);
    matchQuote(huge, 'notice '.repeat(800));
    matchQuote(huge, 'notice of a renewal that is nowhere in here at all');
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
