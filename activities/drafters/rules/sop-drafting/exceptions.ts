import { actionOf, sentenceCase, withoutLeaders } from './action.js';

export type Exceptional = {
  when: string;
  then: string;
  /** What of the sentence is an ordinary step all the same. */
  step: string | null;
};

const showing = /^if (?:you|we|i) (?:just )?(?:look|see|scroll|click|go|hover|open|come|want|like|remember|notice)\b/i;
const condition =
  /^(?:if|unless|in case|in the case that|except (?:if|when|for)|whenever|when (?:it|that|this|they|there)(?:'s| is| are)?(?: not|n't| doesn't| does not| isn't| aren't| fails?| breaks?)|should (?:it|they|there))\b/i;
const nowAndThen =
  /^(?:sometimes|occasionally|every now and (?:then|again)|once in a while|every so often|rarely|from time to time|now and then|in (?:some|rare) cases|(?:some|a few) (?:people|vendors|customers|employees|contractors|suppliers|orders|requests))\b,?\s*/i;
const continuation =
  /^(?:in (?:that|this|those|such) cases?|when(?:ever)? (?:that|this|it) happens|if (?:that|this|it) happens|if so|if that's the case)\b,?\s*/i;

/** True of what happens now and then, whatever was decided. */
export function isNowAndThen(when: string): boolean {
  return nowAndThen.test(when);
}

/** What to do then, as an imperative where it is one. */
export function thenOf(text: string): string {
  const rest = withoutLeaders(text.replace(/^(?:then|just|so)\s+/i, ''));
  return actionOf(rest) ?? sentenceCase(rest);
}

/** Where a condition ends that has no comma: at the first "you can", "we have to" and the like after it. */
const noComma =
  /\s(?=(?:you|we|i|just|please)\s(?:can|could|need|have|should|must|will|want|just|ask|call|click|come|open|send|go|add|use|skip)\b)/gi;

function cut(text: string): { head: string; rest: string } {
  const comma = text.search(/,\s/);
  if (comma > 0) return { head: text.slice(0, comma), rest: text.slice(comma + 1).trim() };
  const then = text.search(/\sthen\s/i);
  if (then > 0) return { head: text.slice(0, then), rest: text.slice(then + 1) };
  // Not the person of the condition itself ("if you need to …").
  const turn = [...text.matchAll(noComma)].find((match) => match.index > 12);
  return turn === undefined
    ? { head: text, rest: '' }
    : { head: text.slice(0, turn.index), rest: text.slice(turn.index + 1) };
}

/** "After the fifth you need to ask": a case told without an "if", as it follows a "depends". */
export function caseOf(text: string): Exceptional | undefined {
  const plain = withoutLeaders(text.replace(/’/g, "'")).replace(/[.!]+$/, '');
  const turn = [...plain.matchAll(noComma)].find((match) => match.index > 4);
  if (turn === undefined) return undefined;
  return { when: sentenceCase(plain.slice(0, turn.index)), then: thenOf(plain.slice(turn.index + 1)), step: null };
}

function conditional(text: string): Exceptional {
  // "If hours are missing I come back to you, because …": the reason is no answer.
  const { head, rest } = cut(text.replace(/,?\s+(?:because|since)\s.*$/i, ''));
  const when = sentenceCase(head.replace(/^unless\b/i, 'If'));
  // "Unless X, do Y": Y is the ordinary way, and what to do about X was not said.
  if (/^unless\b/i.test(head) && rest !== '' && !/^then\b/i.test(rest)) return { when, then: '', step: rest };
  return { when, then: rest === '' ? '' : thenOf(rest), step: null };
}

/** Where what happens now and then ends and what to do about it begins. */
const consequence =
  /^(.{6,}?)(?:,?\s+and then\s+|[,;]\s+(?:(?:and )?in (?:that|which) case|so|then)\s+|;\s+|,\s+(?=just\s)|,?\s+and\s+(?=(?:you|we|i)\s(?:have|need|should|must|can|just)\b))(.{3,})$/i;

function occasional(opening: string, rest: string): Exceptional {
  const [, when, then] = consequence.exec(rest) ?? [];
  return when === undefined || then === undefined
    ? { when: sentenceCase(`${opening}${rest}`), then: '', step: null }
    : { when: sentenceCase(`${opening}${when}`), then: thenOf(then), step: null };
}

const seldom = '(sometimes|occasionally|rarely|every now and then|once in a while)';
const afterBut = new RegExp(String.raw`^(.{4,200}?),?\s+but\s+${seldom}\s+(.{4,})$`, 'i');
const ofSubject = new RegExp(
  String.raw`^((?:the|this|that|these|those|it|they|you|he|she|some|a|an)\b(?:\s[\p{L}\p{N}'-]{1,30}){0,5}?)\s${seldom}\s(.{4,})$`,
  'iu',
);

/** "The bank sometimes bounces it": the same, said in the middle of a sentence. */
function occasionalWithin(text: string): Exceptional | undefined {
  const [, main, word, rest] = afterBut.exec(text) ?? [];
  if (main !== undefined && word !== undefined && rest !== undefined)
    return { ...occasional(`${word} `, rest), step: actionOf(main) === undefined ? null : main };
  const [, subject, often, verb] = ofSubject.exec(text) ?? [];
  if (subject === undefined || often === undefined || verb === undefined) return undefined;
  const start = subject.charAt(0).toLowerCase() + subject.slice(1);
  return occasional(`${often} `, `${start} ${verb}`);
}

/** "…, in which case you ask Dana": what to do then, told within the condition. */
const inWhichCase = /,?\s+(?:in which case|and (?:then|in that case))\s+/i;

/** The exception that a sentence tells, or `undefined`. "If you look here" tells none. */
export function exceptionOf(sentence: string): Exceptional | undefined {
  const text = withoutLeaders(sentence.replace(/’/g, "'")).replace(/[.!]+$/, '');
  if (text.endsWith('?')) return undefined;
  if (condition.test(text)) return showing.test(text) ? undefined : conditional(text);
  const opening = nowAndThen.exec(text)?.[0];
  if (opening !== undefined) return occasional(opening, text.slice(opening.length));
  const within = occasionalWithin(text);
  if (within !== undefined) return within;
  const late = /^(.{6,}?),?\s+(if|unless|except (?:if|when))\s+(.{4,})$/i.exec(text);
  const [, main, word, clause] = late ?? [];
  if (
    main === undefined ||
    word === undefined ||
    clause === undefined ||
    /\b(?:see|check|ask|know|asking|wonder|whether|as|even)$/i.test(main)
  )
    return undefined;
  // "Save it, and if it is there, call Dana": an ordinary act, and then a case of its own.
  const joined = /^(.{4,}?),?\s+(?:and|but|or|so)$/i.exec(main)?.[1];
  if (joined !== undefined) return { ...conditional(`${word} ${clause}`), step: joined };
  const action = actionOf(main);
  if (action === undefined) return undefined;
  const [held = clause, instead = ''] = clause.split(inWhichCase, 2);
  const when = sentenceCase(`If ${held}`);
  if (instead !== '') return { when, then: thenOf(instead), step: main };
  return word.toLowerCase() === 'if' ? { when, then: action, step: null } : { when, then: '', step: main };
}

/** What a following sentence says to do in the case just told, or `undefined`. */
export function continuedBy(sentence: string): string | undefined {
  const text = withoutLeaders(sentence.replace(/’/g, "'"));
  const match = continuation.exec(text);
  return match ? thenOf(text.slice(match[0].length)) : undefined;
}

/** "What if there is no receipt?" as the condition of an exception. */
export function whatIf(sentence: string): string | undefined {
  const match = /^what (?:happens )?if\s+(.{4,})\?$/i.exec(withoutLeaders(sentence.replace(/’/g, "'")));
  return match?.[1] === undefined ? undefined : sentenceCase(`If ${match[1]}`);
}

/** "Then you ask the manager": what to do, told in the sentence right after a case that left it open. */
export function goingOnOf(sentence: string): string | undefined {
  const rest = /^then\s+((?:you|we|i)\s.{4,})$/i.exec(sentence.replace(/’/g, "'"))?.[1];
  return rest === undefined ? undefined : thenOf(rest.replace(/[.!]+$/, ''));
}
