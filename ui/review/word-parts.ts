import { diffWordsWithSpace } from 'diff';

export type WordPart = { kind: 'same' | 'in' | 'out'; text: string };

/** A bridge of unchanged text between two changes that is too short to read: only spaces, signs, or one short word. */
function isBridge(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0 || (words.length <= 2 && words.join('').length <= 5);
}

/**
 * What went and what came, word by word, in as few pieces as a person can follow: changes that only a
 * space or a short word keeps apart are shown as one.
 */
export function wordParts(before: string, after: string): WordPart[] {
  const runs = diffWordsWithSpace(before, after);
  const parts: WordPart[] = [];
  let out = '';
  let come = '';
  const flush = (): void => {
    if (out !== '') parts.push({ kind: 'out', text: out });
    if (come !== '') parts.push({ kind: 'in', text: come });
    out = '';
    come = '';
  };
  runs.forEach((run, index) => {
    if (run.removed) out += run.value;
    else if (run.added) come += run.value;
    else if (index > 0 && index < runs.length - 1 && out + come !== '' && isBridge(run.value)) {
      out += run.value;
      come += run.value;
    } else {
      flush();
      parts.push({ kind: 'same', text: run.value });
    }
  });
  flush();
  return parts.flatMap(trimmed);
}

/** A change keeps its own spaces outside its mark, so that no mark begins or ends in nothing. */
function trimmed(part: WordPart, index: number, all: readonly WordPart[]): WordPart[] {
  if (part.kind === 'same') return [part];
  const head = /^\s*/.exec(part.text)?.[0] ?? '';
  const tail = part.text.length > head.length ? (/\s*$/.exec(part.text)?.[0] ?? '') : '';
  const core = part.text.slice(head.length, part.text.length - tail.length);
  const twin = all[index + 1];
  // Spaces around a removal come again with what took its place.
  const spaces = part.kind === 'out' && twin?.kind === 'in' ? { head: '', tail: ' ' } : { head, tail };
  return [
    ...(spaces.head === '' ? [] : [{ kind: 'same', text: spaces.head } as const]),
    ...(core === '' ? [] : [{ kind: part.kind, text: core }]),
    ...(spaces.tail === '' ? [] : [{ kind: 'same', text: spaces.tail } as const]),
  ];
}
