import { fileTypeFromBuffer } from 'file-type';
import type { ReadDocument } from '../../workflows/domain/document.js';
import { isUtf16 } from './decode.js';
import { readDocx } from './docx/read-docx.js';
import { readPdf } from './pdf/read-pdf.js';
import { readText } from './read-text.js';
import { unreadable } from './unreadable.js';

export type DocumentType = 'pdf' | 'docx' | 'text';

const mediaTypes: Record<DocumentType, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  text: 'text/plain',
};

const what = 'Add a PDF, a Word file (.docx) or plain text.';
const advice: Record<string, string> = {
  cfb: 'This is an old Word file (.doc), or one that is locked with a password. Open it in Word, save it as .docx without a password and add that.',
  zip: 'This is a ZIP file, not a contract. Add the contracts in it, each by itself.',
  rtf: 'This is a rich text file (RTF). Save it as PDF or .docx and add that.',
  xml: 'This is an XML file. Open it in Word, save it as .docx and add that.',
  html: 'This is a web page. Save it as PDF and add that.',
};

/** The mark of a PDF may stand a little behind the beginning, as it may in a PDF viewer. */
function isPdf(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString('latin1');
  return start.includes('%PDF-');
}

/**
 * What a document is, told from its bytes alone.
 * @throws Refusal `unreadable_source` where it is none of the three, with what to do.
 */
export async function typeOfDocument(bytes: Uint8Array): Promise<DocumentType> {
  if (isPdf(bytes)) return 'pdf';
  if (isUtf16(bytes)) return 'text';
  const type = await fileTypeFromBuffer(bytes);
  if (type?.mime === mediaTypes.docx) return 'docx';
  if (type !== undefined) throw unreadable(advice[type.ext] ?? `This file is of type ${type.ext}. ${what}`);
  const start = Buffer.from(bytes.subarray(0, 2_000)).toString('latin1').trimStart();
  if (/^\{\\rtf/i.test(start)) throw unreadable(advice['rtf'] ?? what);
  if (/^(?:<\?xml|<svg)/i.test(start)) throw unreadable(advice['xml'] ?? what);
  if (/^(?:<!doctype|<html|<head|<body)/i.test(start)) throw unreadable(advice['html'] ?? what);
  if (bytes.subarray(0, 8_000).includes(0)) throw unreadable(`This file is not a document. ${what}`);
  return 'text';
}

/**
 * Reads a contract, whatever of the three it is. The name is not believed; it only helps to word a refusal.
 * @throws Refusal `unreadable_source` with what is wrong and what to do.
 */
export async function readDocument(
  bytes: Uint8Array,
  name: string,
): Promise<{ mediaType: string; document: ReadDocument }> {
  const type = await typeOfDocument(bytes);
  if (type === 'text' && /\.(?:pdf|docx?)$/i.test(name))
    throw unreadable(
      'This file is named as a PDF or Word file and is neither, or its beginning is damaged. Open it in its program, save it again and add that.',
    );
  const document = type === 'pdf' ? await readPdf(bytes) : type === 'docx' ? await readDocx(bytes) : readText(bytes);
  return { mediaType: mediaTypes[type], document };
}
