import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type ILevelsOptions,
  type IRunOptions,
} from 'docx';
import type { ApprovedPage } from './approved.js';
import { blocksOf, type Block, type Span } from './blocks.js';
import { headingLines, type ExportFacts } from './heading.js';
import { missingPicture, pictureOf } from './picture.js';
import { fixedTimes } from './zip-times.js';

const body = 'Calibri';
const grey = '5A5A5A';
const indentOf = (level: number) => level * 425;
const headings = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4];
/** Pixels of the text's width on A4. */
const widest = 600;
const tallest = 760;

function runs(spans: readonly Span[]): TextRun[] {
  return spans.flatMap(({ text, bold, italic, code, struck }) =>
    text.split('\n').map((line, index) => {
      const look: IRunOptions = {
        ...(bold && { bold }),
        ...(italic && { italics: true }),
        ...(struck && { strike: true }),
        ...(code && { font: 'Consolas' }),
      };
      return new TextRun({ text: line, ...look, ...(index > 0 && { break: 1 }) });
    }),
  );
}

function pictureRun(
  block: Extract<Block, { kind: 'picture' }>,
  pictures: ApprovedPage['pictures'],
): ImageRun | TextRun {
  const picture = pictureOf(pictures.get(block.path)?.bytes);
  if (picture === undefined) return new TextRun({ text: missingPicture(block.alt, block.path), italics: true });
  const scale = Math.min(1, (widest - block.level * 28) / picture.width, tallest / picture.height);
  return new ImageRun({
    type: picture.type,
    data: picture.bytes,
    transformation: { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) },
    altText: { name: block.path, title: block.alt, description: block.alt },
  });
}

function table(rows: readonly Span[][][]): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells, index) =>
        new TableRow({
          tableHeader: index === 0,
          children: cells.map(
            (spans) =>
              new TableCell({
                children: [
                  new Paragraph({ children: runs(index === 0 ? spans.map((one) => ({ ...one, bold: true })) : spans) }),
                ],
              }),
          ),
        }),
    ),
  });
}

function drawn(block: Block, pictures: ApprovedPage['pictures']): Paragraph | Table {
  switch (block.kind) {
    case 'heading':
      return new Paragraph({
        heading: headings[block.depth - 1] ?? HeadingLevel.HEADING_4,
        children: runs(block.spans),
      });
    case 'paragraph':
      return new Paragraph({ indent: { left: indentOf(block.level) }, children: runs(block.spans) });
    case 'item':
      return new Paragraph({
        numbering: { reference: `list-${block.list}`, level: Math.min(8, block.level - 1) },
        children: runs(block.spans),
      });
    case 'picture':
      return new Paragraph({ indent: { left: indentOf(block.level) }, children: [pictureRun(block, pictures)] });
    case 'code':
      return new Paragraph({
        indent: { left: indentOf(block.level) },
        children: runs([{ text: block.text, code: true }]),
      });
    case 'table':
      return table(block.rows);
    case 'rule':
      return new Paragraph({ border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: grey } }, children: [] });
  }
}

function listsOf(blocks: readonly Block[]): { reference: string; levels: ILevelsOptions[] }[] {
  const firsts = new Map<number, Extract<Block, { kind: 'item' }>>();
  for (const block of blocks) if (block.kind === 'item' && !firsts.has(block.list)) firsts.set(block.list, block);
  return [...firsts].map(([list, { level, ordered, start }]) => ({
    reference: `list-${list}`,
    levels: [
      {
        level: Math.min(8, level - 1),
        format: ordered ? LevelFormat.DECIMAL : LevelFormat.BULLET,
        text: ordered ? `%${Math.min(8, level - 1) + 1}.` : '•',
        start,
        alignment: AlignmentType.LEFT,
        style: { paragraph: { indent: { left: indentOf(level), hanging: 425 } } },
      },
    ],
  }));
}

const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The library would write the moment of the export; the document says when it was approved. */
function coreProperties({ title, approvedBy, decidedAt, version }: ExportFacts): string {
  const at = new Date(decidedAt).toISOString().replace(/\.\d+Z$/, 'Z');
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escaped(title)}</dc:title><dc:creator>Countersign</dc:creator>` +
    `<cp:lastModifiedBy>${escaped(approvedBy)}</cp:lastModifiedBy><cp:revision>${version}</cp:revision>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`
  );
}

/** The approved page as a Word document. The same publication gives the same bytes. */
export async function docxOf({ page, pictures }: ApprovedPage, facts: ExportFacts): Promise<Buffer> {
  const blocks = blocksOf(page.toString('utf8'));
  const lines = headingLines(facts);
  const small = (text: string, look: IRunOptions = {}) => new TextRun({ text, size: 16, color: grey, ...look });
  const mark =
    lines.mark === undefined ? [] : [new Paragraph({ children: [small(lines.mark, { bold: true, color: 'B00020' })] })];
  const document = new Document({
    title: facts.title,
    styles: {
      default: {
        document: { run: { font: body, size: 22 }, paragraph: { spacing: { after: 120, line: 276 } } },
        heading1: { run: { font: body, size: 36, bold: true }, paragraph: { spacing: { before: 0, after: 160 } } },
        heading2: { run: { font: body, size: 26, bold: true }, paragraph: { spacing: { before: 320, after: 120 } } },
        heading3: { run: { font: body, size: 23, bold: true }, paragraph: { spacing: { before: 240, after: 100 } } },
      },
    },
    numbering: { config: listsOf(blocks) },
    sections: [
      {
        properties: { page: { size: { width: 11906, height: 16838 } } },
        headers: { default: new Header({ children: [new Paragraph({ children: [small(lines.top)] }), ...mark] }) },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({ children: [small(lines.bottom, { size: 14 })] }),
              new Paragraph({
                alignment: AlignmentType.RIGHT,
                children: [small('', { children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] })],
              }),
            ],
          }),
        },
        children: blocks.map((block) => drawn(block, pictures)),
      },
    ],
  });
  const made = await Packer.toBuffer(document, undefined, [{ path: 'docProps/core.xml', data: coreProperties(facts) }]);
  return fixedTimes(made);
}
