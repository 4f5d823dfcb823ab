import type { CivilDay } from '../civil-day.js';
import * as read from './candidates.js';
import { withDefinition } from './definitions.js';
import { byField, type FieldName } from './fields.js';
import { presenceOf, type Presence } from './presence.js';
import * as terms from './term-values.js';
import * as values from './values.js';

/**
 * A passage that may be the clause. `text` is the document's own from `start` to `end` (offsets in the text that
 * was given, in UTF-16 units), at most 1,200 characters; `sentence` is the part to quote, cut out likewise;
 * `score` is 0 to 1. No `value` where its words give none that can be counted with.
 */
export type Passage = read.Candidate & { value?: values.Value };

/** What the rules found for one field. */
export type FieldFinding = {
  clause: FieldName;
  /** Whether the contract has the clause. Where it is only `possible`, a person is asked, and neither is claimed. */
  presence: Presence;
  /** `presence` is `present`. */
  present: boolean;
  /** At most five, best first. Where the clause is absent, they are what was looked at and not taken for it. */
  passages: Passage[];
  /** The value of the best passage that has one; none where the clause is absent. */
  value?: values.Value;
  /** Words that were searched, for the proof of an absence, and in how many sentences each stands. */
  searched: read.Searched[];
};

export type Extraction = Record<FieldName, FieldFinding>;

const dayOf = (reading: values.Reading | undefined): CivilDay | undefined =>
  reading?.value.is === 'date' ? reading.value.day : undefined;

/** No value is taken from a passage this much less likely than the best one. */
const leastOfBest = 0.2;

type Read = (candidate: read.Candidate) => values.Reading | undefined;

/** The reading of the best passage whose words say it outright, else of the best one that has any. */
function bestReading(candidates: readonly read.Candidate[], readOne: Read): values.Reading | undefined {
  const least = leastOfBest * (candidates[0]?.score ?? 0);
  const readings = candidates.filter(({ score }) => score >= least).map(readOne);
  return readings.find((one) => one?.firm) ?? readings.find((one) => one !== undefined);
}

/**
 * Reads the terms of a contract by rules, without a model. Deterministic, and linear in the length of the
 * text. Answers for every field of `fieldNames` whether the clause is there, the best passages, and its value:
 *
 * - `{is: 'date', day}` for `agreementDate`, `effectiveDate` and `expiration` (the end of the first term,
 *   counted from its beginning where only a length of time is stated); `{is: 'perpetual'}` where there is no end;
 * - `{is: 'duration', duration: {count, unit, kind}}` for `noticeWindow`, `kind` being `calendar` or `business`;
 * - `{is: 'renewal', automatic, duration?}` for `renewal`, the duration of each further term;
 * - `{is: 'money', money: {amount, currency}}` for `liabilityCap` (none for a cap by a formula);
 * - `{is: 'law', of}` for `governingLaw`, as the document writes it.
 *
 * The other fields have passages alone. The weights are those of `learnedWeights` in
 * `activities/drafters/rules/contract-summary/weights.ts`; fields without weights go by cues alone.
 */
export function extractContract(text: string, weights: read.Weights): Extraction {
  const contract = read.readContract(text);
  const sentences = byField((field) => read.ranked(contract, field, weights[field]));
  const found = byField((field) => {
    const passages = read.passagesOf(contract, sentences[field]);
    return field === 'expiration' ? withDefinition(contract, passages) : passages;
  });
  const searched = read.searchedIn(contract);
  const agreement = dayOf(bestReading(found.agreementDate, terms.agreementReading));
  const effective = dayOf(bestReading(found.effectiveDate, (one) => terms.effectiveReading(one, agreement)));
  const reading: Partial<Record<FieldName, Read>> = {
    agreementDate: terms.agreementReading,
    effectiveDate: (one) => terms.effectiveReading(one, agreement),
    expiration: (one) => terms.expirationReading(one, { agreement, effective }),
    renewal: values.renewalReading,
    noticeWindow: values.noticeReading,
    liabilityCap: values.capReading,
    governingLaw: values.lawReading,
  };
  return byField((field) => {
    const presence = presenceOf(contract, field, sentences[field], weights[field]);
    const passages = found[field].map((candidate): Passage => {
      const value = reading[field]?.(candidate)?.value;
      return value === undefined ? candidate : { ...candidate, value };
    });
    const readOne = reading[field];
    const value = presence === 'absent' || !readOne ? undefined : bestReading(found[field], readOne)?.value;
    const present = presence === 'present';
    const finding = { clause: field, presence, present, passages, searched: searched[field] };
    return value === undefined ? finding : { ...finding, value };
  });
}
