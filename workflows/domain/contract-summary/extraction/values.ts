import { addDays, addMonths, type CivilDay } from '../civil-day.js';
import type { Candidate } from './candidates.js';
import { datesIn } from './dates.js';
import { durationsIn, type Duration } from './durations.js';
import { moneyIn, type Money } from './money.js';

/** What a passage says, in a form that code can count with. */
export type Value =
  | { is: 'date'; day: CivilDay }
  | { is: 'duration'; duration: Duration }
  | { is: 'renewal'; automatic: boolean; duration?: Duration }
  | { is: 'money'; money: Money }
  | { is: 'law'; of: string }
  | { is: 'perpetual' };

/** The first whole date of a sentence. A blank one before it means that the date was never filled in. */
export function dateValue(candidate: Candidate): Value | undefined {
  const day = (datesIn(candidate.sentence.text)[0] ?? datesIn(candidate.text)[0])?.day;
  return day === undefined ? undefined : { is: 'date', day };
}

/** The date from which a contract is in force: its own words, or the agreement's date that they point to. */
export function effectiveValue(candidate: Candidate, agreement: CivilDay | undefined): Value | undefined {
  const sentence = candidate.sentence.text;
  const day = datesIn(sentence)[0]?.day;
  if (day !== undefined) return { is: 'date', day };
  const points =
    /date hereof|first (?:above|set forth)|date of (?:this|execution)|upon (?:execution|signature|signing)/i;
  return points.test(sentence) && agreement !== undefined ? { is: 'date', day: agreement } : undefined;
}

/** `count` of a unit after a day. Business days are not counted here: no term is stated in them. */
export function after(day: CivilDay, { count, unit }: Duration): CivilDay | undefined {
  if (count > 3_000) return undefined;
  if (unit === 'days' || unit === 'weeks') return addDays(day, count * (unit === 'weeks' ? 7 : 1));
  return addMonths(day, count * (unit === 'years' ? 12 : 1)).day;
}

const untilWords = /(?:until|through|thru|to|expir\w{0,5}|ends?|ending|terminat\w{0,4}|extended)\b[^.;]{0,60}$/i;
const never = /perpet|indefinit|in force until terminated/i;

/** The end of the first term: a date that is stated, or the beginning and a length of time. */
export function expirationValue(candidate: Candidate, begins: CivilDay | undefined): Value | undefined {
  const sentence = candidate.sentence.text;
  const dates = datesIn(sentence);
  const stated = dates.findLast(
    ({ from, day }) => day !== undefined && untilWords.test(sentence.slice(Math.max(0, from - 80), from)),
  );
  if (stated?.day !== undefined) return { is: 'date', day: stated.day };
  const length = durationsIn(sentence).find(
    ({ from, to, duration }) =>
      duration.unit !== 'days' &&
      !/notice|renew|prior|additional|successive/i.test(
        sentence.slice(Math.max(0, from - 40), from) + sentence.slice(to, to + 25),
      ),
  );
  if (length !== undefined) {
    const from = dates.find(({ day }) => day !== undefined)?.day ?? begins;
    const day = from === undefined ? undefined : after(from, length.duration);
    return day === undefined ? undefined : { is: 'date', day };
  }
  return never.test(sentence) ? { is: 'perpetual' } : undefined;
}

/** The length of time nearest to words of notice, in a passage about not renewing. */
export function noticeValue(candidate: Candidate): Value | undefined {
  for (const words of [candidate.sentence.text, candidate.text]) {
    const rated = durationsIn(words)
      .map((mention) => {
        const before = words.slice(Math.max(0, mention.from - 60), mention.from);
        const behind = words.slice(mention.to, mention.to + 80);
        const near =
          (/^['\u2019]?\s{0,9}(?:prior|advance|before|written|notice)/i.test(behind) ? 3 : 0) +
          (/prior|before|notice/i.test(behind) ? 1 : 0) +
          (/(?:at least|less than|later than|than|upon|notice|given|provides?|giving)\s{0,9}$/i.test(before) ? 2 : 0) -
          (/^[\s)]{0,4}(?:periods?|terms?)\b/i.test(behind) ? 4 : 0) -
          (/(?:successive|additional|term of|period of|for)\s{1,9}(?:[a-z]{1,10}\s)?$/i.test(before) ? 3 : 0) -
          (mention.duration.unit === 'years' ? 2 : 0);
        return { ...mention, near };
      })
      .filter(({ near }) => near > 0)
      .sort((a, b) => b.near - a.near || a.from - b.from);
    const [best] = rated;
    if (best !== undefined) return { is: 'duration', duration: best.duration };
  }
  return undefined;
}

/** Whether a contract renews itself, and for how long each time. */
export function renewalValue(candidate: Candidate): Value {
  const sentence = candidate.sentence.text;
  const automatic = /automatic|shall (?:be )?(?:renew|continue)|will (?:be )?renew|month[- ]to[- ]month/i.test(
    sentence,
  );
  const from = sentence.search(/renew|exten[ds]|successive|additional|thereafter/i);
  const found = durationsIn(sentence);
  const duration = (found.find((one) => one.from > from) ?? found[0])?.duration;
  return duration === undefined ? { is: 'renewal', automatic } : { is: 'renewal', automatic, duration };
}

/** The first sum in a sentence about liability. A cap by a formula has none. */
export function capValue(candidate: Candidate): Value | undefined {
  const money = moneyIn(candidate.sentence.text)[0]?.money;
  return money === undefined ? undefined : { is: 'money', money };
}

const law =
  /\blaws?\s{1,9}(?:of|in)\s{1,9}(?:the\s{1,9})?(?:(?:state|commonwealth|province|republic|kingdom)\s{1,9}of\s{1,9})?((?:[A-Z][\p{L}.']{1,20}|of|and|the)(?:[\s]{1,9}(?:[A-Z][\p{L}.']{1,20}|of|and|the)){0,4})/iu;

/** The state or country whose law is to be applied, as the document writes it. */
export function lawValue(candidate: Candidate): Value | undefined {
  const sentence = candidate.sentence.text;
  const words = law.exec(sentence)?.[1]?.split(/\s+/) ?? [];
  const name: string[] = [];
  for (const word of words) {
    if (!/^\p{Lu}/u.test(word) && !/^(?:of|and|the)$/.test(word)) break;
    name.push(word);
    if (/[^.]{3}\.$/.test(word)) break;
  }
  while (/^(?:of|and|the)$/i.test(name.at(-1) ?? '')) name.pop();
  const of = name.join(' ').replace(/[.,;]$/, '');
  return of === '' ? undefined : { is: 'law', of };
}
