import { valueDigest } from '../canonical.js';
import type { Requirement } from '../manifest.js';
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

/** What must be met before a person may approve this SOP: its steps run, its decisions covered, its exceptions finished. */
export function sopRequirements(sop: Sop): Requirement[] {
  const covered = new Set(sop.exceptions.filter((item) => item.then !== '').map((item) => item.decisionPointId));
  const open = sop.decisionPoints
    .filter((point) => !covered.has(point.id))
    .map((point): Requirement => ({
      key: `exception:${point.id}`,
      kind: 'confirm',
      label: `“${point.question}” has no exception. Write it, or say that you checked and there is none.`,
      valueDigest: valueDigest({ question: point.question }),
    }));
  const unfinished = sop.exceptions
    .filter((item) => item.then === '')
    .map((item): Requirement => ({
      key: `unfinished:${item.id}`,
      kind: 'impossible',
      label: `“${item.when}” does not say what to do then. Write it, or remove it.`,
      valueDigest: valueDigest({ when: item.when }),
    }));
  return [...runThrough(sop.steps), ...open, ...unfinished];
}
