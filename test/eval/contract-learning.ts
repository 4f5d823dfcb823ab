import type { SignWeights } from '../../workflows/domain/contract-summary/extraction/scoring.js';

/** A sentence to learn from: its signs, whether it is the clause, and the contract that it stands in. */
export type Example = { signs: readonly string[]; wanted: boolean; contract: number; has: boolean };

const passes = 12;
const rate = 0.15;
const pull = 1e-2;
/** Unlabelled sentences of a contract with the clause count less: they often repeat it, and the choice is among contracts. */
const withClause = 0.3;
const mostWeights = 2_000;

/**
 * Logistic regression by AdaGrad over signs, always in the same order, so the same examples give the same weights.
 * Signs that fewer than two contracts show are left out, and only the heaviest weights are kept.
 */
export function learn(examples: readonly Example[]): SignWeights {
  const ids = vocabulary(examples);
  const rows = examples.map(({ signs, wanted, has }) => ({
    wanted,
    weight: wanted ? 0 : has ? withClause : 1,
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
      const error = (row.wanted ? boost : row.weight) * (1 / (1 + Math.exp(-sum)) - (row.wanted ? 1 : 0));
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
