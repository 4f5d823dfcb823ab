import { sentenceCase, withoutLeaders } from './action.js';

const idle =
  /\b(?:can you (?:see|hear)|my screen|any questions|make sense|where was i|what else|are you sure|what if|recording|you know what|got it|sound good|why (?:do|is|are|does)|how (?:are|is) (?:you|it))\b/i;
const asks =
  /^(?:is|are|does|do|did|has|have|was|were|will|which|who|whose|should|what|how (?:much|many|long|old)|where|when)\b/i;
const chosen =
  /\b(?:that's the question|you have to (?:ask|decide|choose)|we have to decide|judg(?:e|ment) call|up to you|depends? on)\b/i;
const depends = /\b(?:it |that |this )?(?:all )?depends? on\s+(.{4,}?)(?:,|\.|$)/i;

/** A question at which the person doing the work must choose, or `undefined`. `follows` are the next sentences. */
export function questionOf(sentence: string, follows: readonly string[]): string | undefined {
  const text = withoutLeaders(sentence.replace(/’/g, "'"));
  if (!text.endsWith('?') || text.split(/\s+/).length < 4 || idle.test(text) || !asks.test(text)) return undefined;
  const answered = follows.some((next) => chosen.test(next) || /^(?:so |and |but |well )?(?:if|unless)\b/i.test(next));
  return answered ? `${sentenceCase(text.slice(0, -1))}?` : undefined;
}

/** "It depends on whether …" as a question, and what the sentence goes on to say. */
export function dependenceOf(sentence: string): { question: string; rest: string } | undefined {
  const text = sentence.replace(/’/g, "'");
  const match = depends.exec(text);
  if (match?.[1] === undefined || text.endsWith('?')) return undefined;
  const rest = text.slice(match.index + match[0].length).trim();
  return { question: `Depends on ${match[1].trim()}: which is it?`, rest };
}
