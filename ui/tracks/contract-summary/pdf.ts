import type { PDFDocumentProxy } from 'pdfjs-dist';
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/** A part of a file at a time: a page of a long contract is there before the rest of it. */
const rangeChunkSize = 131_072;
const mostOpen = 4;
const opened = new Map<string, Promise<PDFDocumentProxy>>();

async function open(url: string): Promise<PDFDocumentProxy> {
  const pdfjs = await import('pdfjs-dist');
  pdfjs.GlobalWorkerOptions.workerSrc = workerAddress;
  return pdfjs.getDocument({
    url,
    rangeChunkSize,
    disableAutoFetch: true,
    disableStream: true,
    // The document is hostile: nothing of it runs, and nothing is asked of another host for its sake.
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    useSystemFonts: false,
    cMapUrl: '/pdf/cmaps/',
    standardFontDataUrl: '/pdf/standard_fonts/',
    wasmUrl: '/pdf/wasm/',
    iccUrl: '/pdf/iccs/',
    verbosity: 0,
  }).promise;
}

/** A PDF of this server, opened once. */
export function pdfAt(url: string): Promise<PDFDocumentProxy> {
  const known = opened.get(url);
  if (known !== undefined) return known;
  const found = open(url);
  opened.set(url, found);
  found.catch(() => opened.delete(url));
  for (const [other, document] of opened) {
    if (opened.size <= mostOpen) break;
    opened.delete(other);
    void document.then((pdf) => pdf.loadingTask.destroy()).catch(() => undefined);
  }
  return found;
}

/** Draws a page as wide as the canvas is shown. Answers once it is drawn; stops where the signal says so. */
export async function drawPage(canvas: HTMLCanvasElement, url: string, page: number, signal: AbortSignal) {
  const pdf = await pdfAt(url);
  const proxy = await pdf.getPage(page);
  if (signal.aborted) return;
  const plain = proxy.getViewport({ scale: 1 });
  const sharpness = Math.min(window.devicePixelRatio || 1, 2);
  const viewport = proxy.getViewport({ scale: (canvas.clientWidth / plain.width) * sharpness });
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.ceil(viewport.height);
  const task = proxy.render({ canvas, viewport });
  const stop = () => task.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await task.promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
