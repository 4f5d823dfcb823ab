import type { PDFDocumentProxy, PDFPageProxy } from 'unpdf/pdfjs';
import type { ReadDocument } from '../../../workflows/domain/document.js';
import { Assembly, maxPages, tooManyPages } from '../assemble.js';
import { unreadable, Warnings } from '../unreadable.js';
import { openPdf } from './engine.js';
import { matrixOf } from './geometry.js';
import { unpackedTooMuch } from './mend-node.js';
import { seePage } from './page.js';
import type { Font } from './state.js';
import { Walk, type Drawing, type Ops } from './walk.js';
import { commentsOf } from './comments.js';

/** A group of content that can be switched off; where the file is wrong about it, it shows. */
type Layers = { isVisible(group: unknown): unknown };

async function fontsOf(page: PDFPageProxy, { fnArray, argsArray }: Drawing, ops: Ops): Promise<Map<string, Font>> {
  const ids = new Set<string>();
  for (let at = 0; at < fnArray.length; at += 1) {
    const args = argsArray[at];
    if (fnArray[at] === ops['setFont'] && Array.isArray(args) && typeof args[0] === 'string') ids.add(args[0]);
    // Fonts also come with a graphics state.
    if (fnArray[at] === ops['setGState'] && Array.isArray(args) && Array.isArray(args[0]))
      for (const pair of args[0] as unknown[])
        if (Array.isArray(pair) && pair[0] === 'Font' && Array.isArray(pair[1]) && typeof pair[1][0] === 'string')
          ids.add(pair[1][0]);
  }
  const found = new Map<string, Font>();
  await Promise.all(
    [...ids].map(
      (id) =>
        new Promise<void>((resolve) => {
          // A font that never comes is read without what it says of itself.
          const timer = setTimeout(resolve, 500);
          page.commonObjs.get(id, (font: unknown) => {
            if (typeof font === 'object' && font !== null) found.set(id, font);
            clearTimeout(timer);
            resolve();
          });
        }),
    ),
  );
  return found;
}

async function readPage(document: PDFDocumentProxy, number: number, ops: Ops, layers: () => Promise<Layers>) {
  const page = await document.getPage(number);
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const drawing = await page.getOperatorList();
  const fonts = await fontsOf(page, drawing, ops);
  const optional = drawing.fnArray.includes(ops['beginMarkedContentProps'] ?? -1) ? await layers() : undefined;
  const box = { x0: 0, y0: 0, x1: width, y1: height };
  const walk = new Walk(matrixOf(transform as ArrayLike<unknown>), box, ops, {
    fontOf: (id) => fonts.get(id),
    shows: (group) => optional?.isVisible(group) !== false,
  });
  walk.run(drawing);
  const comments = await commentsOf(page);
  page.cleanup();
  return { width, height, box, walk, comments };
}

/**
 * A PDF's words as a reader sees them, in reading order, with their places; what nobody sees is listed.
 * @throws Refusal `unreadable_source` where it is locked, damaged or too long.
 */
export async function readPdf(bytes: Uint8Array): Promise<ReadDocument> {
  const document = await openPdf(bytes);
  const { OPS } = await import('unpdf/pdfjs');
  const pages = document.numPages;
  if (pages > maxPages) throw unreadable(tooManyPages(pages.toLocaleString('en')));
  let config: Promise<Layers> | undefined;
  const layers = (): Promise<Layers> => (config ??= document.getOptionalContentConfig());
  const assembly = new Assembly('pdf');
  const warnings = new Warnings();
  const layered: number[] = [];
  const failed: number[] = [];
  for (let number = 1; number <= pages; number += 1) {
    let read;
    try {
      read = await readPage(document, number, OPS, layers);
    } catch {
      failed.push(number);
      assembly.add({ text: '', words: 'image' });
      continue;
    }
    const { width, height, box, walk, comments } = read;
    for (const word of walk.words) {
      if (/^[\x20-\x7e]*$/.test(word.text)) continue;
      word.text = assembly.seen(number, word.text);
    }
    const { hidden, layer, ...rest } = seePage(
      walk.words.filter(({ text }) => text !== ''),
      walk.paints,
      box,
      walk.drew,
    );
    if (layer) layered.push(number);
    for (const { how, text } of hidden) assembly.hide(number, how, text);
    for (const comment of comments) assembly.hide(number, 'comment', comment);
    assembly.add({ ...rest, width, height });
  }
  if (unpackedTooMuch())
    throw unreadable(
      'This PDF unpacks to far more than a contract holds, so it was not read. Print it to a new PDF and add that.',
    );
  if (failed.length === pages)
    throw unreadable('No page of this PDF can be read. Open it in a PDF viewer, save it as a new PDF and add that.');
  if (assembly.blank) warnings.add('No words were found in this PDF. Check that it is the right one.');
  if (layered.length > 0)
    warnings.add(
      `${pagesInWords(layered)} a scanned picture with a layer of text behind it. The layer was left out, because nobody sees it; the picture is read instead.`,
    );
  if (failed.length > 0) warnings.add(`${pagesInWords(failed)} damaged and could not be read.`);
  return assembly.done(warnings.list());
}

/** `Page 3 is`, `Pages 1, 2 and 9 are`, and for many how many. */
export function pagesInWords(pages: readonly number[]): string {
  if (pages.length === 1) return `Page ${pages[0]} is`;
  if (pages.length > 6) return `${pages.length} pages, the first of them page ${pages[0]}, are each`;
  return `Pages ${pages.slice(0, -1).join(', ')} and ${pages.at(-1)} are each`;
}
