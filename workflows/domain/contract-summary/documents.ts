import { pageAt, type ReadDocument } from '../document.js';
import { indexDocument, matchQuote, type Document } from './matching.js';
import type { PlacedQuote, Quote } from './schema.js';

/** A document of the run with its words: the contract, then what changes it. */
export type GivenDocument = {
  source: string;
  name: string;
  role: 'contract' | 'amendment';
  read: ReadDocument;
};

/** A document made ready for looking quotes up in it. */
export type IndexedDocument = GivenDocument & { index: Document };

export function indexed(documents: readonly GivenDocument[]): IndexedDocument[] {
  return documents.map((document) => ({ ...document, index: indexDocument(document.read.text) }));
}

const longestShown = 6_000;

/** The document's own words from one offset to another, with the page that they begin on. */
export function placeIn(
  document: GivenDocument,
  place: { from: number; to: number },
  state: PlacedQuote['state'] = 'verified',
  drafted: string | null = null,
): PlacedQuote {
  const { from } = place;
  const to = Math.min(place.to, from + longestShown);
  const page = pageAt(document.read, from);
  return { source: document.source, page, from, to, text: document.read.text.slice(from, to).trim(), state, drafted };
}

/** Looks a quote up in the documents: the first that holds it word for word, else the nearest, else not found. */
export function lookUp(documents: readonly IndexedDocument[], quote: string): Quote {
  let near: { quote: PlacedQuote; likeness: number } | undefined;
  for (const document of documents) {
    const found = matchQuote(document.index, quote);
    const [first] = found.state === 'not-found' ? [] : found.passages;
    if (first === undefined || found.state === 'not-found') continue;
    if (found.state === 'verified') return { ...placeIn(document, first), state: 'verified' };
    if (near === undefined || found.likeness > near.likeness)
      near = { quote: placeIn(document, first, 'drifted', quote.slice(0, longestShown)), likeness: found.likeness };
  }
  if (near !== undefined) return { ...near.quote, state: 'drifted' };
  return { state: 'not-found', text: quote.slice(0, longestShown) };
}
