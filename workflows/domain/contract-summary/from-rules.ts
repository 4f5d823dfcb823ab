import type { CandidateField, ContractCandidate } from './candidate.js';
import { contractCandidateSchema } from './candidate.js';
import type { Extraction } from './extraction/extract.js';
import { readingOf, type Reading } from './readings.js';
import { unusualIn } from './unusual.js';
import type { FieldKey } from './schema.js';

/** A document's words and what the rules read in it. */
export type RulesInput = { text: string; extraction: Extraction };

const mostUnusual = 5;

/** The latest document that surely has a point decides: an amendment before the contract that it changes. */
function fieldOf(documents: readonly RulesInput[], field: FieldKey): CandidateField {
  for (const { text, extraction } of documents.toReversed()) {
    const { presence, readings } = readingOf(extraction, field);
    const best = readings.find(({ value }) => value !== null);
    if (presence !== 'present' || best === undefined) continue;
    return { value: best.value, quotes: [wordsAt(text, best)] };
  }
  return null;
}

const wordsAt = (text: string, { place }: Reading) => text.slice(place.from, place.to).slice(0, 4_000);

/**
 * The no-model drafter of contracts: what the rules are sure of, each in the document's own words. Where they are not
 * sure they claim nothing.
 */
export function contractByRules(documents: readonly RulesInput[], title: string): ContractCandidate {
  const field = (key: FieldKey) => fieldOf(documents, key);
  const parties = field('parties');
  const unusual = documents.flatMap(({ text }) =>
    unusualIn(text).map(({ title: name, place }) => ({
      title: name,
      quote: text.slice(place.from, place.to).slice(0, 4_000),
    })),
  );
  return contractCandidateSchema.parse({
    title,
    vendor: '',
    parties,
    effectiveDate: field('effectiveDate'),
    term: field('term'),
    renewalDate: field('renewalDate'),
    renewal: field('renewal'),
    noticeWindow: field('noticeWindow'),
    liabilityCap: field('liabilityCap'),
    termination: field('termination'),
    dataProcessing: field('dataProcessing'),
    governingLaw: field('governingLaw'),
    unusual: unusual.slice(0, mostUnusual),
  });
}
