import { unitsOf } from './extraction/units.js';

/** Signs of a clause that somebody who has to live with the contract wants to see, in the order of weight. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/unlimited liabilit|liabilit[^.;]{0,60}\bunlimited/i, 'Unlimited liability'],
  [/liquidated damages|contractual penalt|shall pay[^.;]{0,60}penalt/i, 'Penalty'],
  [
    /minimum (?:annual |monthly |yearly )?(?:purchase|order|commitment|quantit|payment|fee|royalt|volume)|minimum of [A-Z$€£]/i,
    'Minimum commitment',
  ],
  [
    /(?<!non-\s?|non)exclusiv(?:e|ity|ely)[^.;]{0,60}(?:right|supplier|provider|distribut|licen|deal|territor|purchase)/i,
    'Exclusivity',
  ],
  [/most favou?red (?:customer|nation)/i, 'Most favoured customer'],
  [/(?:shall|will|agrees?) not[^.;]{0,80}compet|non-?\s?compet(?:e|ition)/i, 'No competing'],
  [/right of first (?:refusal|offer|negotiation)/i, 'Right of first refusal'],
  [/change (?:of|in) control/i, 'Change of control'],
  [
    /(?:increase|change|adjust|raise)[^.;]{0,40}(?:price|fee|rate|charge)s?[^.;]{0,80}(?:sole discretion|at any time|without (?:the )?consent)/i,
    'Prices changed by one side',
  ],
  [/source code[^.;]{0,60}escrow|escrow[^.;]{0,60}source code/i, 'Source code in escrow'],
  [/(?:shall|will|agrees?) not[^.;]{0,60}(?:solicit|hire)[^.;]{0,60}employee|non-?\s?solicit/i, 'No hiring'],
  [/right to audit|audit rights?|may audit/i, 'Audit'],
  [/may assign[^.;]{0,80}without[^.;]{0,30}consent/i, 'Assignment without consent'],
];

/** Headings and lists of contents hold the same words as clauses and say nothing. */
function isProse(sentence: string): boolean {
  const words = sentence.match(/\p{L}{2,}/gu) ?? [];
  const small = words.filter((word) => /^\p{Ll}/u.test(word)).length;
  const numbers = sentence.match(/\b\d+(?:\.\d+)*\b/g)?.length ?? 0;
  const shouted = words.filter((word) => /^\p{Lu}+$/u.test(word)).length;
  return words.length >= 8 && numbers * 4 <= words.length && (2 * small >= words.length || 2 * shouted >= words.length);
}

/** Clauses that the rules would flag: the first of each kind, in the order of weight, at most eight. */
export function unusualIn(text: string): { title: string; place: { from: number; to: number } }[] {
  const units = unitsOf(text).filter(({ from, to }) => isProse(text.slice(from, to)));
  return kinds
    .flatMap(([sign, title]) => {
      const found = units.find(({ from, to }) => sign.test(text.slice(from, to)));
      return found === undefined ? [] : [{ title, place: { from: found.from, to: found.to } }];
    })
    .slice(0, 8);
}
