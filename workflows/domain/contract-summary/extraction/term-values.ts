import { addDays, addMonths, type CivilDay } from '../civil-day.js';
import type { Candidate } from './candidates.js';
import { datesIn } from './dates.js';
import { anniversariesIn, durationsIn, type Duration } from './durations.js';
import type { Reading } from './values.js';

const dated = (day: CivilDay, firm: boolean): Reading => ({ value: { is: 'date', day }, firm });

/** The words before and after a mention, no further than its own clause. */
function around(words: string, { from, to }: { from: number; to: number }, reach: number) {
  const before = words.slice(Math.max(0, from - reach), from);
  return {
    before: before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf('. ')) + 1),
    after: /^[^;]{0,200}?(?=;|\.\s|$)/s.exec(words.slice(to, to + reach))?.[0] ?? '',
  };
}

const made = /(?:dated?|made|entered|signed|executed|concluded|as of|effective|this|on)\b[^;]{0,40}$/i;
const ofAnother =
  /(?:certain|that|the|original|previous|existing)\s[^.;]{0,60}(?:agreement|contract|plan)\b[^.;]{0,80}$/i;

/** The date that a contract bears. A blank one before it means that the date was never filled in. */
export function agreementReading({ sentence, text }: Candidate): Reading | undefined {
  const own = datesIn(sentence.text);
  const firm = own.find((one) => {
    const { before } = around(sentence.text, one, 120);
    return one.day !== undefined && made.test(before) && !ofAnother.test(before);
  });
  const first = own[0] ?? datesIn(text)[0];
  if (first?.day !== undefined) return dated(first.day, first === firm || firm === undefined);
  return undefined;
}

const comesIntoForce =
  /(?:effective|commenc\w{0,6}|beg[iu]n\w{0,5}|starts?|starting|in(?:to)? (?:force|effect)|from)\b(?!\s{1,9}date[^.;]{0,20}(?:defined|below))(?:"|\u201d|\s|date|means?|shall|will|mean|be|is|as|of|on|from|the|and|with|this|agreement|addendum|for|under|maintenance|has|been|:|,|-){0,30}$/i;
const calledEffective =
  /^[^.;]{0,25}\(?[^.;\w]{0,4}(?:the|as|hereinafter)?[^.;\w]{0,4}(?:effective|commencement|start) date/i;
const pointsBack =
  /date hereof|(?:date|day)[^.;]{0,30}first[^.;]{0,20}(?:above|set forth|written)|date (?:set forth |written )?above|date of (?:(?:its|the) )?(?:this|agreement|contract|execution|signature|signing)|(?:up)?on (?:its |the )?(?:execution|signature|signing)|signatures and seals|when signed/i;

/** The date from which a contract is in force: its own words, or the agreement's date that they point to. */
export function effectiveReading(candidate: Candidate, agreement: CivilDay | undefined): Reading | undefined {
  const sentence = candidate.sentence.text;
  const dates = datesIn(sentence);
  const tied = dates.find((one) => {
    const { before, after } = around(sentence, one, 80);
    return one.day !== undefined && (comesIntoForce.test(before) || calledEffective.test(after));
  });
  if (tied?.day !== undefined) return dated(tied.day, true);
  if (pointsBack.test(sentence) && agreement !== undefined) return dated(agreement, false);
  const day = dates[0]?.day;
  return day === undefined ? undefined : dated(day, false);
}

/** `count` of a unit after a day. Business days are not counted here: no term is stated in them. */
export function after(day: CivilDay, { count, unit }: Duration): CivilDay | undefined {
  if (count > 3_000) return undefined;
  if (unit === 'days' || unit === 'weeks') return addDays(day, count * (unit === 'weeks' ? 7 : 1));
  return addMonths(day, count * (unit === 'years' ? 12 : 1)).day;
}

const until =
  /(?:\b(?:until|through|thru|expir\w{0,5}|ends?|ending|terminat\w{0,4}|later than|extended|beyond)\b[^.;]{0,120}|\bto(?:\s{1,9}and including)?(?:\s{1,9}the)?\s{1,9})$/i;
const notTheEnd = /(?:commenc|beg[iu]n|start|effective|dated|notice|prior to|before|elect|option)[^.;]{0,50}$/i;
const begins = /(?:commenc\w{0,6}|beg[iu]n\w{0,5}|start\w{0,3}|from|effective|as of|after|following)\b[^.;]{0,40}$/i;
const otherLength =
  /(?:renew\w{0,4}|additional|successive|further|consecutive|subsequent|extend\w{0,3}|extension|notice|least|less than|within|prior|each|every|last)\b[^.;]{0,25}$/i;
const otherLengthBehind =
  /^[\s)]{0,4}(?:['\u2019]|prior|(?:advance |written )?notice|written|renewal|before|in advance)/i;
const fromTheSigning =
  /^[^.;]{0,40}(?:from|after|following|of|on|as of)\s[^.;]{0,20}(?:date hereof|date of (?:this|the agreement|execution|signature|signing)|first (?:above|set forth|written)|execution|signing|signature)/i;
const never =
  /perpet|indefinit|in force until terminated|(?:continue|remain)[^.;]{0,80}until[^.;]{0,50}(?:terminated|cancell?ed|notice)/i;

const definesADay =
  /^[^.;]{0,40}\b(?:date|day|end)(?: of [a-z ]{1,20})?["\u201d]?(?:\s{1,9}(?:means|shall mean|is|shall be)\b|:)/i;

/** Days from which lengths of time are counted. */
export type Beginning = { agreement: CivilDay | undefined; effective: CivilDay | undefined };

/** The end of the first term: a date that is stated, or the beginning and a length of time. */
export function expirationReading(candidate: Candidate, { agreement, effective }: Beginning): Reading | undefined {
  const sentence = candidate.sentence.text;
  const dates = datesIn(sentence);
  const ends = dates.filter((one) => until.test(around(sentence, one, 140).before));
  const end = ends.find(
    (one) =>
      !notTheEnd.test(around(sentence, one, 60).before.replace(/^.*\b(?=until|through|expir|end|terminat)/is, '')),
  );
  if (end !== undefined) return end.day === undefined ? undefined : dated(end.day, true);
  const length = [...durationsIn(sentence), ...anniversariesIn(sentence)]
    .sort((a, b) => a.from - b.from)
    .find((one) => {
      const { before, after: behind } = around(sentence, one, 60);
      if (otherLength.test(before) || otherLengthBehind.test(behind)) return false;
      return one.duration.unit !== 'days' || /(?:term|period) of\s{1,9}$/i.test(before);
    });
  if (length !== undefined) {
    const own = dates.find((one) => one.day !== undefined && begins.test(around(sentence, one, 60).before))?.day;
    const signed = fromTheSigning.test(around(sentence, length, 80).after) ? agreement : undefined;
    const from = own ?? signed ?? effective ?? agreement;
    const day = from === undefined ? undefined : after(from, length.duration);
    return day === undefined ? undefined : dated(day, true);
  }
  const [only, another] = dates;
  if (only?.day !== undefined && another === undefined && definesADay.test(sentence)) return dated(only.day, false);
  return never.test(sentence) ? { value: { is: 'perpetual' }, firm: false } : undefined;
}
