import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exceptionOf } from '../../activities/drafters/rules/sop-drafting/exceptions.js';

describe('the rules find an exception in what was said', () => {
  it.each([
    ['Pick W-9 unless the vendor is foreign.', 'If the vendor is foreign', '', 'Pick W-9'],
    ['Unless the vendor is foreign, pick W-9.', 'If the vendor is foreign', '', 'pick W-9'],
    [
      'You click Save, unless the vendor is foreign, in which case you ask Dana.',
      'If the vendor is foreign',
      'Ask Dana',
      'You click Save',
    ],
    ['Sometimes the page times out, in which case you reload it.', 'Sometimes the page times out', 'reload it', null],
    ['Sometimes the page hangs and you have to reset it.', 'Sometimes the page hangs', 'Reset it', null],
    [
      'Sometimes it asks for a code; just type the one from the app.',
      'Sometimes it asks for a code',
      'Type the one',
      null,
    ],
    [
      'Every so often the bank rejects it, and then you call them.',
      'Every so often the bank rejects it',
      'Call them',
      null,
    ],
    ['The page sometimes times out.', 'Sometimes the page times out', '', null],
    ['It occasionally bounces, so call the bank.', 'Occasionally it bounces', 'Call the bank', null],
    ['You might sometimes see a warning, just skip this.', 'Sometimes you might see a warning', 'Skip this', null],
    ['Pick Net 30, but sometimes it is Net 45.', 'Sometimes it is Net 45', '', 'Pick Net 30'],
    ['Our terms are Net 30 but sometimes it is Net 45.', 'Sometimes it is Net 45', '', null],
  ])('%s', (sentence, when, then, step) => {
    const found = exceptionOf(sentence);
    expect(found).toMatchObject({ when, step });
    expect(found?.then.toLowerCase()).toContain(then.toLowerCase());
    if (then === '') expect(found?.then).toBe('');
  });

  it.each([
    'Click Save and wait for the banner.',
    'If you look at the top, there is my name.',
    'Sometimes?',
    'Check if the banner is green.',
    'We have seen this.',
  ])('and none in: %s', (sentence) => {
    expect(exceptionOf(sentence)).toBeUndefined();
  });

  it('in a short time, whatever the words', () => {
    const word = fc.constantFrom(
      'sometimes',
      'unless',
      'and',
      'but',
      'the',
      'it',
      'if',
      ',',
      ';',
      'you',
      'in which case',
      'a',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 400 }), (words) => {
        const began = performance.now();
        exceptionOf(words.join(' '));
        expect(performance.now() - began).toBeLessThan(200);
      }),
    );
  });
});
