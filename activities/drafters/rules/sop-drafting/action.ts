import { baseOfGerund, workVerbs } from './words.js';

const leader =
  /^(?:okay|ok|so|and|but|now|then|right|all ?right|well|um+|uh+|er|oh|yeah|yes|yep|first(?: of all| thing)?|firstly|second(?:ly)?|third(?:ly)?|next|finally|lastly|also|again|after that|afterwards|from (?:here|there)|at this point|at the end|once (?:that's|that is|it's|you're|you are) (?:done|there|in|open)|basically|actually|just|simply|otherwise|please|go ahead and|of course|obviously|here|there|as always|as usual|let me see|let's see|what (?:you|we|i) do(?: (?:here|next|now))? is|the (?:first|second|third|next|last) (?:thing|step)(?: (?:is|you do is|is to))?|step (?:\d+|one|two|three|four|five))\b[,.:]?\s+/i;

/** A clause without the words with which people begin to speak. */
export function withoutLeaders(text: string): string {
  let rest = text.trim();
  for (let n = 0; n < 8; n += 1) {
    const shorter = rest.replace(leader, '');
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest;
}

const subject = /^(?:you|we|i|let's|let us)(?:'ll|'re|'m|'d|'ve| will| would| are| am)?\s+/i;
const modal =
  /^(?:just|then|also|always|usually|simply|now|first|first of all|go ahead and|have to|need to|want to|like to|should|must|can|could|going to|gonna|got to|gotta|ought to|are going to|want you to|do want to|only|quickly|manually|come in and|go and|go in and)\s+/i;

/** Said to the one who watches, not to the one who will do the work. */
const toTheViewer =
  /^(?:hold on|wait (?:a|one) (?:second|sec|minute|moment)|go on\b|move on\b|tell you|show you|start (?:recording|over|with)|stop (?:sharing|recording)|share (?:my|the) screen|look,|test(?:ing)? (?:one|the mic)|go (?:over|through)\b|follow (?:me|along)|pause (?:here|the recording|for a)|repeat (?:that|myself)|mention|hit record|record(?:ing)? (?:this|it|that)\b|stop (?:here|there)\b|start to finish\b|take this (?:one\b|over\b)|turn (?:off|on) my)/i;

function firstWord(text: string): string {
  return (/^[\p{L}-]+/u.exec(text)?.[0] ?? '').toLowerCase();
}

/** From the speaker's point of view to the reader's. */
function addressed(text: string): string {
  return text
    .replace(/\bI'm\b/g, 'you are')
    .replace(/\bI've\b/g, 'you have')
    .replace(/\bI'll\b/g, 'you will')
    .replace(/\bI\b/g, 'you')
    .replace(/\bmy\b/g, 'your');
}

/** A sentence's first letter large, no full stop at its end. */
export function sentenceCase(text: string): string {
  const plain = text.trim().replace(/[\s.,;:]+$/, '');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/**
 * The action of a clause as an imperative ("so then we click on Save" gives "Click on Save"), or
 * `undefined` where it tells nobody to do anything.
 */
export function actionOf(clause: string): string | undefined {
  const bare = withoutLeaders(clause.replace(/’/g, "'"));
  if (/^(?:make sure|be sure|remember to|don't forget to)\b/i.test(bare)) return sentenceCase(addressed(bare));
  let rest = bare.replace(subject, '');
  const spoken = rest !== bare;
  for (let n = 0; n < 6; n += 1) rest = withoutLeaders(rest.replace(modal, ''));
  if (toTheViewer.test(rest)) return undefined;
  const word = firstWord(rest);
  const base = workVerbs.has(word) ? word : spoken ? baseOfGerund.get(word) : undefined;
  const after = rest.slice(word.length);
  // "order number", "email bounces": a noun, not the verb. "Start." alone says too little.
  if (base === undefined || !/^\s+\S/.test(after) || /^\s+(?:is|are|was|has|bounces?|goes|comes|number)\b/i.test(after))
    return undefined;
  return sentenceCase(addressed(`${base}${after}`.replace(/,?\s+(?:because|'cause|since)\s.*$/i, '')));
}

const prohibition = /^(?:(?:you|we)\s+)?(?:don't|do not|never)\s+/i;

/** "Don't write just approved": not a step of its own, but part of the one before. */
export function prohibitionOf(clause: string): string | undefined {
  const bare = withoutLeaders(clause.replace(/’/g, "'"));
  if (
    !prohibition.test(bare) ||
    /^(?:you |we )?(?:don't|do not) (?:have|need|worry|know|want|think|care)\b/i.test(bare)
  )
    return undefined;
  return sentenceCase(addressed(bare.replace(/^(?:you|we)\s+/i, '')));
}
