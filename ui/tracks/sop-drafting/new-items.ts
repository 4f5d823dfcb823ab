import type { DecisionPoint, SopException, Step } from '../../../workflows/domain/sop-drafting/schema.js';

/** An id for a new item: a letter and eight hex digits, made here so that a repeated request is the same edit. */
function itemId(letter: 's' | 'd' | 'e'): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return `${letter}-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** A step without words yet. */
export function newStep(): Step {
  return { id: itemId('s'), action: '', where: '', expected: '', screenshot: null, moment: null };
}

/** A decision point without words yet. */
export function newDecisionPoint(): DecisionPoint {
  return { id: itemId('d'), question: '', stepId: null };
}

/** An exception; for a decision point it starts with that point's question. */
export function newException(forPoint?: DecisionPoint): SopException {
  return {
    id: itemId('e'),
    when: forPoint?.question ?? '',
    then: '',
    decisionPointId: forPoint?.id ?? null,
    moment: null,
    met: null,
  };
}
