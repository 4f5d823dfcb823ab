import PDFDocument from 'pdfkit';
import type { ApprovedPage } from './approved.js';
import { blocksOf, type Block, type Span } from './blocks.js';
import { faces, fontFile, type Face } from './fonts.js';
import { headingLines, type ExportFacts } from './heading.js';
import { missingPicture, pictureOf } from './picture.js';

type Doc = PDFKit.PDFDocument;
const margins = { top: 76, bottom: 72, left: 62, right: 62 };
const step = 22;
const ink = '#1a1a1a';
const grey = '#5a5a5a';
const sizes = [20, 14, 12, 11];

/** Whether the font in use can draw a character. The typings leave the library's own font object out. */
function canDraw(doc: Doc, point: number): boolean {
  const { _font } = doc as unknown as { _font: { font: { hasGlyphForCodePoint: (point: number) => boolean } } };
  return _font.font.hasGlyphForCodePoint(point);
}

/** The words as this font can show them: what it lacks is named by its number, in sight, and counted. */
class Shown {
  lacking = 0;
  readonly #known = new Map<string, boolean>();

  constructor(readonly doc: Doc) {}

  words(face: Face, text: string): string {
    this.doc.font(face);
    return [...text.normalize('NFC').replaceAll('\t', '    ')]
      .map((sign) => {
        if (sign === '\n') return sign;
        const point = sign.codePointAt(0) ?? 0;
        const key = `${face}:${sign}`;
        const known = this.#known.get(key) ?? canDraw(this.doc, point);
        this.#known.set(key, known);
        if (known) return sign;
        this.lacking += 1;
        return `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`;
      })
      .join('');
  }
}

const faceOf = ({ code, bold }: Span): Face => (code ? 'code' : bold ? 'bold' : 'plain');

/** Draws the page's pieces one below the other. */
class Writer {
  readonly shown: Shown;

  constructor(
    readonly doc: Doc,
    readonly pictures: ApprovedPage['pictures'],
  ) {
    this.shown = new Shown(doc);
  }

  #room(height: number): void {
    if (this.doc.y + height > this.doc.page.height - margins.bottom) this.doc.addPage();
  }

  #spans(spans: readonly Span[], x: number, size: number, gap: number): void {
    const { doc } = this;
    const width = doc.page.width - margins.right - x;
    doc.fillColor(ink).fontSize(size);
    const said = spans.filter((span) => span.text !== '');
    if (said.length === 0) {
      doc.moveDown(0.5);
      return;
    }
    said.forEach((span, index) => {
      const words = this.shown.words(faceOf(span), span.text);
      const options = {
        width,
        lineGap: 2.5,
        continued: index < said.length - 1,
        strike: span.struck === true,
        oblique: span.italic === true,
      };
      if (index === 0) doc.text(words, x, doc.y, options);
      else doc.text(words, options);
    });
    doc.y += gap;
  }

  #picture({ path, alt, level }: Extract<Block, { kind: 'picture' }>): void {
    const { doc } = this;
    const x = margins.left + level * step;
    const picture = pictureOf(this.pictures.get(path)?.bytes);
    if (picture === undefined) return this.#spans([{ text: missingPicture(alt, path), italic: true }], x, 10, 6);
    const scale = Math.min(0.75, (doc.page.width - margins.right - x) / picture.width, 420 / picture.height);
    const [width, height] = [picture.width * scale, picture.height * scale];
    this.#room(height + 8);
    doc.image(picture.bytes, x, doc.y + 2, { width, height });
    doc.y += height + 10;
  }

  #table(rows: readonly Span[][][]): void {
    const { doc } = this;
    const columns = Math.max(1, ...rows.map((row) => row.length));
    const width = (doc.page.width - margins.left - margins.right) / columns;
    const textOf = (spans: readonly Span[], face: Face) =>
      this.shown.words(face, spans.map((span) => span.text).join(''));
    rows.forEach((row, index) => {
      const face: Face = index === 0 ? 'bold' : 'plain';
      const cells = row.map((spans) => textOf(spans, face));
      doc.font(face).fontSize(10).fillColor(ink);
      const height = Math.max(...cells.map((text) => doc.heightOfString(text, { width: width - 10 }))) + 8;
      this.#room(height);
      const y = doc.y;
      cells.forEach((text, column) => {
        doc.text(text, margins.left + column * width + 5, y + 4, { width: width - 10 });
      });
      doc
        .moveTo(margins.left, y + height)
        .lineTo(doc.page.width - margins.right, y + height)
        .lineWidth(0.5)
        .stroke('#bbbbbb');
      doc.y = y + height;
    });
    doc.y += 8;
  }

  draw(block: Block): void {
    const { doc } = this;
    switch (block.kind) {
      case 'heading': {
        const size = sizes[block.depth - 1] ?? 11;
        this.#room(size * 4);
        if (block.depth > 1) doc.y += 8;
        return this.#spans(
          block.spans.map((span) => ({ ...span, bold: true })),
          margins.left,
          size,
          6,
        );
      }
      case 'paragraph':
        return this.#spans(block.spans, margins.left + block.level * step, 11, 6);
      case 'item': {
        this.#room(28);
        const x = margins.left + block.level * step;
        const y = doc.y;
        doc.font('plain').fontSize(11).fillColor(grey);
        doc.text(block.marker, x - step, y, { width: step - 5, align: 'right', lineBreak: false });
        doc.y = y;
        return this.#spans(block.spans, x, 11, 5);
      }
      case 'picture':
        return this.#picture(block);
      case 'code':
        return this.#spans([{ text: block.text, code: true }], margins.left + block.level * step, 9.5, 8);
      case 'table':
        return this.#table(block.rows);
      case 'rule':
        doc
          .moveTo(margins.left, doc.y + 4)
          .lineTo(doc.page.width - margins.right, doc.y + 4)
          .lineWidth(0.5)
          .stroke('#bbbbbb');
        doc.y += 12;
    }
  }
}

