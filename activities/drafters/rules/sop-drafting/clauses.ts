import { workVerbs } from './words.js';

const verbs = [...workVerbs].join('|');
const opener = String.raw`(?:you|we|i|it|they|let's)(?:'[a-z]+)?\s|the\s[\p{L}' ]{1,40}\s(?:says|shows|turns|changes|moves|opens|appears)\b|make sure\b|don't\b`;
const breaks = new RegExp(
  String.raw`;\s+|,\s+(?:and\s+|but\s+|so\s+|or\s+)?(?:then\s+)?(?=${opener}|(?:${verbs})\s+\S)|,?\s+and\s+then\s+|,\s+then\s+|\s+and\s+(?=(?:you|we|i)\s|(?:${verbs})\s+\S)|\s+and\s+(?=you\s(?:should|will)|you'll\s)`,
  'giu',
);

/** A sentence cut where it goes on to the next act or to what is then seen. */
export function clausesOf(sentence: string): string[] {
  return sentence
    .replace(/’/g, "'")
    .split(breaks)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const seen =
  /^(?:you|we)(?:'ll| will| should| can|'re going to| are going to)?(?: (?:now|then|also|just))*(?: (?:see|get|notice))\s+|^(?:as )?you can see(?: that)?\s+/i;
const shows =
  /^(?:it|that|this)(?:'ll| will| should)?(?: (?:now|then|also|just))*\s(?:shows?|says?|takes you|brings you|opens|turns|displays?|asks|pops up|goes to|moves|changes|looks)\b/i;
const appears =
  /^(?:an?|the|another|your)\s.{1,80}?\s(?:appears?|pops? up|opens?|shows?|says?|turns?|changes|moves|comes? up|goes? (?:green|red|away|through)|(?:should|will) (?:now )?(?:show|say|turn|appear|open|be))\b/i;

/** What a person should see, in words that follow "You should see:"; `undefined` where the clause tells nothing to see. */
export function seenIn(clause: string): string | undefined {
  if (clause.endsWith('?')) return undefined;
  const match = seen.exec(clause);
  if (match) {
    const rest = clause.slice(match[0].length);
    return /^(?:why|how|what i mean|my screen)\b/i.test(rest) ? undefined : rest;
  }
  return shows.test(clause) || appears.test(clause) ? clause : undefined;
}
