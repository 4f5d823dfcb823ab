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
