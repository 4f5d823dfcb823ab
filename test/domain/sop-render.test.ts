import fc from 'fast-check';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { noFacts } from '../../workflows/domain/sop-drafting/facts.js';
import { renderSop } from '../../workflows/domain/sop-drafting/render.js';
import { sopSchema } from '../../workflows/domain/sop-drafting/schema.js';

type Node = { type: string; children?: Node[] };

const typesIn = (node: Node): string[] => [node.type, ...(node.children ?? []).flatMap(typesIn)];
const parse = (text: string): Node => unified().use(remarkParse).parse(text);

const own = new Set(['root', 'heading', 'paragraph', 'text', 'list', 'listItem', 'strong', 'break']);

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '# ',
        '[x](javascript:1)',
        '![](http://a.example/x)',
        '<img src=x onerror=1>',
        '|a|b|\n|-|-|',
        '```\n',
        '1. ',
        '- ',
        '> ',
        '$',
        '\\',
        '**',
        '~~',
        '&lt;',
        'https://a.example ',
        'www.a.example',
        'a@b.example',
        '\n\n',
        '\u202e',
        ' ',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);
const words = hostile.filter((text) => text.trim() !== '');

const payloads = fc.record({
  title: words,
  purpose: hostile,
  scope: hostile,
  owner: hostile,
  approver: hostile,
  systemsOfRecord: fc.array(words, { maxLength: 3 }),
  prerequisites: fc.array(words, { maxLength: 3 }),
  steps: fc.array(
    fc.record({
      id: fc.constant('s-00000001'),
      action: words,
      where: hostile,
      expected: hostile,
      screenshot: fc.constant(null),
      moment: fc.constant(null),
    }),
    { maxLength: 4 },
  ),
  decisionPoints: fc.array(fc.record({ id: fc.constant('d-00000001'), question: words, stepId: fc.constant(null) }), {
    maxLength: 2,
  }),
  exceptions: fc.array(
    fc.record({
      id: fc.constant('e-00000001'),
      when: words,
      then: hostile,
      decisionPointId: fc.constant(null),
      moment: fc.constant(null),
    }),
    { maxLength: 2 },
  ),
});

test('words of a draft never become markup, links, images or html in what is published', () => {
  fc.assert(
    fc.property(payloads, (candidate) => {
      const parsed = sopSchema.safeParse(candidate);
      fc.pre(parsed.success);
      const strange = typesIn(parse(renderSop(parsed.data, 1, new Map(), noFacts))).filter((type) => !own.has(type));
      expect(strange).toEqual([]);
    }),
    { numRuns: 1500 },
  );
});

test('the same SOP, version and images give the same bytes', () => {
  fc.assert(
    fc.property(payloads, (candidate) => {
      const parsed = sopSchema.safeParse(candidate);
      fc.pre(parsed.success);
      expect(renderSop(parsed.data, 3, new Map(), noFacts)).toBe(
        renderSop(structuredClone(parsed.data), 3, new Map(), noFacts),
      );
    }),
    { numRuns: 200 },
  );
});
