import type { DocumentPage, ReadDocument } from '../../workflows/domain/document.js';
import { visibleOnly } from '../../workflows/domain/invisible.js';

/** The words of a page that was read from its picture, with a run for each line. Offsets count from the page's beginning. */
export type RecognisedPage = { page: number; width: number; height: number; text: string; runs: number[] };

type Box = { x0: number; y0: number; x1: number; y1: number };
type Block = { paragraphs: { lines: { text: string; confidence: number; bbox: Box }[] }[] };

/** Below this share of certainty it is a stain or a signature, not a line of words. */
const leastCertain = 25;
const round = (value: number): number => Math.round(value * 10) / 10;

/** Lines and paragraphs of a recognised picture as text with boxes in points. */
export function composeRecognised(blocks: readonly Block[], scale: number): Pick<RecognisedPage, 'text' | 'runs'> {
  let text = '';
  const runs: number[] = [];
  for (const { paragraphs } of blocks)
    for (const { lines } of paragraphs) {
      let first = true;
      for (const { text: words, confidence, bbox } of lines) {
        const line = visibleOnly(words).text.replace(/\s+/g, ' ').trim();
        if (line === '' || confidence < leastCertain) continue;
        text += text === '' ? '' : first ? '\n\n' : '\n';
        first = false;
        const { x0, y0, x1, y1 } = bbox;
        const box = [x0 / scale, y0 / scale, (x1 - x0) / scale, (y1 - y0) / scale].map(round);
        runs.push(text.length, text.length + line.length, ...box);
        text += line;
      }
    }
  return { text, runs };
}

/** A document with pages that were read from their pictures put in their places. Other pages keep their words. */
export function mergeRecognised(document: ReadDocument, recognised: readonly RecognisedPage[]): ReadDocument {
  const byPage = new Map(recognised.map((page) => [page.page, page]));
  const texts: string[] = [];
  const pages: DocumentPage[] = [];
  const read: number[] = [];
  let from = 0;
  document.pages.forEach((page, index) => {
    const found = page.words === 'image' ? byPage.get(index + 1) : undefined;
    const text = found?.text ?? document.text.slice(page.from, page.to);
    if (found) read.push(index + 1);
    const runs = found?.runs ?? page.runs.map((value, at) => (at % 6 < 2 ? value - page.from : value));
    texts.push(text);
    pages.push({
      ...page,
      ...(found ? { words: 'recognised' as const, width: found.width, height: found.height } : {}),
      from,
      to: from + text.length,
      runs: runs.slice(0, 120_000).map((value, at) => (at % 6 < 2 ? value + from : value)),
    });
    from += text.length + 1;
  });
  if (read.length === 0) return document;
  const words =
    read.length === 1
      ? `Page ${read[0]} was read from its picture. Compare it with the page before you rely on it.`
      : `${read.length} pages were read from their pictures, the first of them page ${read[0]}. Compare them with the pages before you rely on them.`;
  return { ...document, text: texts.join('\f'), pages, warnings: [...document.warnings.slice(0, 49), words] };
}
