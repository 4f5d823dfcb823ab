import type { ContractPayload, ContractReview, Requirement } from '../../../api/contract/index.js';
import {
  fieldKeys,
  needsTwoKeys,
  placedQuotes,
  type FieldKey,
  type PlacedQuote,
} from '../../../workflows/domain/contract-summary/schema.js';

/** Words in a document, by their offsets in its text; without offsets the whole page is meant. */
export type Place = { source: string; page: number; from?: number; to?: number };
/** What the left pane shows: a place of a document, or the proof that the documents say nothing on a point. */
export type Here = { is: 'place'; place: Place } | { is: 'absence'; field: FieldKey };

/**
 * Something in the right pane that can have the focus: `field:term`, `clause:c-…`, `omitted:c-…`, `vendor`, `title`,
 * and the rows that stand for a list: `unusual`, `left-out`, `hidden:<source>`, `unread:<source>`.
 */
export type Spot = string;

/** Two keys first, then the one-pager's order. */
export const pointOrder: readonly FieldKey[] = [
  ...fieldKeys.filter(needsTwoKeys),
  ...fieldKeys.filter((field) => !needsTwoKeys(field)),
];

/** The point that a spot is about, where it is about one. */
export function fieldOf(spot: Spot | undefined): FieldKey | undefined {
  return fieldKeys.find((field) => spot === `field:${field}`);
}

/** Where a requirement is met. */
export function spotOf({ key }: Pick<Requirement, 'key'>): Spot {
  return key.replace(/^two-keys:/, 'field:');
}

/** The requirement that a spot carries, met or not. */
export function requirementAt({ requirements }: ContractReview, spot: Spot | undefined): Requirement | undefined {
  return requirements.find((one) => spotOf(one) === spot);
}

/** Every spot, in the order of the pane. */
export function spotsOf({ unusual, omitted, documents }: ContractPayload): Spot[] {
  return [
    ...pointOrder.slice(0, 2).map((field) => `field:${field}`),
    'vendor',
    ...pointOrder.slice(2).map((field) => `field:${field}`),
    ...(unusual.length > 0 ? ['unusual'] : []),
    ...unusual.map(({ id }) => `clause:${id}`),
    ...(omitted.length > 0 ? ['left-out'] : []),
    ...omitted.map(({ id }) => `omitted:${id}`),
    ...documents.filter(({ hidden }) => hidden > 0).map(({ source }) => `hidden:${source}`),
    ...documents.filter(({ unread }) => unread.length > 0).map(({ source }) => `unread:${source}`),
  ];
}

/** What still needs a person, and what the documents or the rules say otherwise, in the order of the pane. */
export function pointsToVisit(review: ContractReview): Spot[] {
  const open = new Set(review.requirements.filter((one) => !one.fulfilled).map(spotOf));
  return spotsOf(review.draft).filter((spot) => {
    const field = fieldOf(spot);
    return open.has(spot) || (field !== undefined && review.draft.fields[field].others.length > 0);
  });
}

/** The same without what is settled: what Approve waits for. */
export function pointsInTheWay(review: ContractReview): Spot[] {
  const open = new Set(review.requirements.filter((one) => !one.fulfilled).map(spotOf));
  return spotsOf(review.draft).filter((spot) => open.has(spot));
}

/** The place of a quote. */
export function placeOfQuote({ source, page, from, to }: PlacedQuote): Place {
  return { source, page, from, to };
}

/** Where a spot rests in the documents: its first quote, another reading where it has none, or the proof of absence. */
export function hereOf(draft: ContractPayload, spot: Spot): Here | undefined {
  const at = (quote: PlacedQuote | undefined): Here | undefined =>
    quote === undefined ? undefined : { is: 'place', place: placeOfQuote(quote) };
  const key = fieldOf(spot);
  if (key !== undefined) {
    const { answer, quotes, others } = draft.fields[key];
    if (answer === 'absent') return { is: 'absence', field: key };
    return at(placedQuotes(quotes)[0]) ?? at(others[0]?.quote);
  }
  const [kind = '', id = ''] = spot.split(/:(.*)/s);
  if (kind === 'clause') return at(placedQuotes(draft.unusual.flatMap((one) => (one.id === id ? [one.quote] : [])))[0]);
  if (kind === 'omitted') return at(draft.omitted.find((one) => one.id === id)?.quote);
  const unread = kind === 'unread' ? draft.documents.find(({ source }) => source === id)?.unread[0] : undefined;
  return unread === undefined ? undefined : { is: 'place', place: { source: id, page: unread } };
}

/** As the first key names it: `<source>:<page>`, or `absence:<field>`. */
export function keyOfHere(here: Here): string {
  return here.is === 'absence' ? `absence:${here.field}` : `${here.place.source}:${String(here.place.page)}`;
}

/** The place that a requirement wants opened first. */
export function hereOfPlace(draft: ContractPayload, spot: Spot, place: string): Here {
  const own = hereOf(draft, spot);
  if (own !== undefined && keyOfHere(own) === place) return own;
  const [source = '', page = ''] = place.split(':');
  const field = fieldKeys.find((one) => source === 'absence' && one === page);
  return field === undefined ? { is: 'place', place: { source, page: Number(page) } } : { is: 'absence', field };
}

/** Every quoted place of a one-pager, for the marker. */
export function quotedPlaces({ fields, unusual, omitted }: ContractPayload): PlacedQuote[] {
  return [
    ...fieldKeys.flatMap((field) => placedQuotes(fields[field].quotes)),
    ...placedQuotes(unusual.map(({ quote }) => quote)),
    ...omitted.map(({ quote }) => quote),
  ];
}
