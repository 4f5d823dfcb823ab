import { z } from 'zod';
import { Refusal } from '../errors.js';
import { placeIn, type GivenDocument } from './documents.js';
import {
  clauseSchema,
  contractSchema,
  fieldKeys,
  fieldNames,
  fits,
  type Contract,
  type ContractField,
  type FieldKey,
  type PlacedQuote,
} from './schema.js';
import { line, text, valueSchema } from './values.js';

const field = z.enum(fieldKeys);
/** Words that a person marked in a document: offsets in the text that was read from it. */
export const markedSchema = z.strictObject({ source: z.uuid(), from: z.int().min(0), to: z.int().min(1) });
export type Marked = z.infer<typeof markedSchema>;
const clauseId = clauseSchema.shape.id;

/** One change that a person makes to a one-pager. Quotes are places; the server cuts the words out itself. */
export const contractEditSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('set-title'), title: line(200) }),
  z.strictObject({ op: z.literal('set-vendor'), vendor: text(200) }),
  /** Without `quotes` the places stay as they are. */
  z.strictObject({
    op: z.literal('set-field'),
    field,
    value: valueSchema,
    quotes: z.array(markedSchema).max(8).optional(),
  }),
  /** The contract says nothing on this. */
  z.strictObject({ op: z.literal('say-absent'), field }),
  /** Another reading becomes the value: the nth of those shown, from 0. */
  z.strictObject({ op: z.literal('take-other'), field, other: z.int().min(0), value: valueSchema.optional() }),
  z.strictObject({ op: z.literal('add-clause'), id: clauseId, title: line(200), quote: markedSchema }),
  z.strictObject({ op: z.literal('set-clause'), id: clauseId, title: line(200) }),
  z.strictObject({ op: z.literal('remove-clause'), id: clauseId }),
  /** What was left out becomes a clause worth flagging, or is left out for good. */
  z.strictObject({ op: z.literal('take-omitted'), id: clauseId }),
  z.strictObject({ op: z.literal('leave-omitted'), id: clauseId }),
]);
export type ContractEdit = z.infer<typeof contractEditSchema>;

const longestMark = 4_000;

function marked(documents: readonly GivenDocument[], { source, from, to }: Marked): PlacedQuote {
  const document = documents.find((one) => one.source === source);
  if (document === undefined) throw new Refusal('invalid_request', 'These words are not from a document of this run.');
  if (to <= from || to > document.read.text.length || to - from > longestMark)
    throw new Refusal('invalid_request', 'Mark one to 4,000 characters of the document.');
  const quote = placeIn(document, { from, to });
  if (quote.text === '') throw new Refusal('invalid_request', 'Nothing is written at the place that was marked.');
  return quote;
}

function checked(key: FieldKey, value: unknown): void {
  if (fits(key, value)) return;
  throw new Refusal('invalid_request', `This is no value for “${fieldNames[key]}”.`, { field: key });
}

const gone = (id: string) =>
  new Refusal('invalid_request', `This version has no clause ${id}. Reload the page and edit again.`, { id });

function withField(contract: Contract, key: FieldKey, changed: Partial<ContractField>): Contract {
  const settled = { ...contract.fields[key], ...changed, by: 'person' as const };
  return { ...contract, fields: { ...contract.fields, [key]: settled } };
}

function takeOther(contract: Contract, edit: Extract<ContractEdit, { op: 'take-other' }>): Contract {
  const { others } = contract.fields[edit.field];
  const other = others[edit.other];
  const value = edit.value ?? other?.value ?? null;
  if (other === undefined) throw new Refusal('invalid_request', 'This reading is not there any more. Reload the page.');
  if (value === null)
    throw new Refusal(
      'invalid_request',
      `Say what “${fieldNames[edit.field]}” is: the rules made no value of this place.`,
    );
  checked(edit.field, value);
  const quote = { ...other.quote, state: 'verified' as const };
  return withField(contract, edit.field, {
    answer: 'stated',
    value,
    quotes: [quote],
    others: others.filter((_, at) => at !== edit.other),
  });
}

function apply(contract: Contract, edit: ContractEdit, documents: readonly GivenDocument[]): Contract {
  const { unusual, omitted } = contract;
  switch (edit.op) {
    case 'set-title':
      return { ...contract, title: edit.title };
    case 'set-vendor':
      return { ...contract, vendor: edit.vendor };
    case 'set-field': {
      checked(edit.field, edit.value);
      const before = contract.fields[edit.field].quotes.filter(({ state }) => state !== 'not-found');
      const quotes = edit.quotes?.map((one) => ({ ...marked(documents, one), state: 'verified' as const })) ?? before;
      return withField(contract, edit.field, { answer: 'stated', value: edit.value, quotes });
    }
    case 'say-absent':
      return withField(contract, edit.field, { answer: 'absent', value: null, quotes: [] });
    case 'take-other':
      return takeOther(contract, edit);
    case 'add-clause': {
      if ([...unusual, ...omitted].some(({ id }) => id === edit.id))
        throw new Refusal('invalid_request', `This version already has a clause ${edit.id}.`, { id: edit.id });
      const quote = { ...marked(documents, edit.quote), state: 'verified' as const };
      return { ...contract, unusual: [...unusual, { id: edit.id, title: edit.title, quote, by: 'person' }] };
    }
    case 'set-clause':
      if (!unusual.some(({ id }) => id === edit.id)) throw gone(edit.id);
      return {
        ...contract,
        unusual: unusual.map((one) => (one.id === edit.id ? { ...one, title: edit.title, by: 'person' } : one)),
      };
    case 'remove-clause':
      if (!unusual.some(({ id }) => id === edit.id)) throw gone(edit.id);
      return { ...contract, unusual: unusual.filter(({ id }) => id !== edit.id) };
    case 'take-omitted': {
      const found = omitted.find(({ id }) => id === edit.id);
      if (found === undefined) throw gone(edit.id);
      const quote = { ...found.quote, state: 'verified' as const };
      return {
        ...contract,
        unusual: [...unusual, { id: found.id, title: found.title, quote, by: 'person' }],
        omitted: omitted.filter(({ id }) => id !== edit.id),
      };
    }
    case 'leave-omitted':
      if (!omitted.some(({ id }) => id === edit.id)) throw gone(edit.id);
      return { ...contract, omitted: omitted.filter(({ id }) => id !== edit.id) };
  }
}

/**
 * A person's edits in order. Every quote is cut out of the document here, so that no words can be said to stand there
 * that do not.
 * @throws Refusal `invalid_request` naming what does not fit.
 */
export function applyContractEdits(
  contract: Contract,
  edits: readonly ContractEdit[],
  documents: readonly GivenDocument[],
): Contract {
  const edited = edits.reduce((before, edit) => apply(before, edit, documents), contract);
  return contractSchema.parse(edited);
}
