import { valueDigest } from '../canonical.js';
import type { Requirement } from '../manifest.js';
import { checkSop } from './checks.js';
import type { Observation, SopFacts } from './facts.js';
import { isOpen } from './proposals.js';
import { isEmptySection } from './sections.js';
import type { Sop, Step } from './schema.js';

/**
 * What one tick is bound to: the words of the step as published, and the step it follows. So an edited
 * or moved step must be run again, and so must the step that now follows a moved, inserted or removed
 * one; all others keep their ticks.
 */
export function stepDigest(step: Step, previousStepId: string | null): string {
  return valueDigest({
    action: step.action,
    where: step.where,
    expected: step.expected,
    screenshot: step.screenshot,
    after: previousStepId,
  });
}

function runThrough(steps: readonly Step[]): Requirement[] {
  const none: Requirement = {
    key: 'run-through:none',
    kind: 'impossible',
    label: 'This SOP has no steps. Write at least one, then run it.',
    valueDigest: valueDigest('no steps'),
  };
  if (steps.length === 0) return [none];
  return steps.map((step, index) => ({
    key: `run-through:${step.id}`,
    kind: 'run-through',
    label: `Step ${index + 1} has not been run on a recording as it is now written.`,
    valueDigest: stepDigest(step, steps[index - 1]?.id ?? null),
  }));
}

function decisions(sop: Sop): Requirement[] {
  const covered = new Set(sop.exceptions.filter((item) => item.then !== '').map((item) => item.decisionPointId));
  return sop.decisionPoints
    .filter((point) => !covered.has(point.id))
    .map((point) => ({
      key: `exception:${point.id}`,
      kind: 'confirm',
      label: `“${point.question}” has no exception. Write it, or say that you checked and there is none.`,
      valueDigest: valueDigest({ question: point.question }),
    }));
}

function unfinished(sop: Sop): Requirement[] {
  return sop.exceptions
    .filter((item) => item.then === '')
    .map((item) => ({
      key: `unfinished:${item.id}`,
      kind: 'impossible',
      label: `“${item.when}” does not say what to do then. Write it, or remove it.`,
      valueDigest: valueDigest({ when: item.when }),
    }));
}

/** Words as quoted in a sentence of ours, which brings its own full stop. */
function short(text: string): string {
  const words = text.trim().replace(/[.\s]+$/, '');
  return words.length <= 200 ? words : `${words.slice(0, 199)}…`;
}

function observed(sop: Sop, observation: Observation): Requirement {
  const { id, step, result, note, cameUp, person } = observation;
  const number = sop.steps.findIndex((item) => item.id === step) + 1;
  const place = number === 0 ? 'A step that is gone' : `Step ${number}`;
  const label =
    result === 'differed'
      ? `${place} differed when ${person} ran it: “${short(note)}”. Take it into the text, or leave the text as it is.`
      : `${place} met an exception when ${person} ran it: “${short(note)}”. Take it into the exceptions, or leave it out.`;
  return {
    key: `${result === 'differed' ? 'differed' : 'met-exception'}:${id}`,
    kind: 'confirm',
    label,
    valueDigest: valueDigest({ step, result, note, cameUp }),
  };
}

function emptySections(sop: Sop): Requirement[] {
  return sop.template.sections
    .filter((section) => section.required && isEmptySection(sop, section.key))
    .map(({ key, name }) => ({
      key: `section:${key}`,
      kind: 'impossible',
      label: `“${name}” is empty, and the team’s format asks for it. Write it.`,
      valueDigest: valueDigest({ section: key, template: sop.template.version }),
    }));
}

/** What the rules find: mended, or said to be right as written. A decision that is asked about anyway is asked about once. */
function checked(sop: Sop, facts: SopFacts): Requirement[] {
  const asked = new Set(sop.decisionPoints.map((point) => point.stepId));
  return checkSop(sop, facts.roster)
    .filter(({ rule, items }) => rule !== 'one-branch' || !items.some((item) => asked.has(item)))
    .map(({ rule, items, label, words }) => ({
      key: `check:${rule}:${items[0] ?? 'sop'}`,
      kind: 'confirm',
      label: label.length <= 500 ? label : `${label.slice(0, 499)}…`,
      valueDigest: valueDigest({ rule, items, words }),
    }));
}

/**
 * What must be met before a person may approve this SOP: its steps run, its decisions covered, its exceptions
 * finished, what a run-through showed taken in or left, its format filled, and what the rules find mended or accepted.
 */
export function sopRequirements(sop: Sop, facts: SopFacts): Requirement[] {
  return [
    ...runThrough(sop.steps),
    ...decisions(sop),
    ...unfinished(sop),
    ...facts.observations.filter((item) => isOpen(sop, item)).map((item) => observed(sop, item)),
    ...emptySections(sop),
    ...checked(sop, facts),
  ];
}
