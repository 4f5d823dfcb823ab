import { cues } from './cues.js';
import { gates, type FieldName } from './fields.js';
import type { Unit } from './units.js';

/** Learned weights by sign. */
export type SignWeights = { bias: number; weights: ReadonlyMap<string, number> };

/** Signs of a whole document: the clause is present where they sum to 0 or more, absent below `possibleFrom`. */
export type PresenceWeights = SignWeights & { possibleFrom: number };

/** What was learned of a field: how a sentence shows that it is the clause, and a document that it has it. */
export type FieldWeights = SignWeights & { presence: PresenceWeights };

const mostWords = 120;
const monthNames =
  /^(?:jan(?:uary)?|feb(?:ruary)?|march|april|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;

/** Words of a sentence without its names and numbers, which say nothing about another contract. */
function wordsOf(plain: string): string[] {
  return (plain.match(/[a-z]{2,20}|\d{1,8}/g) ?? [])
    .slice(0, mostWords)
    .map((word) =>
      /^(?:19|20)\d\d$/.test(word) ? '#y' : /^\d/.test(word) ? '#' : monthNames.test(word) ? '#m' : word,
    );
}

/** Where in the document: its first sentences, its last, or a fifth of what lies between. */
function placesOf(index: number, count: number): string[] {
  const places = [`at:${String(Math.floor((5 * index) / Math.max(1, count)))}`];
  if (index < 2) places.push('first');
  if (index < 6) places.push('opening');
  if (index >= count - 6) places.push('closing');
  return places;
}

/** The words and place of a unit, which are the same for every field. */
export function commonSigns(units: readonly Unit[], index: number): string[] {
  const unit = units[index];
  if (unit === undefined) return [];
  const words = wordsOf(unit.plain);
  const signs = new Set(placesOf(index, units.length));
  words.forEach((word, at) => {
    signs.add(word);
    const next = words[at + 1];
    if (next !== undefined) signs.add(`${word} ${next}`);
    if (at < 6) signs.add(`^${word}`);
  });
  // A heading or the sentence before often says what the clause is about.
  for (const word of wordsOf(units[index - 1]?.plain.slice(-50) ?? '')) signs.add(`<${word}`);
  signs.add(unit.plain.length < 150 ? 'short' : unit.plain.length > 500 ? 'long' : 'middling');
  return [...signs];
}

/** The hand-written cues that a unit shows, singly and in pairs; undefined where the field's gate is shut. */
export function cueSigns(field: FieldName, unit: Unit): string[] | undefined {
  if (!gates[field].test(unit.plain)) return undefined;
  const shown = cues[field].filter(([, sign]) => sign.test(unit.plain)).map(([name]) => `cue:${name}`);
  return [...shown, ...shown.flatMap((one, at) => shown.slice(at + 1).map((other) => `${one}+${other.slice(4)}`))];
}

/** The likelihood, 0 to 1, that a unit with these signs is the clause. */
export function likelihood(signs: readonly string[], { bias, weights }: SignWeights): number {
  let sum = bias;
  for (const sign of signs) sum += weights.get(sign) ?? 0;
  return 1 / (1 + Math.exp(-sum));
}
