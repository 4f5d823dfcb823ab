import { sentenceCase } from './action.js';
import type { Sentence } from './sentences.js';

export type Opening = {
  title: string;
  purpose: string;
  scope: string;
  prerequisites: string[];
  used: ReadonlySet<number>;
};

const topic =
  /\b(?:walk(?:ing)? (?:you|everyone|us) through|show(?:ing)? you|take you through|going (?:through|over)|go (?:through|over)|explain(?:ing)?|demonstrat(?:e|ing)|this (?:(?:video|recording) )?is about|talk(?:ing)? about|cover(?:ing)?|this is(?: basically)?(?= how)|asks? me(?: \w+){0,3}(?=,? how))[,\s]+(?:the process (?:of|for) )?(how (?:do |does one )?(?:we|i|you|to) )?(?!(?:that|this|it|them|him|her|you)\b)(.{4,160}?)(?:,|\s+so that\b|\s+basically\b|[.!]|$)/i;
const reasonPattern =
  /\bso that\s+(.{8,})$|\b(?:point|reason|idea|purpose|goal)(?: of (?:this|it|(?:the|this) whole thing|all (?:of )?this)| here| we do (?:this|it))? is\s+(?:that\s+|because\s+)?(.{8,})$/i;
const reasonAfter = /^(.{8,}?),?\s+(?:and )?that(?:'s| is) why we (?:do|have) (?:it|this|that)\b/i;
const needs =
  /^(?:(?:so|okay|and|now),? )*(?:before you (?:start|begin)|you(?:'ll| will) (?:also )?need|make sure you have|have .{1,60} ready)\b,?\s*/i;
const scopePattern = /\b(?:this|it) (?:only )?(?:applies to|is (?:only )?for|covers)\s+(.{4,}?)(?:[.]|$)/i;

function prerequisitesIn(text: string): string[] {
  const rest = text
    .replace(needs, '')
    .replace(/^(?:you(?:'ll| will)? (?:also )?need|have|make sure you have)\s+/i, '')
    .replace(/^(?:two|three|four|five|a few|some|these) things?:\s*/i, '')
    .replace(/[.!]+$/, '');
  return rest
    .split(/,\s+(?:and\s+)?(?=(?:an?|the|your|two|three|access)\s)|\s+and\s+(?=(?:an?|the|your|access)\s)/i)
    .map(sentenceCase)
    .filter((item) => item.length > 2);
}

/** Title, purpose, scope and prerequisites from how the speaker begins, and which sentences said them. */
export function openingOf(sentences: readonly Sentence[], givenTitle: string): Opening {
  const used = new Set<number>();
  let title = givenTitle.trim();
  let purpose = '';
  let scope = '';
  const prerequisites: string[] = [];
  const end = Math.max(6, Math.ceil(sentences.length / 4));
  sentences.slice(0, end).forEach(({ text: said }, at) => {
    const text = said.replace(/’/g, "'");
    const about = topic.exec(text);
    if (about?.[2] !== undefined && !used.size) {
      const words = sentenceCase(about[2]);
      if (title === '') title = words;
      if (purpose === '' && about[1] !== undefined)
        purpose = `How to ${words.charAt(0).toLowerCase()}${words.slice(1)}.`;
      used.add(at);
    }
    const reason = reasonPattern.exec(text);
    const why = reason?.[1] ?? reason?.[2];
    if (why !== undefined) {
      purpose = reason?.[1] === undefined ? `${sentenceCase(why)}.` : `So that ${why.replace(/[.!\s]+$/, '')}.`;
      used.add(at);
    }
    const told = reasonAfter.exec(text)?.[1];
    if (told !== undefined && purpose === '') {
      purpose = `${sentenceCase(told)}.`;
      used.add(at);
    }
    if (needs.test(text) && !/^.{0,20}before you (?:do|save|touch|go)\b/i.test(text)) {
      prerequisites.push(...prerequisitesIn(text));
      used.add(at);
    }
    const applies = scopePattern.exec(text);
    if (scope === '' && applies?.[1] !== undefined && at > 0) {
      scope = sentenceCase(applies[1]);
      used.add(at);
    }
  });
  return { title, purpose, scope, prerequisites: prerequisites.slice(0, 40), used };
}
