import { letterByRules, subjectLine } from './from-rules.js';
import { letterSchema, type Letter, type LetterCandidate, type LetterFacts } from './schema.js';

/** A drafter's paragraphs around which code sets everything else. Nobody is guessed: no address, no signatory. */
export function assembleLetter(facts: LetterFacts, organisation: string, { paragraphs }: LetterCandidate): Letter {
  return letterSchema.parse({
    facts,
    sender: organisation.trim().slice(0, 200),
    addressee: facts.vendor === '' ? [] : [facts.vendor],
    day: facts.writtenOn,
    subject: subjectLine(facts),
    paragraphs,
    wordsBy: 'drafter',
    signatory: '',
  });
}

/** What the rules redraft from: their own text on today's facts, or a person's words as they stand. */
export function rulesAgain(previous: Letter, facts: LetterFacts): LetterCandidate {
  return previous.wordsBy === 'person'
    ? { paragraphs: previous.paragraphs.slice(0, 8) }
    : letterByRules(facts, facts.writtenOn);
}

/** The part that changes can be asked of: the rest is set by people and by code. */
export const letterParts: readonly string[] = ['paragraphs'];

/** A redraft on top of the version before it: what a person wrote stays; only the facts and the day are today's. */
export function mergeLetter(previous: Letter, drafted: Letter, about: readonly string[] | null): Letter {
  const asked = about === null || about.includes('paragraphs');
  const kept = previous.wordsBy === 'person' || !asked;
  return letterSchema.parse({
    ...previous,
    facts: drafted.facts,
    day: previous.day > drafted.day ? previous.day : drafted.day,
    ...(kept ? {} : { paragraphs: drafted.paragraphs, wordsBy: 'drafter' }),
  });
}
