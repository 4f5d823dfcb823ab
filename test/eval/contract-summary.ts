import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Weights } from '../../workflows/domain/contract-summary/extraction/candidates.js';
import { extractContract } from '../../workflows/domain/contract-summary/extraction/extract.js';
import { packed } from '../../workflows/domain/contract-summary/extraction/weights.js';
import { clauseNames, foldsByFiler, labelledContracts, type Clause } from './contract-data.js';
import { figuresOf, judged, shown, type Judged, type Share } from './contract-figures.js';
import { allExamples, prepared, train } from './contract-training.js';
import { decimal, table, type Eval, type Report } from './report.js';

const folds = 5;
const weightsFile = path.resolve(import.meta.dirname, '../../activities/drafters/rules/contract-summary/weights.json');

/** Every contract read with weights that were learned from other filers' contracts only. */
export function contractFigures(data: string, write: boolean) {
  const contracts = labelledContracts(data);
  const all = prepared(
    contracts,
    foldsByFiler(
      contracts.map(({ id }) => id),
      folds,
    ),
  );
  const examples = allExamples(all);
  const verdicts = new Map<Clause, Judged[]>(clauseNames.map((clause) => [clause, []]));
  let [quotesNotInDocument, seconds] = [0, 0];
  for (let fold = 0; fold < folds; fold += 1) {
    const weights = train(all, examples, fold);
    for (const contract of all.filter((one) => one.fold === fold)) {
      const began = performance.now();
      const found = extractContract(contract.text, weights);
      seconds += (performance.now() - began) / 1000;
      for (const { passages } of Object.values(found))
        quotesNotInDocument += passages.filter(({ text }) => !contract.text.includes(text)).length;
      for (const clause of clauseNames) verdicts.get(clause)?.push(judged(contract, clause, found));
    }
  }
  if (write) writeFileSync(weightsFile, stored(train(all, examples, -1)));
  return {
    contracts: contracts.length,
    folds,
    quotesNotInDocument,
    secondsPerContract: seconds / Math.max(1, contracts.length),
    clauses: Object.fromEntries(clauseNames.map((clause) => [clause, figuresOf(clause, verdicts.get(clause) ?? [])])),
  };
}

const stored = (weights: Weights) => `${JSON.stringify(packed(weights), null, 2)}\n`;

const short = ({ share: value }: Share) => decimal(value);

function report(data: string, write: boolean): Report {
  const figures = contractFigures(data, write);
  const all = Object.entries(figures.clauses);
  const rows = all.map(([clause, one]) => [
    ...[clause, shown(one.recallAt3, one.aims.recallAt3), shown(one.offeredAt3), shown(one.recallAt1)],
    ...[shown(one.falsePresence, one.aims.falsePresence, true), shown(one.normalised, one.aims.normalised)],
  ]);
  const between = all.map(([clause, one]) => [
    ...[clause, shown(one.possibleShare, one.aims.possibleShare, true)],
    ...[short(one.possible.withClause), short(one.possible.withoutClause), short(one.falseAbsence)],
    ...[short(one.recallAt3Forced), short(one.normalisedForced), short(one.falsePresenceForced)],
  ]);
  return {
    figures,
    lines: [
      `${String(figures.contracts)} contracts, ${String(folds)} folds by filer, weights and thresholds from the other four; Wilson 95 % in brackets.`,
      'A clause counts where one of the first three passages covers half of a labelled span and the clause is not said to be absent;',
      '"offered" leaves out whether it is said to be absent. A month is 30 days; an end of term may differ by a day.',
      '',
      ...table([['clause', 'recall at 3', 'offered at 3', 'recall at 1', 'false presence', 'value right'], ...rows]),
      '',
      'Between presence and absence stands "possible": a person is asked. Its share of all contracts, of those with the clause and without;',
      'the share said to be absent of those with it; and the figures as they would be with two answers: "possible" read as absent',
      '(recall, value) and as present (false presence).',
      '',
      ...table([
        ['clause', 'possible', 'with', 'without', 'false absence', 'recall, two', 'value, two', 'false presence, two'],
        ...between,
      ]),
      '',
      `Quotes not in the document: ${String(figures.quotesNotInDocument)} (aim 0). ${figures.secondsPerContract.toFixed(3)} s a contract.`,
    ],
  };
}

export const contractSummary: Eval = {
  about: 'terms found by rules in labelled contracts (--data DIR)',
  run: ({ data, writeWeights }) => report(data, writeWeights === true),
};
