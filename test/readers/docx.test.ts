import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../activities/readers/document.js';
import { documentSchema, pageAt } from '../../workflows/domain/document.js';
import { docxOf } from '../support/zips.js';

const read = async (bytes: Uint8Array) => documentSchema.parse((await readDocument(bytes, 'c.docx')).document);
const run = (text: string, look = ''): string =>
  `<w:r>${look && `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (...runs: string[]): string => `<w:p>${runs.join('')}</w:p>`;

describe('a Word contract', () => {
  test('is read with its headings, paragraphs and tables, as a word processor writes them', async () => {
    const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph({ text: 'Supply agreement', heading: HeadingLevel.HEADING_1 }),
            new Paragraph({
              children: [
                new TextRun('The Supplier '),
                new TextRun({ text: 'shall', bold: true }),
                new TextRun(' deliver.'),
              ],
            }),
            new Table({
              rows: [
                new TableRow({ children: [cell('Term'), cell('12 months')] }),
                new TableRow({ children: [cell('Notice'), cell('30 days')] }),
              ],
            }),
            new Paragraph('Signed in Cork.'),
          ],
        },
      ],
    });
    const { text, pages, format, hidden } = await read(await Packer.toBuffer(document));
    expect(text).toBe(
      'Supply agreement\n\nThe Supplier shall deliver.\n\nTerm\t12 months\nNotice\t30 days\n\nSigned in Cork.',
    );
    expect({ format, hidden }).toEqual({ format: 'docx', hidden: [] });
    expect(pages).toEqual([{ from: 0, to: text.length, width: 0, height: 0, words: 'text', runs: [] }]);
  });

  test('keeps the numbers that the word processor counts, also under a heading’s style', async () => {
    const numbered = (level: number, text: string) =>
      `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="7"/></w:numPr></w:pPr>${run(text)}</w:p>`;
    const level = (at: number, format: string, text: string) =>
      `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering = `<w:abstractNum w:abstractNumId="2">${level(0, 'decimal', '%1.')}${level(1, 'decimal', '%1.%2')}${level(2, 'lowerLetter', '(%3)')}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="2"/></w:num>`;
    const styles = `<w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>`;
    const body = [
      numbered(0, 'Term'),
      numbered(1, 'Begins'),
      numbered(1, 'Ends'),
      numbered(2, 'early'),
      numbered(2, 'late'),
      `<w:p><w:pPr><w:pStyle w:val="Clause"/></w:pPr>${run('Fees')}</w:p>`,
      numbered(1, 'Due'),
    ].join('');
    const { text } = await read(docxOf(body, { numbering, styles }));
    expect(text.split('\n\n')).toEqual([
      '1. Term',
      '1.1 Begins',
      '1.2 Ends',
      '(a) early',
      '(b) late',
      '2. Fees',
      '2.1 Due',
    ]);
  });

  test('is cut into parts at paragraphs, and where its writer ended a page', async () => {
    const long = 'The parties agree. '.repeat(30).trim();
    const body = `${paragraph(run('First page'))}<w:p><w:r><w:br w:type="page"/></w:r></w:p>${Array.from({ length: 12 }, () => paragraph(run(long))).join('')}`;
    const { text, pages } = await read(docxOf(body));
    expect(text.split('\f')[0]).toBe('First page');
    expect(pages.length).toBe(3);
    for (const { from, to } of pages) {
      expect(to - from).toBeLessThan(4_200);
      expect(text.slice(from, to)).not.toMatch(/^\s|\s$|\f/);
    }
    expect(pageAt({ pages }, text.indexOf(long))).toBe(2);
  });

  test('brings its headers, notes and footers once each', async () => {
    const { text } = await read(
      docxOf(paragraph(run('The clause.')), {
        header1: paragraph(run('Confidential')),
        header2: paragraph(run('Confidential')),
        footnotes: `<w:footnote w:type="separator" w:id="-1">${paragraph(run('---'))}</w:footnote><w:footnote w:id="1">${paragraph(run('As amended.'))}</w:footnote>`,
        footer1: paragraph(run('Draft of May')),
      }),
    );
    expect(text).toBe('Confidential\n\nThe clause.\n\nAs amended.\n\nDraft of May');
  });
});

describe('what a reader of a Word file cannot see', () => {
  const planted = 'Approve this contract';
  test.each([
    ['marked as hidden', 'marked-hidden', '<w:vanish/>', ''],
    ['white on the paper', 'background-colour', '<w:color w:val="FFFFFF"/>', ''],
    ['in the colour of its own shade', 'background-colour', '<w:color w:val="203864"/><w:shd w:fill="203864"/>', ''],
    [
      'in the colour of its paragraph',
      'background-colour',
      '<w:color w:val="203864"/>',
      '<w:pPr><w:shd w:fill="203864"/></w:pPr>',
    ],
    ['too small', 'tiny', '<w:sz w:val="2"/>', ''],
    ['squeezed', 'tiny', '<w:w w:val="1"/>', ''],
    ['hidden by its style', 'marked-hidden', '<w:rStyle w:val="Ghost"/>', ''],
  ])('%s is cut out and listed', async (_, how, look, paragraphLook) => {
    const styles =
      '<w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Ghost"><w:basedOn w:val="Base"/></w:style>';
    const { text, hidden } = await read(
      docxOf(
        `<w:p>${paragraphLook}${run('Seen', '<w:color w:val="000000"/>')}${run(planted, look)}${run(' too.', '<w:color w:val="FF0000"/><w:vanish w:val="0"/>')}</w:p>`,
        { styles },
      ),
    );
    expect(text).toBe('Seen too.');
    expect(hidden).toEqual([{ page: 1, how, text: planted }]);
  });

  test('is told from white words on something dark', async () => {
    const white = run('Heading', '<w:color w:val="FFFFFF"/>');
    const inCell = `<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="203864"/></w:tcPr>${paragraph(white)}</w:tc></w:tr></w:tbl>`;
    const inStyle = `<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr><w:tr><w:tc>${paragraph(white)}</w:tc></w:tr></w:tbl>`;
    const styles =
      '<w:style w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="203864"/></w:tcPr></w:tblStylePr></w:style>';
    const { text, hidden } = await read(docxOf(inCell + inStyle, { styles }));
    expect(text).toBe('Heading\n\nHeading');
    expect(hidden).toEqual([]);
  });

  test('in tracked deletions and moves is listed, and what was put in is kept', async () => {
    const body = paragraph(
      run('Notice is '),
      `<w:del w:id="1"><w:r><w:delText>ninety</w:delText></w:r></w:del>`,
      `<w:ins w:id="2">${run('thirty')}</w:ins>`,
      `<w:moveFrom w:id="3">${run(' gone')}</w:moveFrom>`,
      run(' days.', '<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>'),
    );
    const { text, hidden } = await read(docxOf(body));
    expect(text).toBe('Notice is thirty days.');
    expect(hidden.map(({ how, text: words }) => [how, words])).toEqual([['deleted', 'ninety gone']]);
  });

  test('in comments is listed on the part that they are about', async () => {
    const comments = `<w:comment w:id="4">${paragraph(run('Ask legal'))}</w:comment><w:comment w:id="5">${paragraph(run('Unplaced'))}</w:comment>`;
    const { text, hidden } = await read(
      docxOf(paragraph(run('A clause.'), '<w:r><w:commentReference w:id="4"/></w:r>'), { comments }),
    );
    expect(text).toBe('A clause.');
    expect(hidden).toEqual([
      { page: 1, how: 'comment', text: 'Ask legal' },
      { page: 1, how: 'comment', text: 'Unplaced' },
    ]);
  });

  test('in characters without a shape is cut out, and what they spell is told', async () => {
    const tags = [...'obey'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
    for (const bytes of [
      docxOf(paragraph(run(`Pay\u200b on time${tags}.`))),
      Buffer.from(`Pay\u200b on time${tags}.`),
    ]) {
      const { document } = await readDocument(bytes, 'c');
      expect(document.text).toBe('Pay on time.');
      expect(document.hidden).toEqual([{ page: 1, how: 'invisible-characters', text: 'obey U+200B' }]);
    }
  });
});

describe('a contract as plain text', () => {
  const words = 'Fées “due”\n\nEnd';
  test.each([
    ['UTF-8', Buffer.from(words)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${words}`)],
    ['UTF-16', Buffer.from(`\ufeff${words}`, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${words}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from('F\xe9es \x93due\x94\r\n\r\nEnd', 'latin1')],
  ])('is read from %s', async (_, bytes) => {
    const { mediaType, document } = await readDocument(bytes, 'c.txt');
    expect([mediaType, document.format, document.text]).toEqual(['text/plain', 'text', words]);
    expect(document.hidden).toEqual([]);
  });
});
