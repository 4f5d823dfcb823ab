import type { Sop } from './schema.js';

/** What rules find wrong with an SOP that reads well. */
export const checkRules = [
  'vague-escalation',
  'no-system-of-record',
  'not-on-roster',
  'never-returned',
  'one-branch',
  'no-expected-result',
] as const;
export type CheckRule = (typeof checkRules)[number];

export type Finding = {
  rule: CheckRule;
  /** The items it is about: ids of steps, exceptions or decision points, or names of fields. Never empty. */
  items: string[];
  /** What is wrong and what to do, in one or two sentences, for the list of what is missing. */
  label: string;
  /** The SOP's own words that it rests on. */
  words: string[];
};

/** Everything the rules find in an SOP, in the order of its text. `roster` holds the names of the members. */
export function checkSop(sop: Sop, roster: readonly string[]): Finding[] {
  void sop;
  void roster;
  return [];
}
