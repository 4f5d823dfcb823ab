import { createCanvas } from '@napi-rs/canvas';
import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';

export type Pdf = InstanceType<typeof PDFDocument>;

/** A PDF drawn by code: what `draw` puts on it and nothing else. */
export async function pdf(draw: (document: Pdf) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  const document = new PDFDocument({ margin: 50, size: 'A4', ...options });
  document.font('Helvetica').fontSize(12);
  draw(document);
  document.end();
  return buffer(document);
}

/** Text at a place, as it is, without breaking lines. */
export const put = (document: Pdf, text: string, x: number, y: number): Pdf =>
  document.text(text, x, y, { lineBreak: false });

/** A page of print as a picture: lines of text at 200 dots an inch. */
export function scan(lines: readonly string[]): Buffer {
  const canvas = createCanvas(1654, 2339);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000000';
  context.font = '36px sans-serif';
  lines.forEach((line, at) => context.fillText(line, 160, 240 + at * 56));
  return canvas.toBuffer('image/jpeg');
}

/** A PDF of these objects, numbered from 1, of which the first is its catalogue. */
export function rawPdf(objects: readonly (string | Buffer)[]): Buffer {
  const parts = objects.flatMap((body, at) => [
    Buffer.from(`${at + 1} 0 obj `),
    Buffer.from(body),
    Buffer.from('\nendobj\n'),
  ]);
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts, Buffer.from('trailer << /Root 1 0 R >>\n%%EOF')]);
}

/** Bytes as a stream of a PDF; `more` says how they are packed. */
export const streamOf = (bytes: string | Uint8Array, more = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`<< /Length ${bytes.length} ${more} >> stream\n`),
    Buffer.from(bytes),
    Buffer.from('\nendstream'),
  ]);

export const catalog = '<< /Type /Catalog /Pages 2 0 R >>';
export const onePage = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
/** Page 3 with content 4, a font /F, and further resources. */
export const plainPage = (resources = '', fonts = ''): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> ${fonts} >> ${resources} >> >>`;
