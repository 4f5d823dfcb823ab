import type { Sentence } from './sentences.js';
import { knownSystems, ordinaryCapitals } from './words.js';

const capital = String.raw`\p{Lu}[\p{L}\p{N}&’'-]*`;
const uiNoun =
  '(?:tab|page|screen|menu|button|folder|section|sheet|dashboard|module|queue|project|board|list|form|field|channel|space|box|icon|column|row|column|drop-?down|view|log)s?';
const entered = new RegExp(
  String.raw`\b(?:log(?:ged|ging)? ?in ?to|sign(?:ed|ing)? in to|go(?:ing)? (?:in)?to|open(?:ing)?(?: up)?|start(?:ing)? in|over to|switch(?:ing)? to|back (?:in)?to)\s+(?:the\s+)?(${capital}(?:\s+${capital}){0,2})(?![\p{L}\p{N}'’-])(?!\s+${uiNoun}\b)`,
  'gu',
);
const fullName = new RegExp(
  String.raw`(?<=[\p{Ll},]\s)(\p{Lu}[\p{Ll}’'-]+\s\p{Lu}[\p{Ll}’'-]+)(?![\p{L}’'-])(?!\s+${uiNoun}\b)`,
  'gu',
);
const personVerb = /\b(?:ask|call|tell|email|message|ping|contact|notify|to|with|add|from|for|by)\s+$/i;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A name with a capital in its middle, where something is done in it: "in ComplyAdvantage". */
const innerCapital = /\b(?:in|into|to|from|on)\s+(?:the\s+)?(\p{Lu}\p{Ll}+\p{Lu}[\p{L}\p{N}]+)(?![\p{L}\p{N}’'-])/gu;

/** Systems named in the walk-through, in the order in which they come up. */
export function systemsIn(sentences: readonly Sentence[], people: readonly string[]): string[] {
  const text = sentences.map((sentence) => sentence.text).join('\n');
  const found = new Map<string, number>();
  for (const system of knownSystems) {
    const at = text.search(new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(system)}(?![\p{L}\p{N}])`, 'u'));
    if (at >= 0) found.set(system, at);
  }
  for (const match of text.matchAll(entered)) {
    const name = match[1] ?? '';
    const words = name.split(/\s+/);
    const ordinary =
      words.some((word) => ordinaryCapitals.has(word)) ||
      people.some((person) => person.split(' ').includes(words[0] ?? ''));
    if (!ordinary && !found.has(name) && name.length > 2) found.set(name, match.index);
  }
  for (const match of text.matchAll(innerCapital)) {
    const name = match[1] ?? '';
    if (!found.has(name) && !people.some((person) => person.split(' ').includes(name))) found.set(name, match.index);
  }
  const names = [...found].sort((a, b) => a[1] - b[1]).map(([name]) => name);
  return names.filter(
    (name) => !names.some((other) => other !== name && other.includes(name) && !knownSystems.includes(name)),
  );
}

/** People named in full, such as `Dana Whitfield`. Names of systems and of buttons are told apart by what stands before them. */
export function peopleIn(sentences: readonly Sentence[]): string[] {
  const people = new Set<string>();
  for (const { text } of sentences)
    for (const match of text.matchAll(fullName)) {
      const name = match[1] ?? '';
      const ordinary = name.split(/\s+/).some((word) => ordinaryCapitals.has(word)) || knownSystems.includes(name);
      if (!ordinary && personVerb.test(text.slice(Math.max(0, match.index - 20), match.index))) people.add(name);
    }
  return [...people];
}

function expanded(name: string, people: readonly string[]): string {
  return people.find((person) => person === name || person.split(' ')[0] === name) ?? name;
}

const who = String.raw`(${capital}(?:\s+${capital})?|the [\p{Ll} ]{3,30}?(?:manager|lead|director|head|owner|team|controller|officer))`;
const approves = new RegExp(
  String.raw`(?:^|\b)${who}\s+(?:always |usually |then )?(?:approves|signs off|countersigns)\b|\bapproved by\s+${who}`,
  'u',
);
const owns = new RegExp(
  String.raw`(?:^|\b)${who}\s+(?:owns?|is responsible for|is in charge of|looks after)\s+(?:this|it\b|the (?:page|process|procedure|sop))|\bowner (?:of this )?is\s+${who}`,
  'u',
);

/** A name of two words that somebody said or that the recorder put beside what was said. */
function spokenNames(sentences: readonly Sentence[]): string[] {
  return sentences.flatMap(({ text, speaker }) => [
    ...(speaker === null ? [] : [speaker]),
    ...[...text.matchAll(fullName)].map((match) => match[1] ?? ''),
  ]);
}

function saidOf(pattern: RegExp, sentences: readonly Sentence[], people: readonly string[]): string {
  for (const { text, speaker } of sentences) {
    if (/\b(?:if|unless|sometimes)\b/i.test(text)) continue;
    const match = pattern.exec(text);
    const name = (match?.[1] ?? match?.[2])?.replace(/^(?:And|So|But)\s+/, '');
    if (name === 'I' || name === 'We') return name === 'I' && speaker !== null ? speaker : '';
    if (name !== undefined && !ordinaryCapitals.has(name))
      return expanded(name, [...people, ...spokenNames(sentences)]);
  }
  return '';
}

/** Who approves and who owns, where the speaker said so in as many words; otherwise empty, never guessed. */
export function rolesIn(
  sentences: readonly Sentence[],
  people: readonly string[],
): { owner: string; approver: string } {
  return { owner: saidOf(owns, sentences, people), approver: saidOf(approves, sentences, people) };
}

const place = new RegExp(String.raw`\b(?:the|under|in|on)\s+(${capital}(?:\s+${capital}){0,3})\s+(${uiNoun})\b`, 'u');
const under = new RegExp(String.raw`\bunder\s+(${capital}(?:\s+${capital}){0,3})`, 'u');

const atScreen =
  /^(?:click|double-click|right-click|type|select|paste|copy|open|upload|download|save|search|hit|press|enter|fill|export|import|scroll|choose|tick|untick|set|change|update|rename|add|create|edit|filter|sort|submit|approve|toggle|drag|go|log|sign|start|mark|attach|delete|remove|make|check|read|deactivate|disable|enable|browse|find|switch|zoom|look|hover|refresh)\b/i;

/** True where an act is done at the screen, so that it takes place where the speaker last was. */
export function isAtScreen(action: string): boolean {
  return atScreen.test(action);
}

/** Where an action takes place: the system it names or, failing that, the one the speaker is in, and the place within. */
export function whereOf(action: string, systems: readonly string[], current: string): string {
  const system =
    systems.find((name) =>
      new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(name)}(?![\p{L}\p{N}])`, 'u').test(action),
    ) ?? current;
  const named = place.exec(action);
  const spot =
    named?.[1] !== undefined && named[2] !== undefined && !systems.includes(named[1])
      ? `${named[1]} ${named[2]}`
      : (under.exec(action)?.[1] ?? '');
  return [system, spot]
    .filter((part) => part !== '')
    .join(', ')
    .slice(0, 300);
}
