import type { Weights } from './candidates.js';
import { fieldNames } from './fields.js';

/** Weights of a field as they are stored: signs and their weights in hundredths, in the same order. */
export type PackedWeights = {
  bias: number;
  presence: { bias: number; possibleFrom: number; weights: Record<string, number> };
  signs: string;
  hundredths: string;
};

/** Weights as a small file: strings, since an entry on its own line for each sign is four times the size. */
export function packed(weights: Weights): Record<string, PackedWeights> {
  return Object.fromEntries(
    Object.entries(weights).map(([field, { bias, presence, weights: bySign }]) => {
      const kept = [...bySign].filter(([, weight]) => Math.round(weight * 100) !== 0);
      const signs = kept.map(([sign]) => sign).join('|');
      const hundredths = kept.map(([, weight]) => String(Math.round(weight * 100))).join(' ');
      const stored = { ...presence, weights: Object.fromEntries(presence.weights) };
      return [field, { bias, presence: stored, signs, hundredths }];
    }),
  );
}

/** Weights as they are used. Fields that are not stored keep their rules by hand. */
export function unpacked(stored: Readonly<Record<string, PackedWeights>>): Weights {
  const weights: Weights = {};
  for (const field of fieldNames) {
    const one = Object.hasOwn(stored, field) ? stored[field] : undefined;
    if (one === undefined) continue;
    const numbers = one.hundredths.split(' ').map((hundredth) => Number(hundredth) / 100);
    const bySign = new Map(one.signs.split('|').map((sign, at) => [sign, numbers[at] ?? 0]));
    const presence = { ...one.presence, weights: new Map(Object.entries(one.presence.weights)) };
    weights[field] = { bias: one.bias, weights: bySign, presence };
  }
  return weights;
}
