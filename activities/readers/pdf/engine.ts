import type { PDFDocumentProxy } from 'unpdf/pdfjs';
import { unreadable } from '../unreadable.js';
import { mendForReading, noPage } from './mend-node.js';

const locked = 'This PDF is locked with a password. Save it without one and drop it again.';
const broken =
  'This PDF is damaged and cannot be opened. Open it in a PDF viewer, save it as a new PDF and add that, or export it again.';

/** Larger pictures are not unpacked at all. */
const maxPixels = 30_000_000;

/**
 * Opens a PDF. Nothing in it runs and nothing is fetched for it.
 * @throws Refusal `unreadable_source` where it is locked or damaged.
 */
export async function openPdf(data: Uint8Array): Promise<PDFDocumentProxy> {
  mendForReading();
  const { getDocument } = await import('unpdf/pdfjs');
  try {
    return await getDocument({
      // pdf.js takes the bytes for itself, and no Buffer.
      data: Uint8Array.from(data),
      isEvalSupported: false,
      enableXfa: false,
      // Otherwise the outline of every letter is worked out.
      disableFontFace: false,
      // It is asked for `fonts` and nothing else.
      ownerDocument: noPage as HTMLDocument,
      useSystemFonts: false,
      useWorkerFetch: false,
      useWasm: false,
      isImageDecoderSupported: true,
      maxImageSize: maxPixels,
      stopAtErrors: false,
      verbosity: 0,
    }).promise;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') throw unreadable(locked);
    throw unreadable(broken);
  }
}
