import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteIndex } from '../../workflows/domain/quotes.js';
import { narrationOf } from '../../workflows/domain/sop-drafting/narration.js';
import { emptySop, type Sop, type Step } from '../../workflows/domain/sop-drafting/schema.js';
import { kindOfSentence } from '../../workflows/domain/sop-drafting/spoken-words.js';
import { spokenIn } from '../../workflows/domain/sop-drafting/spoken.js';
import type { Transcript } from '../../workflows/domain/transcript.js';

const transcriptOf = (...texts: string[]): Transcript => ({
  format: 'vtt',
  cues: texts.map((text, index) => ({ index, startMs: index * 1000, endMs: index * 1000 + 900, speaker: null, text })),
  warnings: [],
});
const step = (n: number, action: string, said: [cue: number, quote: string] | null): Step => ({
  id: `s-0000000${n}`,
  action,
  where: '',
  expected: '',
  screenshot: null,
  moment: said && { cue: said[0], startMs: said[0] * 1000, quote: said[1] },
});
const sopOf = (...steps: Step[]): Sop => ({ ...emptySop, steps });

describe('a step is out of order', () => {
  it('where it was said before the step that it follows in the text, and only there', () => {
    const transcript = transcriptOf('Open NetSuite first.', 'Click Save at the end.', 'Type the legal name.');
    const sop = sopOf(
      step(1, 'Open', [0, 'Open NetSuite first']),
      step(2, 'Type', [2, 'Type the legal name']),
      step(3, 'Inferred', null),
      step(4, 'Save', [1, 'Click Save at the end']),
    );
    expect(narrationOf(sop, transcript)).toEqual({
      outOfOrder: [
        {
          step: 's-00000004',
          number: 4,
          saidAt: { cue: 1, startMs: 1000, quote: 'Click Save at the end' },
          after: 2,
        },
      ],
      unsaid: ['s-00000003'],
      unused: [],
    });
  });

  it('within one cue too, and not where the same words are said twice', () => {
    const transcript = transcriptOf('Click Save now. Open the file. Click Save now.');
    const [save, open] = ['Click Save now', 'Open the file'];
    const inOrder = sopOf(step(1, 'a', [0, save]), step(2, 'b', [0, open]), step(3, 'c', [0, save]));
    expect(narrationOf(inOrder, transcript).outOfOrder).toEqual([]);
    const turned = transcriptOf('Open the file. Close the lid.');
    const sop = sopOf(step(1, 'a', [0, 'Close the lid']), step(2, 'b', [0, open]));
    expect(narrationOf(sop, turned).outOfOrder).toMatchObject([{ number: 2, after: 1 }]);
  });
});

describe('a sentence', () => {
  it('that became a step, its expected result, an exception or a decision is not listed; any other is, with its kind', () => {
    const transcript = transcriptOf(
      'Open the vendor page. You will see',
      'a green banner with the number.',
      'Is the amount above 5,000 dollars?',
      'If the tax form is missing, ask the requester.',
      'Then archive the old request.',
      'Sometimes the bank bounces it.',
      'I love this tool.',
    );
    const sop: Sop = {
      ...sopOf({
        ...step(1, 'Open the vendor page', [0, 'Open the vendor page']),
        expected: 'A green banner with the number',
      }),
      decisionPoints: [{ id: 'd-00000001', question: 'Is the amount above 5,000 dollars?', stepId: null }],
      exceptions: [
        {
          id: 'e-00000001',
          when: 'No form',
          then: '',
          decisionPointId: null,
          moment: { cue: 3, startMs: 3000, quote: 'If the tax form is missing' },
          met: null,
        },
      ],
    };
    // The sentence over two cues shares most of its words with the expected result.
    expect(narrationOf(sop, transcript).unused).toEqual([
      { cue: 4, startMs: 4000, text: 'Then archive the old request.', kind: 'instruction' },
      { cue: 5, startMs: 5000, text: 'Sometimes the bank bounces it.', kind: 'condition' },
      { cue: 6, startMs: 6000, text: 'I love this tool.', kind: 'talk' },
    ]);
  });

  it.each([
    ['So then we click on New Vendor.', 'instruction'],
    ["Okay, you're going to want to select Net 30.", 'instruction'],
    ["Don't forget the W-9.", 'instruction'],
    ['Save it, and if it is there, call Dana.', 'condition'],
    ['Skip this unless they are abroad.', 'condition'],
    ['Every now and then the page times out.', 'condition'],
    ['If you look at the top, there is my name.', 'talk'],
    ['Check with your mouse?', 'talk'],
    ['That is all there is to it.', 'talk'],
  ])('%s is %s', (text, kind) => {
    expect(kindOfSentence(text)).toBe(kind);
  });

  it('is used or listed, whatever was said and whatever became of it', () => {
    const word = fc.constantFrom(
      'click',
      'Save',
      'if',
      'the',
      'café',
      'e.g.',
      'W-9',
      '保存',
      'no',
      '“so”',
      'Dr.',
      'fi',
    );
    const end = fc.constantFrom('.', '?', '', '!', '。');
    const sentence = fc.tuple(fc.array(word, { minLength: 1, maxLength: 9 }), end);
    const cue = fc.array(sentence, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(cue, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (parts, picks) => {
          let n = 0;
          // A number of its own in each, so that every sentence can be told from the others.
          const cues = parts.map((one) =>
            one.map(([words, mark]) => `${words.join(' ')} number${(n += 1)}${mark}`).join(' '),
          );
          const transcript = transcriptOf(...cues);
          const sentences = spokenIn(quoteIndex(transcript.cues));
          const texts = sentences.map(({ text }) => text);
          // Nothing said is lost in cutting it into sentences.
          expect(texts.join('').replace(/\s/g, '')).toBe(cues.join('').replace(/\s/g, ''));
          expect(narrationOf(emptySop, transcript).unused.map(({ text }) => text)).toEqual(texts);
          const taken = sentences.filter(
            ({ text }, at) => text.length > 8 && picks.some((pick) => pick % sentences.length === at),
          );
          const sop = sopOf(...taken.map(({ cue: at, text }, nth) => step(nth, 'x', [at, text])));
          const quoted = new Set(taken.map(({ text }) => text));
          expect(narrationOf(sop, transcript)).toMatchObject({
            outOfOrder: [],
            unsaid: [],
            unused: texts.filter((text) => !quoted.has(text)).map((text) => ({ text })),
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of a very long recording is found in a short time', () => {
    const cues = Array.from({ length: 20_000 }, (_, n) => `Then click button ${n} of the page. It opens. And so on.`);
    const steps = Array.from({ length: 10 }, (_, n) =>
      step(n, `Click button ${n}`, [n * 50, `click button ${n * 50}`]),
    );
    const began = performance.now();
    expect(narrationOf(sopOf(...steps), transcriptOf(...cues)).unused.length).toBeGreaterThan(1000);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
