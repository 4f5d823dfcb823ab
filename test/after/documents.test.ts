import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import type { ApprovedPage } from '../../api/exports/approved.js';
import { docxOf } from '../../api/exports/docx.js';
import type { ExportFacts } from '../../api/exports/heading.js';
import { pdfOf } from '../../api/exports/pdf.js';
import { crc32, entriesOf } from '../support/zip.js';

const facts: ExportFacts = {
  title: 'Zażółć gęślą jaźń',
  version: 3,
  approvedBy: 'Łucja Grün',
  decidedAt: '2026-05-03T10:00:00.000Z',
  singlePerson: false,
  subjectDigest: 'ab'.repeat(32),
  supersededBy: undefined,
};

function chunk(type: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}

/** A whole PNG with see-through pixels, two by two. */
function smallPng(pixels = Buffer.from('000102030405060708000102030405060708', 'hex')): Buffer {
  const header = Buffer.from('00000002000000020806000000', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const markdown = `# Zażółć gęślą jaźń

Version 3

## Steps

1. Öffne die **Größenliste** & prüfe \`code_x\`.  
   Where: Überblick → Straße

   ![Screenshot of step 1](images/one.png)

   You should see: żółty ekran <b> "quoted"
2. Wyślij list do Łodzi.

   ![Screenshot of step 2](images/two.webp)

## Exceptions

- **If nobody answers** Wait, then [call](https://example.org/x).
- nested
  - deeper

| Name | Place |
| --- | --- |
| Ærø | Århus |

> Quoted words.
`;
const words = [
  'Zażółć gęślą jaźń', 'Version 3', 'Steps', 'Öffne die', 'Größenliste', '& prüfe', 'code_x', 'Where: Überblick → Straße',
  'You should see: żółty ekran <b> "quoted"', 'Wyślij list do Łodzi.', 'Exceptions', 'If nobody answers',
  'Wait, then', 'call', '(https://example.org/x)', 'nested', 'deeper', 'Name', 'Ærø', 'Århus', 'Quoted words.',
  'images/two.webp',
]; // prettier-ignore
const frame = ['version 3', 'Approved by Łucja Grün', '3 May 2026', 'ab'.repeat(32)];

function approved(text = markdown, png = smallPng()): ApprovedPage {
  return {
    page: Buffer.from(text),
    pictures: new Map([
      ['images/one.png', { bytes: png, mediaType: 'image/png' }],
      ['images/two.webp', { bytes: Buffer.from('RIFF0000WEBP'), mediaType: 'image/webp' }],
    ]),
  };
}

async function pdfPages(bytes: Buffer): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false });
  return text.map((page) => page.replaceAll(/\s+/g, ' '));
}

const entity: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', apos: "'" };
const textOf = (xml: string) =>
  xml.replaceAll(/<[^>]*>/g, '').replaceAll(/&(\w+);/g, (all, name: string) => entity[name] ?? all);

test('a Word document holds every word of the page, its picture, and who approved it', async () => {
  const entries = entriesOf(await docxOf(approved(), facts));
  const document = textOf(entries.get('word/document.xml')?.toString() ?? '');
  for (const word of words) expect(document).toContain(word);
  const edges = [...entries]
    .filter(([name]) => /word\/(header|footer)\d/.test(name))
    .map(([, xml]) => textOf(xml.toString()));
  for (const word of frame) expect(edges.join(' ')).toContain(word);
  const pictures = [...entries].filter(([name]) => name.startsWith('word/media/') && name.endsWith('.png'));
  expect(pictures.map(([, bytes]) => bytes)).toEqual([smallPng()]);
});

test('a PDF holds every word of the page in its own letters, and on every page who approved it and its number', async () => {
  const many = `${markdown}\n${Array.from({ length: 80 }, (_, n) => `${n + 10}. Krok ${n} pośród łąk.`).join('\n\n')}\n`;
  const pages = await pdfPages(await pdfOf(approved(many), facts));
  expect(pages.length).toBeGreaterThan(2);
  const whole = pages.join(' ');
  for (const word of [...words, 'Krok 79 pośród łąk.']) expect(whole).toContain(word);
  pages.forEach((page, index) => {
    for (const word of [...frame, `Page ${index + 1} of ${pages.length}`]) expect(page).toContain(word);
  });
  expect(whole).not.toContain('[U+');
});

test('the same publication gives the same bytes, whenever it is made', async () => {
  for (const make of [docxOf, pdfOf]) {
    const first = await make(approved(), facts);
    expect((await make(approved(), facts)).equals(first)).toBe(true);
  }
});

test('a superseded version says so on every page', async () => {
  const old = { ...facts, supersededBy: 4 };
  expect((await pdfPages(await pdfOf(approved(), old)))[0]).toContain('Superseded: version 4 is in force.');
  const header =
    entriesOf(await docxOf(approved(), old))
      .get('word/header1.xml')
      ?.toString() ?? '';
  expect(textOf(header)).toContain('Superseded: version 4 is in force.');
});

test('a letter that the fonts lack stands by its number, and the PDF says so', async () => {
  const [page] = await pdfPages(await pdfOf(approved('# A\n\n日 is day\n'), facts));
  expect(page).toContain('[U+65E5] is day');
  expect(page).toContain('lack 1 of the characters');
});

test('a damaged picture is said to be missing, and ends nothing', async () => {
  for (const png of [
    smallPng(Buffer.alloc(5)),
    smallPng(Buffer.alloc(18, 128)),
    smallPng().subarray(0, 50),
    Buffer.alloc(0),
  ]) {
    const [page] = await pdfPages(await pdfOf(approved(markdown, png), facts));
    expect(page).toContain('[Screenshot of step 1: images/one.png.');
  }
});
