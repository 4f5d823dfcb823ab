import type { CivilDay } from '../civil-day.js';
import { allCandidates, presentFrom, readContract, type Candidate, type Weights } from './candidates.js';
import { fieldNames, type FieldName } from './fields.js';
import * as values from './values.js';
import { learnedWeights } from './weights.js';

/** A passage and what it says; no value where its words give none that can be counted with. */
export type Offer = Candidate & { value?: values.Value };

/** What the rules found for one field, best first. Where it is not present, the offers show what was looked at. */
export type FieldFinding = { present: boolean; offers: Offer[] };

export type Extraction = Record<FieldName, FieldFinding>;

const dayOf = (value: values.Value | undefined): CivilDay | undefined => (value?.is === 'date' ? value.day : undefined);

/**
 * Reads the terms of a contract by rules, without a model. Deterministic, and linear in the length of the
 * text. Every passage is cut out of the text, so it stands there word for word.
 */
export function extractContract(text: string, weights: Weights = learnedWeights): Extraction {
  const found = allCandidates(readContract(text), weights);
  const first = <T>(field: FieldName, read: (candidate: Candidate) => T | undefined): T | undefined =>
    found[field].map(read).find((value) => value !== undefined);
  const agreement = dayOf(found.agreementDate[0] && values.dateValue(found.agreementDate[0]));
  const begins = dayOf(first('effectiveDate', (one) => values.effectiveValue(one, agreement))) ?? agreement;
  const read: Partial<Record<FieldName, (candidate: Candidate) => values.Value | undefined>> = {
    agreementDate: values.dateValue,
    effectiveDate: (one) => values.effectiveValue(one, agreement),
    expiration: (one) => values.expirationValue(one, begins),
    renewal: values.renewalValue,
    noticeWindow: values.noticeValue,
    liabilityCap: values.capValue,
    governingLaw: values.lawValue,
  };
  const finding = (field: FieldName): FieldFinding => ({
    present: (found[field][0]?.score ?? 0) >= presentFrom(weights[field]),
    offers: found[field].map((candidate) => {
      const value = read[field]?.(candidate);
      return value === undefined ? candidate : { ...candidate, value };
    }),
  });
  return complete(Object.fromEntries(fieldNames.map((field) => [field, finding(field)])));
}

function complete(found: Partial<Extraction>): Extraction {
  const none: FieldFinding = { present: false, offers: [] };
  return {
    ...{ parties: none, agreementDate: none, effectiveDate: none, expiration: none, renewal: none, noticeWindow: none },
    ...{ liabilityCap: none, terminationForConvenience: none, governingLaw: none, dataProcessing: none, unusual: none },
    ...found,
  };
}
