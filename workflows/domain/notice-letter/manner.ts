import { placeIn, type GivenDocument } from '../contract-summary/documents.js';
import { plainWords, unitsOf } from '../contract-summary/extraction/units.js';
import type { PlacedQuote } from '../contract-summary/schema.js';

const asks = /\b(?:shall|must|may|is to|are to|will|can|is not|are not|deemed|valid|effective)\b/;
const notices = /\b(?:notices?|notifications?)\b/;
const ways = [
  /\bin writing\b|\bwritten form\b|\bin written\b/,
  /\b(?:e-?mail|electronic mail|fax|facsimile)\b/,
  /\b(?:post|mail|mailed|courier|registered|certified|recorded)\b/,
  /\b(?:delivered|delivery|by hand|personally|sent|served|addressed)\b/,
  /\baddress(?:es)?\b/,
];
/** How long before is another question than how. */
const when = /\b(?:renew|expir|terminat|days'?|months'?)\b/;

function weightOf(words: string): number {
  if (!notices.test(words) || !asks.test(words)) return 0;
  const named = ways.filter((way) => way.test(words)).length;
  if (named === 0) return 0;
  const opens = /^(?:[\d.()a-z]{1,8}\s)?(?:notices?\s)?(?:\d[\d.]*\s)?(?:all |any |every |each |a )?notices?\b/.test(
    words,
  );
  return named + (opens ? 2 : 0) - (when.test(words) ? 2 : 0);
}

/** The parts of a sentence that stand as paragraphs of their own: a heading asks for nothing. */
function* paragraphsOf(text: string, unit: { from: number; to: number }): Generator<{ from: number; to: number }> {
  let from = unit.from;
  for (const gap of text.slice(unit.from, unit.to).matchAll(/\n[^\S\n]*\n\s*/g)) {
    yield { from, to: unit.from + gap.index };
    from = unit.from + gap.index + gap[0].length;
  }
  yield { from, to: unit.to };
}

/** At most two sentences of the contract's documents that say how notices are given, found by rule. */
export function mannerOfNotice(documents: readonly GivenDocument[]): PlacedQuote[] {
  return documents
    .flatMap((document) => {
      const { text } = document.read;
      return unitsOf(text)
        .flatMap((unit) => [...paragraphsOf(text, unit)])
        .map((place) => ({ document, place, weight: weightOf(plainWords(text.slice(place.from, place.to))) }));
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 2)
    .map(({ document, place }) => placeIn(document, place));
}
