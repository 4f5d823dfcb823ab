import type { Duration } from './extraction/durations.js';
import type { Extraction, FieldFinding, Passage } from './extraction/extract.js';
import type { FieldName } from './extraction/fields.js';
import { partiesIn } from './extraction/parties.js';
import type { Value } from './extraction/values.js';
import { addDays } from './civil-day.js';
import { datesIn } from './extraction/dates.js';
import { fits, type FieldKey } from './schema.js';
import type { ContractValue, Span } from './values.js';

/** One place where the rules read a point, with the value that they make of it. */
export type Reading = {
  value: ContractValue | null;
  place: { from: number; to: number };
  /** How much it looks like the clause, 0 to 1. */
  score: number;
};

/** What the rules found of a point: sure, possible, or nothing; best place first. */
export type Read = { presence: FieldFinding['presence']; readings: Reading[]; searched: FieldFinding['searched'] };

const clauseOf: Record<FieldKey, FieldName> = {
  parties: 'parties',
  effectiveDate: 'effectiveDate',
  term: 'expiration',
  renewalDate: 'expiration',
  renewal: 'renewal',
  noticeWindow: 'noticeWindow',
  liabilityCap: 'liabilityCap',
  termination: 'terminationForConvenience',
  dataProcessing: 'dataProcessing',
  governingLaw: 'governingLaw',
};

const spanOf = ({ count, unit }: Duration): Span => ({ count, unit });

function windowOf({ count, unit, kind }: Duration): ContractValue {
  const counted = unit === 'days' ? (kind === 'business' ? 'business-days' : 'calendar-days') : unit;
  return { is: 'window', count, unit: counted, strictly: false };
}

/** A clause in its own words, on one line, as the summary gives it where no figure can. */
function inItsWords(passage: Passage): ContractValue | null {
  const words = passage.sentence.text.replace(/\s+/g, ' ').trim();
  if (words === '') return null;
  return { is: 'words', text: words.length <= 400 ? words : `${words.slice(0, 399)}…` };
}

/** A day that is not written there was counted from a beginning: the term's last day is the one before it. */
function lastDay(passage: Passage, day: string): string {
  return datesIn(passage.text).some((date) => date.day === day) ? day : addDays(day, -1);
}

/** Only what fits the summary: a name of a page's length is no name. */
function fitting(field: FieldKey, value: ContractValue | null): ContractValue | null {
  return value !== null && fits(field, value) ? value : null;
}

function valueOf(field: FieldKey, passage: Passage): ContractValue | null {
  const { value } = passage;
  const of = (found: Value | undefined): ContractValue | null => {
    switch (found?.is) {
      case 'date':
        if (field === 'term') return { is: 'term', length: null, ends: lastDay(passage, found.day) };
        if (field === 'renewalDate')
          return { is: 'renewal-day', day: lastDay(passage, found.day), anchor: 'end-of-term' };
        return { is: 'date', day: found.day };
      case 'perpetual':
        return { is: 'perpetual' };
      case 'duration':
        return windowOf(found.duration);
      case 'renewal':
        return {
          is: 'renewal',
          automatic: found.automatic,
          each: found.duration === undefined ? null : spanOf(found.duration),
        };
      case 'money':
        return { is: 'money', ...found.money };
      case 'law':
        return { is: 'words', text: found.of };
      case undefined:
        return null;
    }
  };
  if (field === 'parties') {
    const names = partiesIn(passage.text);
    return names.length === 0 ? null : { is: 'parties', names };
  }
  if (field === 'termination' || field === 'dataProcessing') return inItsWords(passage);
  return of(value) ?? (field === 'liabilityCap' || field === 'governingLaw' ? inItsWords(passage) : null);
}

/** What the rules read of one point of a document. */
export function readingOf(extraction: Extraction, field: FieldKey): Read {
  const { presence, passages, searched } = extraction[clauseOf[field]];
  const readings = passages.map((passage) => ({
    value: fitting(field, valueOf(field, passage)),
    place: { from: passage.sentence.start, to: passage.sentence.end },
    score: passage.score,
  }));
  return { presence, readings, searched };
}

/** Two values that say the same, however they are written. */
export function saysTheSame(one: ContractValue | null, other: ContractValue | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.is === 'words' || other.is === 'words' || one.is === 'parties' || other.is === 'parties') return true;
  if (one.is === 'term' && other.is === 'term')
    return one.ends === other.ends || one.ends === null || other.ends === null;
  if (one.is === 'renewal' && other.is === 'renewal')
    return (
      one.automatic === other.automatic && (one.each === null || other.each === null || sameSpan(one.each, other.each))
    );
  return JSON.stringify(one) === JSON.stringify(other);
}

function sameSpan(one: Span, other: Span): boolean {
  const months = ({ count, unit }: Span) => (unit === 'years' ? 12 * count : unit === 'months' ? count : null);
  const [a, b] = [months(one), months(other)];
  return a !== null && b !== null ? a === b : one.count === other.count && one.unit === other.unit;
}
