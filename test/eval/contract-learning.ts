import type { FieldWeights } from '../../workflows/domain/contract-summary/extraction/scoring.js';

/** A sentence to learn from: its signs, whether it is the clause, and the contract that it stands in. */
export type Example = { signs: readonly string[]; wanted: boolean; contract: number };

const passes = 12;
const rate = 0.15;
const pull = 1e-2;
const mostWeights = 2_000;

/**
 * Logistic regression by AdaGrad over signs, always in the same order, so the same examples give the same weights.
 * Signs that fewer than two contracts show are left out, and only the heaviest weights are kept.
 */
export function learn(examples: readonly Example[]): Omit<FieldWeights, 'present'> {
  const ids = vocabulary(examples);
  const rows = examples.map(({ signs, wanted }) => ({
    wanted,
    at: Int32Array.from(signs.flatMap((sign) => ids.get(sign) ?? [])),
  }));
  const wantedCount = rows.filter(({ wanted }) => wanted).length;
  const boost = Math.min(20, Math.sqrt(rows.length / Math.max(1, wantedCount)));
  const weights = new Float64Array(ids.size);
  const seen = new Float64Array(ids.size).fill(1e-2);
  let [bias, biasSeen] = [-2, 1e-2];
  const order = rows.map((_, index) => index);
  let state = 12_345;
  const random = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff);
  for (let pass = 0; pass < passes; pass += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = random() % (at + 1);
      [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
    }
    for (const index of order) {
      const row = rows[index];
      if (row === undefined) continue;
      let sum = bias;
      for (const at of row.at) sum += weights[at] ?? 0;
      const error = (row.wanted ? boost : 1) * (1 / (1 + Math.exp(-sum)) - (row.wanted ? 1 : 0));
      // Nothing is learned from what is already right.
      if (Math.abs(error) < 1e-3) continue;
      biasSeen += error * error;
      bias -= (rate * error) / Math.sqrt(biasSeen);
      for (const at of row.at) {
        const weight = weights[at] ?? 0;
        const slope = error + pull * rows.length * 0.01 * weight;
        seen[at] = (seen[at] ?? 0) + slope * slope;
        weights[at] = weight - (rate * slope) / Math.sqrt(seen[at] ?? 1);
      }
    }
  }
  const heaviest = [...ids]
    .map(([sign, at]) => [sign, Math.round((weights[at] ?? 0) * 1000) / 1000] as const)
    .filter(([, weight]) => weight !== 0)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostWeights);
  return { bias: Math.round(bias * 1000) / 1000, weights: new Map(heaviest) };
}

function vocabulary(examples: readonly Example[]): Map<string, number> {
  const contracts = new Map<string, number | 'several'>();
  for (const { signs, contract } of examples) {
    for (const sign of signs) {
      const known = contracts.get(sign);
      if (known === undefined) contracts.set(sign, contract);
      else if (known !== contract) contracts.set(sign, 'several');
    }
  }
  const ids = new Map<string, number>();
  for (const [sign, known] of contracts) if (known === 'several') ids.set(sign, ids.size);
  return ids;
}

/** The best score of a contract that has the clause, or of one that has not. */
export type Scored = { score: number; has: boolean };

/** The score from which a clause counts as present: the least harm on contracts that were not learned from. */
export function threshold(scored: readonly Scored[]): number {
  const having = scored.filter(({ has }) => has);
  const lacking = scored.filter(({ has }) => !has);
  const share = (of: readonly Scored[], from: number) =>
    of.length === 0 ? 0 : of.filter(({ score }) => score >= from).length / of.length;
  const sorted = [...new Set(scored.map(({ score }) => score))].sort((a, b) => a - b);
  const tried = [0.001, ...sorted.map((score, at) => (score + (sorted[at + 1] ?? 1)) / 2)];
  let best = { from: 0.5, harm: Infinity };
  for (const from of tried) {
    const [missed, wrongly] = [1 - share(having, from), share(lacking, from)];
    const harm = missed + 0.3 * wrongly + 2 * Math.max(0, wrongly - 0.09);
    if (harm < best.harm) best = { from, harm };
  }
  return Math.round(best.from * 1e5) / 1e5;
}
