import type { DecisionFacts } from '../../api/contract/index.js';

const done = { approve: 'approved', 'request-changes': 'asked for changes', reject: 'rejected' } as const;

/** “approved this”, “asked for changes”: what was done, after a name. */
export function deedOf(decision: DecisionFacts): string {
  return decision.decision === 'request-changes' ? 'asked for changes' : `${done[decision.decision]} this`;
}

/** “Tobias Renner approved, with edits” for a list. */
export function decisionWords(decision: DecisionFacts): string {
  const outcome =
    decision.outcome === 'with-edits' ? ', with edits' : decision.outcome === 'as-drafted' ? ', as drafted' : '';
  return `${decision.by.name} ${done[decision.decision]}${outcome}${decision.undoneAt ? ', then undid it' : ''}`;
}

/** How much of the draft is left, and whether one person did it alone. */
export function approvalFacts(decision: DecisionFacts): string[] {
  if (decision.decision !== 'approve') return [];
  const kept =
    decision.keptShare === undefined
      ? ''
      : `, ${String(Math.round(decision.keptShare * 100))}\u2009% of the draft kept`;
  return [
    ...(decision.outcome === 'as-drafted'
      ? ['as drafted']
      : decision.outcome === 'with-edits'
        ? [`with edits${kept}`]
        : []),
    ...(decision.singlePerson ? ['single-person approval'] : []),
  ];
}
