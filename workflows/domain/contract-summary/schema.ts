import { z } from 'zod';
import { civilDay, line, text, valueSchema, valueSchemas } from './values.js';

/** The points of a one-pager, in its order. */
export const fieldKeys = [
  'parties',
  'effectiveDate',
  'term',
  'renewalDate',
  'renewal',
  'noticeWindow',
  'liabilityCap',
  'termination',
  'dataProcessing',
  'governingLaw',
] as const;
export type FieldKey = (typeof fieldKeys)[number];

export const fieldNames: Record<FieldKey, string> = {
  parties: 'Parties',
  effectiveDate: 'Effective date',
  term: 'Term',
  renewalDate: 'Renewal date',
  renewal: 'Renewal clause',
  noticeWindow: 'Notice window',
  liabilityCap: 'Liability cap',
  termination: 'Termination',
  dataProcessing: 'Data processing',
  governingLaw: 'Governing law',
};

/** What money hangs on: confirmed only by somebody to whom the page was served. */
export const twoKeyFields = ['renewalDate', 'noticeWindow'] as const satisfies readonly FieldKey[];

export function needsTwoKeys(field: FieldKey): boolean {
  return twoKeyFields.some((one) => one === field);
}

/** Which kinds of value a point can have. */
export const fieldValues: Record<FieldKey, readonly (keyof typeof valueSchemas)[]> = {
  parties: ['parties'],
  effectiveDate: ['date'],
  term: ['term', 'perpetual'],
  renewalDate: ['renewalDay', 'perpetual'],
  renewal: ['renewal'],
  noticeWindow: ['window'],
  liabilityCap: ['money', 'words'],
  termination: ['words'],
  dataProcessing: ['words'],
  governingLaw: ['words'],
};

/** True where a value is of a kind that this point can have. */
export function fits(field: FieldKey, value: unknown): boolean {
  return fieldValues[field].some((kind) => valueSchemas[kind].safeParse(value).success);
}

/** Words of a document and where they stand: `from` and `to` are offsets in the text that was read from it. */
export const placedQuoteSchema = z.strictObject({
  source: z.uuid(),
  /** From 1. */
  page: z.int().min(1),
  from: z.int().min(0),
  to: z.int().min(0),
  text: text(6_000),
  /** `verified`: the drafter's words stand there. `drifted`: the document's own words replaced them. */
  state: z.enum(['verified', 'drifted']),
  /** What the drafter had written, where that was not quite what stands there. */
  drafted: text(6_000).nullable(),
});
export type PlacedQuote = z.infer<typeof placedQuoteSchema>;

/** Words that were said to stand in the document and do not. Shown, never published. */
export const lostQuoteSchema = z.strictObject({ state: z.literal('not-found'), text: text(6_000) });
export const quoteSchema = z.discriminatedUnion('state', [
  placedQuoteSchema.extend({ state: z.literal('verified') }),
  placedQuoteSchema.extend({ state: z.literal('drifted') }),
  lostQuoteSchema,
]);
export type Quote = z.infer<typeof quoteSchema>;

/** Another reading of the same point: by the rules, by a clause elsewhere, by the other of contract and amendment. */
export const otherSchema = z.strictObject({
  /** `rules`: the independent reading. `contract`, `amendment`: the other document. `passage`: a place that may be it. */
  by: z.enum(['rules', 'contract', 'amendment', 'passage']),
  value: valueSchema.nullable(),
  quote: placedQuoteSchema,
  /** The day of the document that says so, where it states one. */
  dated: civilDay.nullable(),
});
export type Other = z.infer<typeof otherSchema>;

export const searchedSchema = z.strictObject({ words: line(80), sentences: z.int().min(0) });

export const fieldSchema = z.strictObject({
  /** `open`: neither a value nor an absence is claimed; a person says. */
  answer: z.enum(['stated', 'absent', 'open']),
  value: valueSchema.nullable(),
  quotes: z.array(quoteSchema).max(8),
  /** Who settled it last. */
  by: z.enum(['drafter', 'person']),
  others: z.array(otherSchema).max(12),
  /** The words that were searched in the whole document, and in how many sentences each stands. */
  searched: z.array(searchedSchema).max(30),
});
export type ContractField = z.infer<typeof fieldSchema>;

const clauseId = z.string().regex(/^[a-z]-[0-9a-f]{8}$/, 'A clause id is a letter, a hyphen and eight hex digits.');

/** A clause that is worth flagging. */
export const clauseSchema = z.strictObject({
  id: clauseId,
  title: line(200),
  quote: quoteSchema,
  by: z.enum(['drafter', 'person']),
});
export type Clause = z.infer<typeof clauseSchema>;

/** Found by the rules and left out of the summary. */
export const omittedSchema = z.strictObject({ id: clauseId, title: line(200), quote: placedQuoteSchema });
export type Omitted = z.infer<typeof omittedSchema>;

/** One of a run's documents as the one-pager names it. The first is the contract, the others change it. */
export const contractDocumentSchema = z.strictObject({
  source: z.uuid(),
  name: line(200),
  role: z.enum(['contract', 'amendment']),
  pages: z.int().min(1),
  /** Pages whose words a machine recognised, and pages that are pictures which code cannot check. */
  recognised: z.array(z.int().min(1)).max(2_000),
  unread: z.array(z.int().min(1)).max(2_000),
  /** How many texts were cut out because no reader sees them. */
  hidden: z.int().min(0),
  dated: civilDay.nullable(),
});
export type ContractDocument = z.infer<typeof contractDocumentSchema>;

/** A contract's one-pager as stored and edited. Every text is plain text: it is escaped when rendered. */
export const contractSchema = z.strictObject({
  title: line(200),
  vendor: text(200),
  /** In which the last safe day ends. */
  timeZone: line(64),
  documents: z.array(contractDocumentSchema).min(1).max(20),
  fields: z.strictObject({
    parties: fieldSchema,
    effectiveDate: fieldSchema,
    term: fieldSchema,
    renewalDate: fieldSchema,
    renewal: fieldSchema,
    noticeWindow: fieldSchema,
    liabilityCap: fieldSchema,
    termination: fieldSchema,
    dataProcessing: fieldSchema,
    governingLaw: fieldSchema,
  }),
  unusual: z.array(clauseSchema).max(40),
  omitted: z.array(omittedSchema).max(40),
});
export type Contract = z.infer<typeof contractSchema>;

/** Something for every point. */
export function eachField<T>(make: (field: FieldKey) => T): Record<FieldKey, T> {
  return {
    parties: make('parties'),
    effectiveDate: make('effectiveDate'),
    term: make('term'),
    renewalDate: make('renewalDate'),
    renewal: make('renewal'),
    noticeWindow: make('noticeWindow'),
    liabilityCap: make('liabilityCap'),
    termination: make('termination'),
    dataProcessing: make('dataProcessing'),
    governingLaw: make('governingLaw'),
  };
}

/** The quotes of a point that stand in a document. */
export function placedQuotes(quotes: readonly Quote[]): PlacedQuote[] {
  return quotes.filter((quote) => quote.state !== 'not-found');
}
