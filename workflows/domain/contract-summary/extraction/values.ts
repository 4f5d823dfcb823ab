import type { CivilDay } from '../civil-day.js';
import type { Candidate } from './candidates.js';
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

/** A value, and whether the words say it outright rather than may mean it. */
export type Reading = { value: Value; firm: boolean };

const rightBehind = /^['\u2019]?\s{0,9}(?:prior|advance|before|written|notice)/i;
const rightBefore =
  /(?:at least|less than|fewer than|later than|minimum of|than|upon|notice|given|provides?|giving|within|unless)\s{0,9}(?:an?\s)?(?:period of\s)?$/i;
const aTerm =
  /(?:successive|additional|consecutive|further|term of|for|each|every|first|by)\s{1,9}(?:an?\s)?(?:[a-z]{1,12}\s)?$/i;
const ofTheEnd =
  /(?:not (?:to )?(?:renew|extend|continue)|non-?renew|(?:expir|end|anniversary|conclusion|termination)\w{0,6} (?:date )?of|then[- ]current|renew|expir|anniversary)/i;
const ofAnotherNotice =
  /breach|default|cure|insolv|bankrupt|convenience|invoice|payment|audit|force majeure|price|fee/i;

/** The length of time of a notice, in a passage about not renewing; that of another notice beside it counts less. */
export function noticeReading(candidate: Candidate): Reading | undefined {
  for (const words of [candidate.sentence.text, candidate.text]) {
    const rated = durationsIn(words)
      .map((mention) => {
        const before = words.slice(Math.max(0, mention.from - 60), mention.from);
        const behind = words.slice(mention.to, mention.to + 80);
        const wide = words.slice(Math.max(0, mention.from - 160), mention.to + 120);
        const near =
          (rightBehind.test(behind) ? 3 : 0) +
          (/prior|before|notice/i.test(behind) ? 1 : 0) +
          (rightBefore.test(before) ? 2 : 0) -
          (/^[\s)]{0,4}(?:periods?|terms?)\b/i.test(behind) ? 4 : 0) -
          (aTerm.test(before) ? 3 : 0) -
          (mention.duration.unit === 'years' ? 2 : 0);
        return { ...mention, near, fits: near + (ofTheEnd.test(wide) ? 2 : 0) - (ofAnotherNotice.test(wide) ? 2 : 0) };
      })
      .filter(({ near }) => near > 0)
      .sort((a, b) => b.fits - a.fits || a.from - b.from);
    const [best] = rated;
    if (best !== undefined) return { value: { is: 'duration', duration: best.duration }, firm: best.fits > 2 };
  }
  return undefined;
}

/** Whether a contract renews itself, and for how long each time. */
export function renewalReading(candidate: Candidate): Reading {
  const sentence = candidate.sentence.text;
  const automatic = /automatic|shall (?:be )?(?:renew|continue)|will (?:be )?renew|month[- ]to[- ]month/i.test(
    sentence,
  );
  const from = sentence.search(/renew|exten[ds]|successive|additional|thereafter/i);
  const found = durationsIn(sentence);
  const duration = (found.find((one) => one.from > from) ?? found[0])?.duration;
  const value: Value = duration === undefined ? { is: 'renewal', automatic } : { is: 'renewal', automatic, duration };
  return { value, firm: true };
}

/** The first sum in a sentence about liability. A cap by a formula has none. */
export function capReading(candidate: Candidate): Reading | undefined {
  const money = moneyIn(candidate.sentence.text)[0]?.money;
  return money === undefined ? undefined : { value: { is: 'money', money }, firm: true };
}

const law =
  /\blaws?\s{1,9}(?:of|in)\s{1,9}(?:the\s{1,9})?(?:(?:state|commonwealth|province|republic|kingdom)\s{1,9}of\s{1,9})?((?:[A-Z][\p{L}.']{1,20}|of|and|the)(?:[\s]{1,9}(?:[A-Z][\p{L}.']{1,20}|of|and|the)){0,4})/iu;

/** The state or country whose law is to be applied, as the document writes it. */
export function lawReading(candidate: Candidate): Reading | undefined {
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
  return of === '' ? undefined : { value: { is: 'law', of }, firm: true };
}
