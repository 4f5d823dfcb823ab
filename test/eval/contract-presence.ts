import type { PresenceWeights, SignWeights } from '../../workflows/domain/contract-summary/extraction/scoring.js';

/** A contract as the decision sees it: its signs, and whether it has the clause. */
export type Document = { signs: ReadonlyMap<string, number>; has: boolean; fold: number };

const rounds = 800;
/** How strongly weights are pulled to nothing: little for the best sentence's score, which is the evidence proper. */
const pullOf = (sign: string) => (sign === 'first' ? 1 : 300);
/** The share of contracts without the clause that may be said to have it, and of those with it that may be said to lack it. */
const mostWrongly = { present: 0.1, absent: 0.02 };
/** Added to what may be wrong, in contracts: a share of a few contracts is less than one. */
const slack = 0.1;
/** The share of contracts that may be left to a person; beyond it, more are said to lack the clause. */
const mostPossible = 0.25;

/** Logistic regression by plain descent over standardised signs; weights are for the signs as they are. */
function fit(documents: readonly Document[]): SignWeights {
  const names = [...(documents[0]?.signs.keys() ?? [])];
  const count = Math.max(1, documents.length);
  const columns = names.map((name) => {
    const values = documents.map(({ signs }) => signs.get(name) ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
    const scale = spread > 1e-9 ? spread : 1;
    return { name, mean, scale, pull: pullOf(name) / count, values: values.map((value) => (value - mean) / scale) };
  });
  const weights = columns.map(() => 0);
  let bias = 0;
  const step = 4 / (1 + names.length / 4 + 400 / count);
  for (let round = 0; round < rounds; round += 1) {
    const errors = documents.map(({ has }, row) => {
      let sum = bias;
      columns.forEach(({ values }, at) => (sum += (weights[at] ?? 0) * (values[row] ?? 0)));
      return (1 / (1 + Math.exp(-sum)) - (has ? 1 : 0)) / count;
    });
    bias -= step * errors.reduce((sum, error) => sum + error, 0);
    columns.forEach(({ values, pull }, at) => {
      const weight = weights[at] ?? 0;
      weights[at] = weight - step * errors.reduce((sum, error, row) => sum + error * (values[row] ?? 0), pull * weight);
    });
  }
  columns.forEach(({ mean, scale }, at) => (bias -= ((weights[at] ?? 0) * mean) / scale));
  return { bias, weights: new Map(columns.map(({ name, scale }, at) => [name, (weights[at] ?? 0) / scale])) };
}

const marginOf = ({ signs }: Document, { bias, weights }: SignWeights) => {
  let sum = bias;
  for (const [sign, said] of signs) sum += said * (weights.get(sign) ?? 0);
  return sum;
};

type Margin = { margin: number; has: boolean };

/** The lowest margin from which as few contracts without the clause as allowed are said to have it. */
function presentFrom(judged: readonly Margin[]): number {
  const lacking = judged.flatMap(({ margin, has }) => (has ? [] : [margin])).sort((a, b) => b - a);
  const under = lacking[Math.floor(mostWrongly.present * lacking.length + slack)];
  if (under === undefined) return Math.min(0, ...judged.map(({ margin }) => margin));
  const above = judged.map(({ margin }) => margin).filter((margin) => margin > under);
  return above.length === 0 ? under + 1e-6 : (under + Math.min(...above)) / 2;
}

/** A margin below which as few contracts with the clause as allowed are said to lack it, halfway to the next that does. */
function possibleFrom(judged: readonly Margin[], present: number): number {
  const having = judged.flatMap(({ margin, has }) => (has ? [margin] : [])).sort((a, b) => a - b);
  const from = having[Math.floor(mostWrongly.absent * having.length + slack)] ?? present;
  const under = judged.map(({ margin }) => margin).filter((margin) => margin < from);
  const halfway = under.length === 0 ? from - 1 : (from + Math.max(...under)) / 2;
  const between = judged
    .map(({ margin }) => margin)
    .filter((margin) => margin < present)
    .sort((a, b) => b - a);
  const least = between[Math.floor(mostPossible * judged.length)] ?? -Infinity;
  return Math.min(present, Math.max(halfway, least));
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

/** The decision from contracts of several folds; its thresholds from margins of folds that it was not learned from. */
export function learnPresence(documents: readonly Document[]): PresenceWeights {
  const folds = [...new Set(documents.map(({ fold }) => fold))];
  const judged = folds.flatMap((held) => {
    const others = fit(documents.filter(({ fold }) => fold !== held));
    return documents
      .filter(({ fold }) => fold === held)
      .map((document) => ({ margin: marginOf(document, others), has: document.has }));
  });
  const { bias, weights } = fit(documents);
  const present = presentFrom(judged);
  return {
    bias: rounded(bias - present),
    possibleFrom: rounded(possibleFrom(judged, present) - present),
    weights: new Map([...weights].map(([sign, weight]) => [sign, rounded(weight)])),
  };
}