/** Header, footer and number on every page, once it is known how many there are. */
function frame(doc: Doc, shown: Shown, facts: ExportFacts): void {
  const { start, count } = doc.bufferedPageRange();
  const { top, mark, bottom } = headingLines(facts);
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(start + index);
    // The library begins a new page for words in the margin, unless there is none.
    doc.page.margins = { ...margins, top: 0, bottom: 0 };
    const width = doc.page.width - margins.left - margins.right;
    const low = doc.page.height - 48;
    doc.fontSize(8).fillColor(grey);
    doc.text(shown.words('plain', top), margins.left, 34, { width, height: 11, ellipsis: true });
    if (mark !== undefined)
      doc.fillColor('#b00020').text(shown.words('bold', mark), margins.left, 47, { width, lineBreak: false });
    doc.fillColor(grey).fontSize(7);
    doc.text(shown.words('plain', bottom), margins.left, low, { width: width - 70, lineBreak: false });
    doc.fontSize(8);
    const number = `Page ${index + 1} of ${count}`;
    doc.text(shown.words('plain', number), doc.page.width - margins.right - 70, low, { width: 70, align: 'right' });
  }
}

/** The approved page as a PDF on A4. The same publication gives the same bytes. */
export async function pdfOf({ page, pictures }: ApprovedPage, facts: ExportFacts): Promise<Buffer> {
  const at = new Date(facts.decidedAt);
  const doc = new PDFDocument({
    size: 'A4',
    margins,
    bufferPages: true,
    font: fontFile('plain'),
    lang: 'en',
    displayTitle: true,
    info: {
      Title: facts.title,
      Author: facts.approvedBy,
      Creator: 'Countersign',
      Producer: 'Countersign',
      CreationDate: at,
      ModDate: at,
    },
  });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  for (const face of faces) doc.registerFont(face, fontFile(face));
  const writer = new Writer(doc, pictures);
  for (const block of blocksOf(page.toString('utf8'))) writer.draw(block);
  if (writer.shown.lacking > 0)
    writer.draw({
      kind: 'paragraph',
      level: 0,
      spans: [
        {
          text: `This PDF's fonts lack ${writer.shown.lacking} of the characters; each stands by its Unicode number. The Word document and the Markdown hold them as they were approved.`,
          italic: true,
        },
      ],
    });
  frame(doc, writer.shown, facts);
  doc.end();
  return whole;
}
