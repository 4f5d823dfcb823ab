import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findQuote, quoteIndex } from '../../workflows/domain/quotes.js';
import type { Cue } from '../../workflows/domain/transcript.js';

const cuesOf = (...texts: string[]): Cue[] =>
  texts.map((text, index) => ({ index, startMs: index * 1000, endMs: null, speaker: null, text }));
const find = (texts: string[], quote: string, from = 0) => findQuote(quoteIndex(cuesOf(...texts)), quote, from);

describe('a quote', () => {
  it('is found whatever its case, white space, quotation marks, dashes and Unicode form, in the transcript’s own words', () => {
    const said = ['It says “Don’t  save” – ever.', 'The ﬁnal café form'];
    expect(find(said, `it says "don't save" - ever`)).toEqual({
      cue: 0,
      startMs: 0,
      quote: 'It says “Don’t  save” – ever',
    });
    expect(find(said, 'final CAFE\u0301 form...')).toEqual({ cue: 1, startMs: 1000, quote: 'ﬁnal café form' });
  });

  it('is found across the cues in which captions cut a sentence', () => {
    expect(find(['You go to Net', 'Suite and open', 'the Vendors tab now'], 'suite and open the vendors tab')).toEqual({
      cue: 1,
      startMs: 1000,
      quote: 'Suite and open the Vendors tab',
    });
  });

  it('is not found where the words are others, or too few, or only part of a word', () => {
    expect(find(['click New Vendor'], 'click New Supplier')).toBeUndefined();
    expect(find(['the restart button'], 'the')).toBeUndefined();
    expect(find(['we restarted it'], 'starte')).toBeUndefined();
    expect(find(['we started it'], '')).toBeUndefined();
    expect(find([], 'anything at all')).toBeUndefined();
  });

  it('that stands there twice is found where the draft has come to, and otherwise the first time', () => {
    const said = ['click Save now', 'open the file', 'click Save now'];
    expect(find(said, 'click save now', 1)?.cue).toBe(2);
    expect(find(said, 'open the file', 2)?.cue).toBe(1);
  });

  it('in a script without spaces is found within a sentence', () => {
    expect(find(['保存ボタンをクリックします'], 'ボタンをクリック')?.quote).toBe('ボタンをクリック');
  });

  it('taken from any transcript is found in it, and what is returned always stands there', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), fc.nat(), (texts, pick) => {
        const said = texts.map((part) => part.join(' ')).filter((text) => text.trim() !== '');
        const text = said[pick % Math.max(1, said.length)];
        if (text === undefined) return;
        const found = find(said, text);
        if (found) expect(said.join(' ')).toContain(found.quote);
        const plain = /^[\p{L}\p{N} ]+$/u.test(text) && text.trim().length >= 12;
        if (plain) expect(found).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('never takes long, however the text and the quote are made to match almost', () => {
    const index = quoteIndex(cuesOf(...Array.from({ length: 2000 }, () => 'a'.repeat(999))));
    const began = performance.now();
    for (const quote of [
      `b${'a'.repeat(1999)}`,
      `${'a'.repeat(998)}b`,
      `${'a'.repeat(999)}b${'a'.repeat(999)}`,
      'aaaaaaaa',
    ])
      expect(findQuote(index, quote)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
