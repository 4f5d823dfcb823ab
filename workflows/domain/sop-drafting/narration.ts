import { placeOf, quoteIndex, type Place, type QuoteIndex } from '../quotes.js';
import type { Transcript } from '../transcript.js';
import type { Moment, Sop } from './schema.js';
import { kindOfSentence, meaningWords, type SpokenKind } from './spoken-words.js';
import { spokenIn, type Spoken } from './spoken.js';

/** A step that was said before the step that it follows in the text: `after` is that step's number. */
export type OutOfOrder = { step: string; number: number; saidAt: Moment; after: number };
/** A sentence of the narration that stands nowhere in the SOP. */
export type UnusedSentence = { cue: number; startMs: number | null; text: string; kind: SpokenKind };
/** How a draft and what was said in the recording differ. */
export type Narration = { outOfOrder: OutOfOrder[]; unsaid: string[]; unused: UnusedSentence[] };

/** So much of a sentence's meaning must stand in one item for the sentence to be in the text. */
const enough = 0.75;

/** Where a moment's words stand; where they are no longer in the transcript, where its cue begins. */
function placeOfMoment(index: QuoteIndex, moment: Moment, after: number): Place | undefined {
  const start = index.starts[moment.cue];
  if (start === undefined) return undefined;
  const end = index.starts[moment.cue + 1] ?? index.text.length + 1;
  // The same words may stand twice in one cue: the second step that rests on them means the second.
  const from = after >= start && after < end ? after : start;
  for (const place of [placeOf(index, moment.quote, from), placeOf(index, moment.quote, start)])
    if (place !== undefined && place.from >= start && place.from < end) return place;
  return { from: start, to: start + 1 };
}

function stepPlaces(sop: Sop, index: QuoteIndex): { outOfOrder: OutOfOrder[]; places: Place[] } {
  const outOfOrder: OutOfOrder[] = [];
  const places: Place[] = [];
  let before: { place: Place; number: number } | undefined;
  sop.steps.forEach(({ id, moment }, at) => {
    const place = moment === null ? undefined : placeOfMoment(index, moment, before?.place.to ?? 0);
    if (moment === null || place === undefined) return;
    const number = at + 1;
    if (before !== undefined && place.from < before.place.from)
      outOfOrder.push({ step: id, number, saidAt: moment, after: before.number });
    before = { place, number };
    places.push(place);
  });
  return { outOfOrder, places };
}

function share(of: ReadonlySet<string>, within: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of of) if (within.has(word)) shared += 1;
  return of.size < 2 ? 0 : shared / of.size;
}

/** Tells whether a sentence's meaning stands in one item of the SOP, in whatever words it was put there. */
function inTheText(sop: Sop): (sentence: Spoken) => boolean {
  const items = [
    ...sop.steps.map((step) => `${step.action} ${step.where} ${step.expected}`),
    ...sop.exceptions.map((item) => `${item.when} ${item.then}`),
    ...sop.decisionPoints.map((point) => point.question),
    ...sop.prerequisites,
    sop.purpose,
    sop.scope,
  ].map(meaningWords);
  // A decision carries no moment, nor does an exception that a person wrote: their own words are looked for.
  const short = [
    ...sop.decisionPoints.map((point) => point.question),
    ...sop.exceptions.flatMap((item) => (item.moment === null ? [item.when] : [])),
  ].map(meaningWords);
  return ({ text }) => {
    const said = meaningWords(text);
    return items.some((item) => share(said, item) >= enough) || short.some((words) => share(words, said) >= enough);
  };
}

/**
 * A draft beside what was said: steps whose order is not the narration's, steps that nobody said, and
 * sentences that became no part of the text. Every sentence is either used or listed. Pure.
 */
export function narrationOf(sop: Sop, transcript: Transcript): Narration {
  const index = quoteIndex(transcript.cues);
  const { outOfOrder, places } = stepPlaces(sop, index);
  for (const { moment } of sop.exceptions) {
    const place = moment === null ? undefined : placeOfMoment(index, moment, 0);
    if (place !== undefined) places.push(place);
  }
  const covered = inTheText(sop);
  const unused = spokenIn(index)
    .filter(({ from, to }) => !places.some((place) => place.from < to && place.to > from))
    .filter((sentence) => !covered(sentence))
    .map(({ cue, startMs, text }) => ({ cue, startMs, text, kind: kindOfSentence(text) }));
  return { outOfOrder, unsaid: sop.steps.flatMap(({ id, moment }) => (moment === null ? [id] : [])), unused };
}
