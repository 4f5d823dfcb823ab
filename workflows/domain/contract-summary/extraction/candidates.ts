import { fieldNames, type FieldName } from './fields.js';
import { commonSigns, cueSigns, likelihood, type FieldWeights } from './scoring.js';
import { passageAround, unitsOf, type Unit } from './units.js';

/** A place where a clause may stand. `words` are the document's own, from `from` to `to`. */
export type Candidate = {
  /** The passage: the sentence with its neighbours, at most 1,200 characters. */
  from: number;
  to: number;
  words: string;
  /** The sentence itself. */
  sentence: { from: number; to: number };
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

/** Fields without labelled data: half a dozen cues, the first of which counts double. */
function byHand(field: FieldName, shown: readonly string[]): number {
  const single = shown.filter((sign) => !sign.includes('+')).length;
  return single === 0 ? 0 : Math.min(0.95, 0.25 + 0.2 * single + (field === 'unusual' ? 0.1 : 0));
}

function scoreOf(contract: ReadContract, field: FieldName, index: number, learned: FieldWeights | undefined) {
  const unit = contract.units[index];
  const shown = unit === undefined ? undefined : cueSigns(field, unit);
  if (shown === undefined) return 0;
  if (learned !== undefined) return likelihood([...shown, ...contract.signs(index)], learned);
  // Parties are named at the beginning or nowhere.
  if (field === 'parties') return byHand(field, shown) * (index < 12 ? 1 : 0.3);
  return byHand(field, shown);
}

/** The best passages for a field, best first, none within another. */
export function candidatesFor(
  contract: ReadContract,
  field: FieldName,
  learned: FieldWeights | undefined,
  most = 5,
): Candidate[] {
  const ranked = contract.units
    .map((_, index) => ({ index, score: scoreOf(contract, field, index, learned) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index);
  const chosen: Candidate[] = [];
  for (const { index, score } of ranked) {
    if (chosen.length >= most) break;
    const unit = contract.units[index];
    if (unit === undefined || chosen.some((one) => unit.from >= one.from && unit.to <= one.to)) continue;
    const { from, to } = passageAround(contract.units, index);
    chosen.push({
      ...{ from, to, words: contract.text.slice(from, to), score },
      sentence: { from: unit.from, to: unit.to },
    });
  }
  return chosen;
}

/** From this score on a clause counts as present. */
export const presentFrom = (learned: FieldWeights | undefined): number => learned?.present ?? 0.6;

/** The best passages of every field. */
export function allCandidates(contract: ReadContract, weights: Weights): Record<FieldName, Candidate[]> {
  const found: Partial<Record<FieldName, Candidate[]>> = {};
  for (const field of fieldNames) found[field] = candidatesFor(contract, field, weights[field]);
  return complete(found);
}

function complete(found: Partial<Record<FieldName, Candidate[]>>): Record<FieldName, Candidate[]> {
  const none: Candidate[] = [];
  return {
    ...{ parties: none, agreementDate: none, effectiveDate: none, expiration: none, renewal: none, noticeWindow: none },
    ...{ liabilityCap: none, terminationForConvenience: none, governingLaw: none, dataProcessing: none, unusual: none },
    ...found,
  };
}
