/** What a sentence of a walk-through is for: something to do, something that holds only now and then, or neither. */
export type SpokenKind = 'instruction' | 'condition' | 'talk';

const verbs =
  'accept|add|allow|apply|approve|archive|ask|assign|attach|book|call|cancel|change|check|choose|clear|click|close|collect|' +
  'compare|complete|confirm|contact|copy|create|delete|deselect|disable|download|drag|edit|email|enable|enter|export|file|' +
  'fill|filter|find|flag|follow|forward|generate|get|give|go|grant|hit|import|inform|insert|invite|keep|leave|link|log|look|' +
  'make|mark|match|merge|message|move|name|navigate|notify|open|order|paste|pay|pick|post|press|print|pull|put|read|record|' +
  'refresh|reject|remind|remove|rename|replace|reply|report|request|reset|review|right-click|run|save|scan|schedule|scroll|' +
  'search|select|send|set|share|sign|sort|start|submit|switch|tag|take|tell|test|tick|toggle|track|turn|type|uncheck|' +
  'untick|update|upload|use|validate|verify|view|visit|wait|write';

const leaders =
  /^(?:(?:okay|ok|so|and|but|now|then|right|well|um+|uh+|first|next|finally|also|again|after that|just|please|otherwise|make sure (?:that|to)|go ahead and)\b[,.:]?\s*)+/i;
const asked = new RegExp(String.raw`^(?:${verbs})\b\s+\S`, 'i');
const addressed = new RegExp(
  String.raw`^(?:you|we|i|let's|let us)(?:'ll|'re|'m)?\s(?:[a-z]+\s){0,4}?(?:${verbs})(?:ing)?\b`,
  'i',
);
const bound =
  /\b(?:make sure|be sure|remember to|don't forget|do not forget|(?:have|has|need|needs|got) to|must|never)\b|^(?:don't|do not|always)\s/i;

const conditional =
  /^(?:if|unless|whenever|in case|except|should (?:it|they|there))\b|\b(?:unless|sometimes|occasionally|every now and then|now and then|once in a while|every so often|from time to time|rarely|in case|what if|only if|only when|except (?:if|when|for)|depends on|depending on|in (?:some|rare|those|that) cases?)\b/i;
const laterIf = /(?:^|\s)(?<!\b(?:see|check|ask|know|wonder|as|even|look) )if\b/i;
/** "If you look here" shows something; nothing depends on it. */
const showing = /^if (?:you|we|i) (?:just )?(?:look|see|scroll|hover|remember|notice|want to follow)\b/i;

/** Tells from its cue words what a sentence is for. A guess for people to go by, never a decision. */
export function kindOfSentence(sentence: string): SpokenKind {
  const text = sentence.slice(0, 1500).replace(/’/g, "'").trim().replace(leaders, '');
  if (showing.test(text)) return 'talk';
  if (conditional.test(text) || laterIf.test(text)) return 'condition';
  if (text.endsWith('?')) return 'talk';
  return asked.test(text) || addressed.test(text) || bound.test(text) ? 'instruction' : 'talk';
}

const common = new Set(
  (
    'the and you then that this for with are was will have has had but not now here there its it is of to in on at or an as ' +
    'be we so if can just they them their from your our what when which who how let okay all also into out up do does did'
  ).split(' '),
);

/** The words of a text that carry its meaning, each once. */
export function meaningWords(text: string): Set<string> {
  const found = text
    .toLowerCase()
    .replace(/’/g, "'")
    .match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu);
  return new Set((found ?? []).filter((word) => word.length > 1 && !common.has(word)));
}
