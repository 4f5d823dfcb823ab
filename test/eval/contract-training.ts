import {
  ranked,
  readContract,
  signsOf,
  type ReadContract,
  type Weights,
} from '../../workflows/domain/contract-summary/extraction/candidates.js';
import type { SignWeights } from '../../workflows/domain/contract-summary/extraction/scoring.js';
import { clauseNames, clauses, type Clause, type LabelledContract } from './contract-data.js';
import { learn, type Example } from './contract-learning.js';
import { learnPresence, type Document } from './contract-presence.js';
import { presenceSigns } from '../../workflows/domain/contract-summary/extraction/presence.js';

/** A labelled contract, cut into sentences once. */
export type Prepared = LabelledContract & { read: ReadContract; fold: number };

/** Cuts contracts into sentences. */
export function prepared(contracts: readonly LabelledContract[], folds: readonly number[]): Prepared[] {
  return contracts.map((contract, at) => ({ ...contract, read: readContract(contract.text), fold: folds[at] ?? 0 }));
}

const overlap = (a: { from: number; to: number }, b: { start: number; end: number }) =>
  Math.max(0, Math.min(a.to, b.end) - Math.max(a.from, b.start));

function examplesOf(contract: Prepared, number: number, clause: Clause): Example[] {
  const labels = contract.labels[clause] ?? [];
  return contract.read.units.flatMap((unit, index) => {
    const signs = signsOf(contract.read, clauses[clause], index);
    if (signs === undefined) return [];
    const wanted = labels.some((one) => overlap(unit, one) >= 0.5 * Math.min(unit.to - unit.from, one.end - one.start));
    return [{ signs, wanted, contract: number, has: labels.length > 0 }];
  });
}

/** Examples by clause and contract, made once for all rounds. */
export type Examples = Record<string, Example[][]>;

export function allExamples(contracts: readonly Prepared[]): Examples {
  return Object.fromEntries(
    clauseNames.map((clause) => [clause, contracts.map((contract, number) => examplesOf(contract, number, clause))]),
  );
}

const learned = (examples: Example[][], use: (contract: number) => boolean) =>
  learn(examples.flatMap((of, contract) => (use(contract) ? of : [])));

const judgedDocument = (contract: Prepared, clause: Clause, weights: SignWeights): Document => ({
  fold: contract.fold,
  has: (contract.labels[clause] ?? []).length > 0,
  signs: presenceSigns(contract.read, clauses[clause], ranked(contract.read, clauses[clause], weights)),
});

/**
 * Weights and thresholds from the contracts of all folds but one (`without` -1 for all of them). Whether a clause is
 * present is learned from scores of contracts that the sentences' weights were not learned from: each fold by the others.
 */
export function train(contracts: readonly Prepared[], examples: Examples, without: number): Weights {
  const weights: Weights = {};
  const folds = [...new Set(contracts.map(({ fold }) => fold))].filter((fold) => fold !== without);
  for (const clause of clauseNames) {
    const of = examples[clause] ?? [];
    const documents = folds.flatMap((held) => {
      const inner = learned(of, (at) => ![held, without].includes(contracts[at]?.fold ?? without));
      return contracts.filter(({ fold }) => fold === held).map((contract) => judgedDocument(contract, clause, inner));
    });
    const final = learned(of, (at) => contracts[at]?.fold !== without);
    weights[clauses[clause]] = { ...final, presence: learnPresence(documents) };
  }
  return weights;
}
