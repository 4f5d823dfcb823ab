import { valueDigest } from '../canonical.js';
import type { CivilDay } from '../contract-summary/civil-day.js';
import { datesIn } from '../contract-summary/extraction/dates.js';
import type { PlacedQuote } from '../contract-summary/schema.js';
import { dayInWords } from '../contract-summary/civil-day.js';
import type { Requirement } from '../manifest.js';
import { negotiationWords } from './negotiation.js';
import { endDay, isLate, type Letter } from './schema.js';

const short = (text: string, most: number) => {
  const words = text.replace(/\s+/g, ' ').trim();
  return words.length <= most ? words : `${words.slice(0, most - 1)}…`;
};
const quoted = ({ text, page }: PlacedQuote, most: number) => `“${short(text, most)}” (page ${String(page)})`;

function one(key: string, kind: 'confirm' | 'impossible', label: string, value: unknown): Requirement {
  return { key: `letter:${key}`, kind, label: short(label, 500), valueDigest: valueDigest({ [key]: value }) };
}

function written({ sender, addressee, signatory }: Letter): Requirement[] {
  const missing: Requirement[] = [];
  if (addressee.length === 0)
    missing.push(
      one('addressee', 'impossible', 'The letter is addressed to nobody. Write the vendor’s name and address.', ''),
    );
  if (sender === '')
    missing.push(
      one('sender', 'impossible', 'The letter does not say whom it comes from. Write the organisation’s name.', ''),
    );
  if (signatory === '')
    missing.push(
      one('signatory', 'impossible', 'Nobody signs the letter. Write who signs it, as the name shall stand there.', ''),
    );
  return missing;
}

function late(letter: Letter): Requirement[] {
  const { lastSafe, termEnds } = letter.facts;
  if (lastSafe === null || !isLate(letter)) return [];
  const term = termEnds === null ? 'this term' : `the term that ends on ${dayInWords(termEnds)}`;
  const label = `TOO LATE for ${term}: the last safe day was ${dayInWords(lastSafe.day)}, and the letter is dated ${dayInWords(letter.day)}. The contract may renew all the same. Confirm that it goes out nevertheless.`;
  return [one('late', 'confirm', label, { last: lastSafe.day, day: letter.day, termEnds })];
}

function byWhen({ facts }: Letter): Requirement {
  const { lastSafe, noticeClause, kind, termEnds } = facts;
  const ends = endDay(facts);
  const clause = noticeClause === null ? '' : ` The contract says ${quoted(noticeClause, 240)}.`;
  const said = (): string => {
    if (lastSafe !== null) {
      const term = termEnds === null ? '' : `, for the term that ends on ${dayInWords(termEnds)}`;
      return `It must be given by ${dayInWords(lastSafe.day)}${term}. Confirm that date against the contract.${clause}`;
    }
    if (kind === 'termination')
      return `Confirm the date by which it must be given${ends === null ? '' : ` for the contract to end on ${dayInWords(ends)}`}: code does not count it for a termination.${clause === '' ? ' The approved summary quotes no clause on termination.' : clause}`;
    return `Confirm the date by which it must be given: the approved summary gives none.${clause}`;
  };
  const value = { last: lastSafe?.day ?? null, ends, clause: noticeClause?.text ?? null };
  return one('by', 'confirm', said(), value);
}

function manner({ facts }: Letter): Requirement {
  const { manner: found } = facts;
  const says =
    found.length === 0
      ? 'No sentence on it was found in the contract by rule, so look yourself.'
      : `The contract says ${found.map((quote) => quoted(quote, 170)).join(' and ')}.`;
  const label = `Check how notice must be given: by post or e-mail, and to which address. ${says}`;
  return one(
    'manner',
    'confirm',
    label,
    found.map(({ text }) => text),
  );
}

/** Every text that a person or a model can put words into. */
const wordsOf = ({ sender, addressee, subject, paragraphs, signatory }: Letter) => [
  subject,
  ...paragraphs,
  ...addressee,
  sender,
  signatory,
];

function negotiates(letter: Letter): Requirement[] {
  const { vendor, contract } = letter.facts;
  // A name is a name: “Better Deal Ltd” offers nothing by being called so.
  const names = [contract.title, vendor].filter((name) => name !== '');
  const texts = wordsOf(letter).map((text) => names.reduce((left, name) => left.replaceAll(name, ' '), text));
  const found = negotiationWords(texts);
  if (found.length === 0) return [];
  const label = `These words sound like an offer, a condition, a threat or a reason: ${short(found.map((words) => `“${words}”`).join(', '), 260)}. A notice has none, and negotiating is for people. Take them out, or confirm that they stand.`;
  return [one('words', 'confirm', label, { found, paragraphs: letter.paragraphs, subject: letter.subject })];
}

/** Days that the letter names and code does not know, and the day of the end where the letter leaves it out. */
function days(letter: Letter): Requirement[] {
  const { facts, paragraphs } = letter;
  const ends = endDay(facts);
  const named = datesIn(paragraphs.join('\n')).flatMap(({ day }) => (day === undefined ? [] : [day]));
  const known = new Set<CivilDay | null>([
    ends,
    facts.termEnds,
    facts.effective,
    facts.lastSafe?.day ?? null,
    letter.day,
  ]);
  const strange = [...new Set(named)].filter((day) => !known.has(day));
  const absent = ends !== null && !named.includes(ends);
  if (strange.length === 0 && !absent) return [];
  const label = [
    ...(absent ? [`The letter does not say that the contract ends on ${dayInWords(ends)}.`] : []),
    ...(strange.length > 0
      ? [`It names ${strange.slice(0, 4).map(dayInWords).join(', ')}, which is not in the approved summary.`]
      : []),
    'Correct it, or confirm that it is right.',
  ].join(' ');
  return [one('days', 'confirm', label, { ends, strange, absent })];
}

/**
 * What must be met before a person may approve a notice: somebody to send it and somebody to sign it, the date and the
 * way of giving notice checked by a person, and every word that negotiates taken out or answered for.
 */
export function letterRequirements(letter: Letter): Requirement[] {
  return [...late(letter), ...written(letter), byWhen(letter), manner(letter), ...negotiates(letter), ...days(letter)];
}
