import type { DecisionVerb } from './states.js';

/** What a decision's signature covers. Times are RFC 3339 in UTC with milliseconds. */
export type DecisionFacts = {
  decisionId: string;
  reviewId: string;
  subjectDigest: string;
  decision: DecisionVerb;
  personId: string;
  decidedAt: string;
  keyId: string;
};

/**
 * The exact text that is signed. The database function `decide` builds the same text from its own
 * values and stores it; `publish` and `countersign verify` check the signature over the stored text.
 */
export function decisionText(facts: DecisionFacts): string {
  return [
    'countersign decision v1',
    `decision: ${facts.decisionId}`,
    `review: ${facts.reviewId}`,
    `subject: ${facts.subjectDigest}`,
    `verdict: ${facts.decision}`,
    `person: ${facts.personId}`,
    `at: ${facts.decidedAt}`,
    `key: ${facts.keyId}`,
    '',
  ].join('\n');
}
