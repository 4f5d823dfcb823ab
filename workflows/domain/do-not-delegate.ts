/**
 * What people should not delegate, recognised before any model sees a run. Each rule errs towards
 * keeping: a person releases a run with one reason, and the release is on the record.
 */
export type KeptRule = { id: string; label: string; pattern: RegExp };

export const keptRules: readonly KeptRule[] = [
  {
    id: 'legal-judgement',
    label: 'a judgement whether this is a legal matter',
    pattern:
      /\b(is (?:this|it|that) (?:a )?legal (?:matter|issue|question)|(?:could|might|would) (?:we|they|you) (?:be )?(?:sued?|liable)|threaten(?:ed|ing)? (?:us )?(?:with )?(?:legal action|to sue)|attorney[- ]client|privileged and confidential)\b/iu,
  },
  {
    id: 'escalation-timing',
    label: 'the timing of an escalation',
    pattern:
      /\b(should (?:i|we) escalate|when (?:do|should|to) (?:i |we )?escalate|is it (?:time|too (?:early|soon)) to escalate|escalate (?:this )?(?:now|today|yet) or (?:wait|later))\b/iu,
  },
  {
    id: 'vendor-negotiation',
    label: 'vendor negotiation',
    pattern:
      /\b(credit us for|our (?:bottom line|walk-?away (?:price|point))|negotiat(?:e|ing|ion) (?:with|the (?:price|rate|terms|contract|renewal))|counter-?offer|match (?:their|the competitor.s) (?:price|offer))\b/iu,
  },
  {
    id: 'cross-functional-politics',
    label: 'cross-functional politics',
    pattern:
      /\b(without (?:telling|involving) (?:finance|legal|hr|it|sales|the other team)|go (?:around|over the head of) (?:their|his|her|my|the) (?:manager|director|boss|vp|team)|keep (?:this|it) (?:from|between us)|whose (?:fault|turf) (?:is )?(?:it|this)|throw .{1,40} under the bus)\b/iu,
  },
];

/** Where a rule matched: the words are shown to people and kept out of events. */
export type KeptMatch = { rule: string; label: string; words: string };

/** The first rule that a text meets, or `undefined`. Looks at every text before any drafter does. */
export function keptHumanBy(texts: readonly string[], rules: readonly KeptRule[] = keptRules): KeptMatch | undefined {
  for (const rule of rules) {
    for (const text of texts) {
      const match = rule.pattern.exec(text);
      if (match) return { rule: rule.id, label: rule.label, words: match[0] };
    }
  }
  return undefined;
}
