import { diffArrays } from 'diff';
import { spawnSync } from 'node:child_process';

/** Words alone: what stands between spaces, without marks that readers treat differently. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The share of `theirs` that stands in `ours` in the same order: the longest common row of words. */
export function inOrderShare(theirs: readonly string[], ours: readonly string[]): number {
  if (theirs.length === 0) return 1;
  const same = diffArrays([...theirs], [...ours]).filter(({ added, removed }) => !added && !removed);
  return same.reduce((sum, { value }) => sum + value.length, 0) / theirs.length;
}

const there = spawnSync('pdftotext', ['-v']).status !== null;

/** The words that `pdftotext` finds; `undefined` where it is not installed. */
export const pdftotextWords = there
  ? (path: string): string[] =>
      wordsOf(spawnSync('pdftotext', [path, '-'], { maxBuffer: 1 << 27 }).stdout.toString('utf8'))
  : undefined;
