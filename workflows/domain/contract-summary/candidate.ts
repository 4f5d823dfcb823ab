import { z } from 'zod';
import { eachField, type Contract, type FieldKey } from './schema.js';
import { line, text, valueSchemas, type ContractValue } from './values.js';

const quotes = z.array(text(4_000)).max(8);
const stated = <T extends z.ZodType>(value: T) => z.strictObject({ value: value.nullable(), quotes }).nullable();

/**
 * What a drafter returns: for each point a value and the words that it rests on, or null where the contract says
 * nothing on it. Code looks every quote up; nothing here is believed.
 */
export const contractCandidateSchema = z.strictObject({
  title: text(200),
  /** The other side, as the register calls it. */
  vendor: text(200),
  parties: stated(valueSchemas.parties),
  effectiveDate: stated(valueSchemas.date),
  term: stated(z.discriminatedUnion('is', [valueSchemas.term, valueSchemas.perpetual])),
  renewalDate: stated(z.discriminatedUnion('is', [valueSchemas.renewalDay, valueSchemas.perpetual])),
  renewal: stated(valueSchemas.renewal),
  noticeWindow: stated(valueSchemas.window),
  liabilityCap: stated(z.discriminatedUnion('is', [valueSchemas.money, valueSchemas.words])),
  termination: stated(valueSchemas.words),
  dataProcessing: stated(valueSchemas.words),
  governingLaw: stated(valueSchemas.words),
  unusual: z.array(z.strictObject({ title: line(200), quote: text(4_000) })).max(30),
});
export type ContractCandidate = z.infer<typeof contractCandidateSchema>;
export type CandidateField = { value: ContractValue | null; quotes: string[] } | null;

/** The points of a candidate by their keys. */
export function candidateFields(candidate: ContractCandidate): Record<FieldKey, CandidateField> {
  return eachField((field) => candidate[field]);
}

/** A one-pager as a drafter would have returned it, for the next version to begin from. */
export function candidateOf({ title, vendor, fields, unusual }: Contract): ContractCandidate {
  const point = (field: FieldKey): CandidateField => {
    const { answer, value, quotes: given } = fields[field];
    return answer === 'stated' ? { value, quotes: given.map((quote) => quote.text.slice(0, 4_000)) } : null;
  };
  return contractCandidateSchema.parse({
    title,
    vendor,
    ...eachField(point),
    unusual: unusual.slice(0, 30).map((one) => ({ title: one.title, quote: one.quote.text.slice(0, 4_000) })),
  });
}
