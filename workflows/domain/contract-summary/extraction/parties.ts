/** Where the names begin and end: "by and between A and B", "among A, B and C". */
const opening = /\b(?:by\s+and\s+between|by\s+and\s+among|between|among)\b\s*:?\s*/i;
const nameWord = /^[\p{Lu}\d&][\p{L}\d&.'’\-/]*,?$/u;
const suffixes =
  /^(?:inc|llc|l\.l\.c|ltd|limited|corp|corporation|company|co|gmbh|ag|plc|lp|l\.p|llp|n\.v|b\.v|s\.a|pty)\.?,?$/i;
const joining = /^(?:of|the|and|&|de|van|von|for)$/i;
const longestName = 12;
/** The first clause or recital: names after it are of other things. */
const afterOpening =
  /\n\s*(?:\d+\s*[.)]|article\s|section\s|whereas|recitals|background|witnesseth|now,?\s+therefore)/i;

/** The longest run of words that reads like a name at the beginning of a text. */
function nameAt(text: string): string | undefined {
  const words = text.trim().split(/\s+/).slice(0, longestName);
  const name: string[] = [];
  for (const [at, word] of words.entries()) {
    const bare = word.replace(/[(\[“"].*$/u, '');
    if (bare === '') break;
    const next = words[at + 1] ?? '';
    const goesOn = nameWord.test(bare) || (joining.test(bare) && at > 0 && nameWord.test(next) && !/^and$/i.test(bare));
    if (!goesOn) break;
    name.push(bare);
    if (bare !== word) break;
    if (bare.endsWith(',') && !suffixes.test(next.replace(/[("“].*$/u, ''))) break;
  }
  const joined = name.join(' ').replace(/[,;]+$/, '');
  return joined.length >= 3 && /\p{L}{2}/u.test(joined) ? joined : undefined;
}

/**
 * The names of the parties in the opening of a contract: what follows "between" or "among", and what follows each
 * "and" until the sentence is over. Empty where no name reads like one; nothing is guessed.
 */
export function partiesIn(text: string): string[] {
  const start = opening.exec(text);
  if (start === null) return [];
  const begins = start.index + start[0].length;
  const opened = text.slice(begins, begins + 900);
  const over = opened.search(afterOpening);
  const rest = over < 0 ? opened : opened.slice(0, over);
  const names: string[] = [];
  const pieces = [
    rest,
    ...[...rest.matchAll(/[\s,;)”"](?:and|&)\s+/gi)].map((match) => rest.slice(match.index + match[0].length)),
  ];
  for (const piece of pieces) {
    const name = nameAt(piece);
    if (name !== undefined && !names.some((known) => known.includes(name) || name.includes(known))) names.push(name);
    if (names.length === 6) break;
  }
  return names.length >= 2 ? names : [];
}
