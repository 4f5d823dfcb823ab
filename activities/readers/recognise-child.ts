import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Worker } from 'tesseract.js';
import { mendNode } from './pdf/mend-node.js';
import { composeRecognised } from './recognised.js';
import type { RecogniseLine, RecogniseRequest } from './recognise.js';

/** Dots an inch that small print needs, and how many dots a page may have. */
const dotsPerInch = 200;
const maxDots = 16_000_000;

const tell = (line: RecogniseLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

/** The pages as pictures: opened once, one page at a time. */
async function pictures(bytes: Uint8Array) {
  mendNode();
  const { createIsomorphicCanvasFactory, getDocumentProxy, renderPageAsImage } = await import('unpdf');
  const CanvasFactory: unknown = await createIsomorphicCanvasFactory(() => import('@napi-rs/canvas'));
  const options = { isEvalSupported: false, useSystemFonts: false, useWorkerFetch: false, verbosity: 0 };
  const document = await getDocumentProxy(bytes, { ...options, CanvasFactory: Object(CanvasFactory) as object });
  return async (number: number): Promise<{ png: Buffer; scale: number; width: number; height: number }> => {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const scale = Math.min(dotsPerInch / 72, Math.sqrt(maxDots / Math.max(1, width * height)));
    const png = await renderPageAsImage(document, number, { scale, canvasImport: () => import('@napi-rs/canvas') });
    page.cleanup();
    return { png: Buffer.from(png), scale, width, height };
  };
}

/** Recognition without a network: the language lies in a package of its own. */
async function recogniser(progress: (share: number) => void): Promise<Worker> {
  const { createWorker } = await import('tesseract.js');
  const data = path.dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
  return createWorker('eng', 1, {
    langPath: path.join(data, '4.0.0'),
    cacheMethod: 'none',
    // Without it a bad picture ends the process.
    errorHandler: () => undefined,
    logger: ({ status, progress: share }) => {
      if (status === 'recognizing text') progress(share);
    },
  });
}

const request = JSON.parse(await text(process.stdin)) as RecogniseRequest;
let page = request.pages[0] ?? 1;
try {
  const picture = await pictures(await readFile(request.path).then((bytes) => Uint8Array.from(bytes)));
  const worker = await recogniser((share) => tell({ progress: { page, share } }));
  for (page of request.pages) {
    try {
      const { png, scale, width, height } = await picture(page);
      tell({ progress: { page, share: 0 } });
      const { data } = await worker.recognize(png, {}, { text: false, blocks: true });
      tell({ page: { page, width, height, ...composeRecognised(data.blocks ?? [], scale) } });
    } catch {
      tell({ failed: page });
    }
  }
  await worker.terminate();
} catch {
  tell({ unavailable: true });
}
process.exit(0);
