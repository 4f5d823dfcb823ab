import { sha256Hex } from '../canonical.js';
import type { CivilDay } from './civil-day.js';
import { candidateFields, type CandidateField, type ContractCandidate } from './candidate.js';
import { indexed, lookUp, placeIn, type GivenDocument, type IndexedDocument } from './documents.js';
import { documentFact } from './document-fact.js';
import type { Extraction } from './extraction/extract.js';
import { readingOf, saysTheSame, type Read, type Reading } from './readings.js';
import { unusualIn } from './unusual.js';
import { eachField, placedQuotes, type Contract, type ContractField, type FieldKey, type Other } from './schema.js';

/** A document with what the rules read in it. */
export type ReadByRules = GivenDocument & { extraction: Extraction };

export type Assembling = {
  candidate: ContractCandidate;
  /** The contract first, then its amendments in the order given. */
  documents: readonly ReadByRules[];
  title: string;
  timeZone: string;
  /** Our own name, so that the other party is the vendor; may be empty. */
  organisation: string;
  /** Makes ids that are the same when the same draft is made again. */
  seed: string;
  /** True where the candidate is the rules' own: then a point that may be there is left open, not called absent. */
  byRules: boolean;
};

const mostOthers = 6;
const mostPassages = 3;
/** A place that looks less like the clause does not contradict it. */
const sureEnough = 0.5;

function datedBy({ extraction }: ReadByRules): CivilDay | null {
  for (const field of ['agreementDate', 'effectiveDate'] as const) {
    const { value } = extraction[field];
    if (value?.is === 'date') return value.day;
  }
  return null;
}

function idOf(seed: string, words: string): string {
  return `c-${sha256Hex(`${seed}:${words}`).slice(0, 8)}`;
}

type Found = { document: ReadByRules; read: Read };

/** The same place read twice, such as by the drafter and by the rules. */
function overlaps(field: { quotes: ContractField['quotes'] }, document: GivenDocument, { place }: Reading): boolean {
  return placedQuotes(field.quotes).some(
    (quote) => quote.source === document.source && quote.from < place.to && place.from < quote.to,
  );
}

function otherOf({ document }: Found, reading: Reading, by: Other['by']): Other {
  return { by, value: reading.value, quote: placeIn(document, reading.place), dated: datedBy(document) };
}

/** What else the documents say on a point: the rules' reading where it differs, and what the other document says. */
function othersOf(field: Pick<ContractField, 'answer' | 'value' | 'quotes'>, found: readonly Found[]): Other[] {
  const [stated] = placedQuotes(field.quotes);
  const others: Other[] = [];
  for (const one of found) {
    const elsewhere = stated !== undefined && one.document.source !== stated.source;
    const best = one.read.readings.filter(({ value }) => value !== null);
    const readings = best.length > 0 ? best : one.read.readings;
    if (one.read.presence === 'absent' && field.answer !== 'open') continue;
    for (const reading of readings.slice(0, field.answer === 'stated' ? 2 : mostPassages)) {
      if (overlaps(field, one.document, reading) && saysTheSame(field.value, reading.value)) continue;
      if (field.answer === 'stated' && (reading.value === null || reading.score < sureEnough)) continue;
      if (field.answer === 'stated' && saysTheSame(field.value, reading.value)) continue;
      const by = elsewhere ? one.document.role : one.read.presence === 'present' ? 'rules' : 'passage';
      others.push(otherOf(one, reading, by));
    }
  }
  return others.slice(0, mostOthers);
}

function fieldOf(
  given: CandidateField,
  found: readonly Found[],
  documents: readonly IndexedDocument[],
  byRules: boolean,
) {
  const quotes = (given?.quotes ?? []).filter((quote) => quote.trim() !== '').map((quote) => lookUp(documents, quote));
  const possible = found.some(({ read }) => read.presence !== 'absent');
  const stated = given !== null && (given.value !== null || quotes.length > 0);
  const answer =
    stated && given.value !== null
      ? ('stated' as const)
      : stated || (byRules && possible)
        ? ('open' as const)
        : ('absent' as const);
  const field = {
    answer,
    value: answer === 'stated' ? (given?.value ?? null) : null,
    quotes: answer === 'absent' ? [] : quotes,
  };
  const searched = found[0]?.read.searched ?? [];
  return { ...field, by: 'drafter' as const, others: othersOf(field, found), searched: searched.slice(0, 30) };
}

const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** The vendor that the drafter names, or the one party that is not us. Nobody is guessed. */
function vendorOf({ vendor, parties }: ContractCandidate, organisation: string): string {
  if (vendor !== '') return vendor;
  const us = bare(organisation);
  const names = parties?.value?.names ?? [];
  const others = names.filter((name) => us === '' || !(bare(name).includes(us) || us.includes(bare(name))));
  return others.length === 1 && names.length > 1 ? (others[0] ?? '') : '';
}

/**
 * Makes a one-pager of what a drafter returned: every quote looked up in the documents by code, every point set beside
 * what the rules read there, and what the rules found and the drafter left out listed. Pure.
 */
export function assembleContract(given: Assembling): Contract {
  const { candidate, documents, timeZone, seed, byRules } = given;
  const index = indexed(documents);
  const fields = candidateFields(candidate);
  const foundOf = (field: FieldKey): Found[] =>
    documents.map((document) => ({ document, read: readingOf(document.extraction, field) }));
  const unusual = candidate.unusual.map(({ title, quote }) => ({
    id: idOf(seed, `${title}:${quote}`),
    title,
    quote: lookUp(index, quote),
    by: 'drafter' as const,
  }));
  const shown = placedQuotes(unusual.map(({ quote }) => quote));
  const omitted = documents.flatMap((document) =>
    unusualIn(document.read.text)
      .filter(
        ({ place }) =>
          !shown.some((quote) => quote.source === document.source && quote.from < place.to && place.from < quote.to),
      )
      .slice(0, 8)
      .map(({ title, place }) => {
        const quote = placeIn(document, place);
        return { id: idOf(seed, `omitted:${document.source}:${String(place.from)}`), title, quote };
      }),
  );
  return {
    title: candidate.title === '' ? given.title : candidate.title,
    vendor: vendorOf(candidate, given.organisation),
    timeZone,
    documents: documents.map((document) => documentFact(document, datedBy(document))),
    fields: eachField((field) => fieldOf(fields[field], foundOf(field), index, byRules)),
    unusual: unusual.filter((one, at) => unusual.findIndex(({ id }) => id === one.id) === at).slice(0, 40),
    omitted: omitted.slice(0, 40),
  };
}
