import { canonicalJson, sha256Hex } from '../canonical.js';
import type { SopEdit } from './edits.js';
import type { Observation, StepWords } from './facts.js';
import type { Sop, Step } from './schema.js';

const wordsOf = ({ action, where, expected, screenshot }: StepWords): string =>
  canonicalJson({ action, where, expected, screenshot });

/**
 * True where an observation still asks for something: a step that differed reads as it did then, or an
 * exception that was met stands nowhere in the text.
 */
export function isOpen(sop: Sop, observation: Observation): boolean {
  if (observation.result === 'exception') return !sop.exceptions.some((item) => item.met === observation.id);
  const step = sop.steps.find((item) => item.id === observation.step);
  if (step === undefined) return false;
  return observation.written === null || wordsOf(step) === wordsOf(observation.written);
}

/** The edit that would put into the text what happened when it was run. A person takes it, changes it, or leaves it. */
export function proposedEdit(sop: Sop, observation: Observation): SopEdit {
  const { id, step, note } = observation;
  if (observation.result === 'differed') return { op: 'set-step', id: step, fields: { action: note.slice(0, 1000) } };
  return {
    op: 'insert-exception',
    after: sop.exceptions.at(-1)?.id ?? null,
    exception: {
      id: `e-${sha256Hex(id).slice(0, 8)}`,
      when: whenOf(observation, sop.steps).slice(0, 500),
      then: note.slice(0, 1000),
      decisionPointId: null,
      moment: null,
      met: id,
    },
  };
}

function whenOf({ cameUp, step }: Observation, steps: readonly Step[]): string {
  if (cameUp.trim() !== '') return cameUp;
  const at = steps.findIndex((item) => item.id === step);
  return at < 0 ? 'The work cannot go on as written' : `Step ${at + 1} cannot be done as written`;
}
