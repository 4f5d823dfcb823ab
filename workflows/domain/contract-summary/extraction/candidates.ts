import { byField, searched, type FieldName } from './fields.js';
import { commonSigns, cueSigns, likelihood, type FieldWeights, type SignWeights } from './scoring.js';
import { passageAround, unitsOf, type Unit } from './units.js';

/** A place where a clause may stand. `text` is the document's own, cut out from `start` to `end`. */
export type Candidate = {
  /** The passage: the sentence with its neighbours, at most 1,200 characters. */
  start: number;
  end: number;
  text: string;
  /** The sentence itself, as a quote. */
  sentence: { start: number; end: number; text: string };
  /** 0 to 1. */
  score: number;
};

export type Weights = Partial<Record<FieldName, FieldWeights>>;

/** A document cut and looked at once, for any number of fields. */
export type ReadContract = { text: string; units: Unit[]; signs: (index: number) => readonly string[] };

/** Cuts a contract and remembers the signs of its sentences. */
export function readContract(text: string): ReadContract {
  const units = unitsOf(text);
  const known = new Map<number, string[]>();
  const signs = (index: number) => {
    const found = known.get(index) ?? commonSigns(units, index);
    known.set(index, found);
    return found;
  };
  return { text, units, signs };
}

/** Fields without labelled data: half a dozen cues, singly. */
function byHand(field: FieldName, shown: readonly string[]): number {
  const single = shown.filter((sign) => !sign.includes('+')).length;
  return single === 0 ? 0 : Math.min(0.95, 0.25 + 0.2 * single + (field === 'unusual' ? 0.1 : 0));
}

/** All signs of a sentence for a field; undefined where it is not looked at for that field. */
export function signsOf(contract: ReadContract, field: FieldName, index: number): string[] | undefined {
  const unit = contract.units[index];
  const shown = unit === undefined ? undefined : cueSigns(field, unit);
  if (shown === undefined) return undefined;
  const place = index < 6 ? 'opening' : index >= contract.units.length - 6 ? 'closing' : undefined;
  const placed =
    place === undefined ? [] : shown.filter((sign) => !sign.includes('+')).map((sign) => `${place}+${sign}`);
  return [...shown, ...placed, ...contract.signs(index)];
}

function scoreOf(contract: ReadContract, field: FieldName, index: number, learned: SignWeights | undefined) {
  if (learned !== undefined) {
    const signs = signsOf(contract, field, index);
    return signs === undefined ? 0 : likelihood(signs, learned);
  }
  const unit = contract.units[index];
  const shown = unit === undefined ? undefined : cueSigns(field, unit);
  if (shown === undefined) return 0;
  // Parties are named at the beginning or nowhere.
  if (field === 'parties') return byHand(field, shown) * (index < 12 ? 1 : 0.3);
  return byHand(field, shown);
}

/** A sentence by its place in the document, and how much it looks like the clause. */
export type Ranked = { index: number; score: number };

/** The sentences that may be a field's clause, best first. */
export function ranked(contract: ReadContract, field: FieldName, learned: SignWeights | undefined): Ranked[] {
  return contract.units
    .map((_, index) => ({ index, score: scoreOf(contract, field, index, learned) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index);
}

/** No field is offered more passages. */
export const mostPassages = 5;

/** A sentence as a candidate, with its neighbours. */
export function candidateAt({ text, units }: ReadContract, index: number, score: number): Candidate | undefined {
  const unit = units[index];
  if (unit === undefined) return undefined;
  const { from: start, to: end } = passageAround(units, index);
  const sentence = { start: unit.from, end: unit.to, text: text.slice(unit.from, unit.to) };
  return { start, end, text: text.slice(start, end), sentence, score };
}

/** The best passages, best first, none within another. */
export function passagesOf(contract: ReadContract, sentences: readonly Ranked[]): Candidate[] {
  const chosen: Candidate[] = [];
  for (const { index, score } of sentences) {
    if (chosen.length >= mostPassages) break;
    const unit = contract.units[index];
    if (unit === undefined || chosen.some((one) => unit.from >= one.start && unit.to <= one.end)) continue;
    const candidate = candidateAt(contract, index, score);
    if (candidate !== undefined) chosen.push(candidate);
  }
  return chosen;
}

/** Words that were looked for, and in how many sentences they stand. */
export type Searched = { words: string; sentences: number };

/** What was searched for every field. */
export const searchedIn = ({ units }: ReadContract): Record<FieldName, Searched[]> =>
  byField((field) =>
    searched[field].map(({ words, sign }) => ({
      words,
      sentences: units.filter(({ plain }) => sign.test(plain)).length,
    })),
  );
