/**
 * A text as quotes are looked up in it, with the way back. What is folded, and nothing else: Unicode
 * compatibility forms (NFKC), case, the shapes of quotation marks and dashes; white space and characters
 * without width are left out, and so is a hyphen unless it stands between digits.
 */
export type FoldedText = {
  folded: string;
  /** Offset in the original of each folded character. */
  from: Uint32Array;
  /** Offset in the original after each folded character. */
  to: Uint32Array;
  original: string;
};

const quoteMarks = /[\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4]/;
const doubleMarks = /[\u201c-\u201f\u2033\u00ab\u00bb]/;
const dashes = /[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d-]/;
/** Soft hyphen, joiners, direction marks, byte order mark, tags: nothing that a reader sees. */
const unseen =
  /[\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|[\u{e0000}-\u{e0fff}]/u;

function foldedCluster(text: string): string {
  let folded = '';
  // These two would be taken apart by NFKC before they are known for what they are.
  const whole = text.replace(/\u00b4/g, "'").replace(/\u2033/g, '"');
  for (const character of whole.normalize('NFKC').toLowerCase()) {
    if (unseen.test(character)) continue;
    if (quoteMarks.test(character)) folded += "'";
    else if (doubleMarks.test(character)) folded += '"';
    else if (dashes.test(character)) folded += '-';
    else folded += character === 'ς' ? 'σ' : character;
  }
  return folded;
}

const isDigit = (character: string | undefined): boolean => character !== undefined && /^\p{Nd}$/u.test(character);

type Kept = { text: string; from: number; to: number };

function* clustersOf(original: string): Generator<Kept> {
  // One pass over plain characters; a letter with marks of its own is folded as a whole.
  const plain = /^[\0-\u02ff]*$/.test(original);
  if (plain) {
    for (let at = 0; at < original.length; at += 1) {
      const code = original.charCodeAt(at);
      if (code === 0x20 || (code >= 9 && code <= 13)) continue;
      const character = original.charAt(at);
      yield {
        text: code < 0x7f && code !== 0x60 ? character.toLowerCase() : foldedCluster(character),
        from: at,
        to: at + 1,
      };
    }
    return;
  }
  for (const match of original.matchAll(withMarks)) {
    const character = match[0];
    yield { text: foldedCluster(character), from: match.index, to: match.index + character.length };
  }
}

const withMarks = /[\s\S]\p{M}*/gu;

/** Folds a text. Time and space are linear in its length. */
export function foldText(original: string): FoldedText {
  const kept: Kept[] = [];
  for (const one of clustersOf(original)) if (one.text !== '') kept.push(one);
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (let at = 0; at < kept.length; at += 1) {
    const one = kept[at];
    if (one === undefined) continue;
    if (one.text === '-' && !(isDigit(kept[at - 1]?.text.at(-1)) && isDigit(kept[at + 1]?.text.at(0)))) continue;
    for (let unit = 0; unit < one.text.length; unit += 1) {
      from.push(one.from);
      to.push(one.to);
    }
    parts.push(one.text);
  }
  return { folded: parts.join(''), from: Uint32Array.from(from), to: Uint32Array.from(to), original };
}
