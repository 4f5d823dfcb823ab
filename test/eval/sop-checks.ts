import { checkRules, checkSop, type CheckRule } from '../../workflows/domain/sop-drafting/checks.js';
import { decimal, rates, table, type Eval, type Report, type Tally } from './report.js';
import { labelledSops, type Flaw, type LabelledSop } from './sop-fixtures.js';

type Verdict = { name: string; found: Flaw[]; wrong: Flaw[]; missed: Flaw[] };

const same = (label: Flaw, flag: Flaw) =>
  label.rule === flag.rule && (label.item === 'sop' || label.item === flag.item);

/** What the rules say of one SOP beside its labels. A finding that names several items counts once for each. */
function judged({ name, sop, roster, flaws }: LabelledSop): Verdict {
  const flags = checkSop(sop, roster).flatMap(({ rule, items }) => items.map((item) => ({ rule, item })));
  return {
    name,
    found: flaws.filter((flaw) => flags.some((flag) => same(flaw, flag))),
    wrong: flags.filter((flag) => !flaws.some((flaw) => same(flaw, flag))),
    missed: flaws.filter((flaw) => !flags.some((flag) => same(flaw, flag))),
  };
}

function tallied(verdicts: readonly Verdict[], rule?: CheckRule): Tally {
  const count = (of: 'found' | 'wrong' | 'missed') =>
    verdicts.flatMap((one) => one[of]).filter((flaw) => rule === undefined || flaw.rule === rule).length;
  return { found: count('found'), wrong: count('wrong'), missed: count('missed') };
}

/** Precision and recall of the rules on labelled SOPs, rule by rule and over all. */
export function sopCheckFigures(sops: readonly LabelledSop[] = labelledSops()) {
  const verdicts = sops.map(judged);
  const clean = sops.filter((one) => one.flaws.length === 0).map((one) => one.name);
  const flagged = verdicts.filter((one) => clean.includes(one.name) && one.wrong.length > 0);
  return {
    sops: sops.length,
    cleanSops: clean.length,
    cleanSopsFlagged: flagged.length,
    overall: rates(tallied(verdicts)),
    rules: Object.fromEntries(checkRules.map((rule) => [rule, rates(tallied(verdicts, rule))])),
    mistakes: verdicts.filter((one) => one.wrong.length + one.missed.length > 0),
  };
}

function linesOf(figures: ReturnType<typeof sopCheckFigures>): string[] {
  const { overall, rules, mistakes } = figures;
  const row = (name: string, one: ReturnType<typeof rates>) => [
    ...[name, String(one.labelled), String(one.found), String(one.missed), String(one.wrong)],
    ...[decimal(one.precision), decimal(one.recall)],
  ];
  const said = (flaws: readonly Flaw[]) => flaws.map(({ rule, item }) => `${rule} at ${item}`).join(', ');
  return [
    `${figures.sops} SOPs, ${figures.cleanSops} of them clean; ${figures.cleanSopsFlagged} clean ones were flagged.`,
    '',
    ...table([
      ['rule', 'labelled', 'found', 'missed', 'wrong', 'precision', 'recall'],
      ...Object.entries(rules).map(([name, one]) => row(name, one)),
      row('overall', overall),
    ]),
    ...(mistakes.length === 0 ? [] : ['']),
    ...mistakes.flatMap(({ name, wrong, missed }) => [
      ...(missed.length > 0 ? [`${name}: missed ${said(missed)}`] : []),
      ...(wrong.length > 0 ? [`${name}: wrong ${said(wrong)}`] : []),
    ]),
  ];
}

function report(): Report {
  const figures = sopCheckFigures();
  const later = sopCheckFigures(labelledSops('sops-later'));
  return {
    figures: { ...figures, later },
    lines: [
      'The forty, to which the rules were tuned:',
      ...linesOf(figures),
      '',
      'Twelve more, written after that (their first run: precision 0.63, recall 0.42):',
      ...linesOf(later),
    ],
  };
}

export const sopChecks: Eval = {
  about: 'the SOP checks by rule, on the forty SOPs of test/fixtures/sops',
  run: report,
};
