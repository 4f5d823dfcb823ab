import type { MarkedWords } from './use-desk.js';

/** The offset in the document's text of a point in the page's words. */
function offsetOf(node: Node, offset: number): number | undefined {
  const holder = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-from]');
  if (holder === null || holder === undefined) return undefined;
  const from = Number(holder.dataset['from']);
  if (node === holder) return from + (offset === 0 ? 0 : (holder.textContent ?? '').length);
  const before = document.createRange();
  before.setStart(holder, 0);
  before.setEnd(node, offset);
  return from + before.toString().length;
}

/** The ends of a selection that lies between the words of a page, not in them. */
function nearest(root: Element, range: Range, end: 'start' | 'end'): number | undefined {
  const held = [...root.querySelectorAll<HTMLElement>('[data-from]')].filter((one) => range.intersectsNode(one));
  const at = end === 'start' ? held[0] : held.at(-1);
  if (at === undefined) return undefined;
  const from = Number(at.dataset['from']);
  return end === 'start' ? from : from + (at.textContent ?? '').length;
}

/** What is selected in a document's page, as offsets in its text; undefined where nothing of it is. */
export function markedNow(root: HTMLElement): MarkedWords | undefined {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const start = range.startContainer;
  const leaf = (start instanceof Element ? start : start.parentElement)?.closest<HTMLElement>('[data-leaf]');
  if (leaf === null || leaf === undefined || !root.contains(leaf)) return undefined;
  const from = offsetOf(range.startContainer, range.startOffset) ?? nearest(leaf, range, 'start');
  const to = offsetOf(range.endContainer, range.endOffset) ?? nearest(leaf, range, 'end');
  const text = selection.toString().trim();
  if (from === undefined || to === undefined || to <= from || text === '') return undefined;
  const source = leaf.dataset['source'] ?? '';
  return { place: { source, page: Number(leaf.dataset['leaf']), from, to }, text, framed: false };
}

/** True where a press in the document took the selection away; a press elsewhere leaves the marked words marked. */
export function isUnmarked(root: HTMLElement): boolean {
  const anchor = document.getSelection()?.anchorNode ?? null;
  return anchor !== null && root.contains(anchor);
}

/** Sentences of a page's words, as offsets in the document's text. */
export function sentencesOf(text: string, from: number): { from: number; to: number }[] {
  return [...text.matchAll(/[^\s][^]*?(?:[.;:?!]["”’)]?(?=\s)|\n\s*\n|$)/g)]
    .map((match) => ({ from: from + match.index, to: from + match.index + match[0].trimEnd().length }))
    .filter((one) => one.to - one.from > 3);
}
