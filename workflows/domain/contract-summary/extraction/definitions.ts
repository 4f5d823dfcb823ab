import { candidateAt, mostPassages, type Candidate, type ReadContract } from './candidates.js';

const word = "[A-Z][\\p{L}'-]{1,20}";
const namedEnd = new RegExp(
  `\\b(?:until|through|for|on|upon|end of)\\s{1,9}(?:and including\\s{1,9})?the\\s{1,9}(${word}(?:\\s{1,9}(?:of|to|${word})){0,4})`,
  'gu',
);
/** Names that say nothing of an end, although a term is often stated with them. */
const otherNames = /^(?:effective|commencement|start)|agreement|part(?:y|ies)|company|customer|contract$/i;
const mostNames = 3;

/** Where a name stands in quotation marks with its meaning behind it, or at the head of a line before a colon. */
function definedAt({ units }: ReadContract, name: string): number | undefined {
  const plain = name.toLowerCase().replace(/\s+/g, ' ');
  const index = units.findIndex((unit) => {
    const at = unit.plain.indexOf(plain);
    if (at < 0) return false;
    const before = unit.plain.slice(Math.max(0, at - 2), at);
    const behind = unit.plain.slice(at + plain.length, at + plain.length + 60);
    return before.endsWith('"') ? /^"[^.;]{0,30}\b(?:means?|is|be)\b/.test(behind) : at === 0 && behind.startsWith(':');
  });
  return index < 0 ? undefined : index;
}

/** The passages of the end of a term; where the best one only names it, its definition comes second. */
export function withDefinition(contract: ReadContract, found: readonly Candidate[]): Candidate[] {
  const [best, ...others] = found;
  if (best === undefined) return [];
  const names = [...best.sentence.text.matchAll(namedEnd)].flatMap(([, name]) => name ?? []);
  for (const name of names.filter((one) => !otherNames.test(one)).slice(0, mostNames)) {
    const at = definedAt(contract, name);
    const definition = at === undefined ? undefined : candidateAt(contract, at, best.score);
    if (definition === undefined || definition.sentence.start === best.sentence.start) continue;
    const rest = others.filter(({ sentence }) => sentence.start !== definition.sentence.start);
    return [best, definition, ...rest].slice(0, mostPassages);
  }
  return [...found];
}
