import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readInChild, type ReadAnswer } from '../../activities/readers/read.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { catalog, onePage, pdf, plainPage, put, rawPdf, streamOf } from '../support/pdfs.js';
import { docxOf, zipOf } from '../support/zips.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What became of a file in the child, and how long it took: never a crash, never longer than the limit. */
async function tried(
  bytes: string | Uint8Array,
  name: string,
): Promise<{ answer?: ReadAnswer; refusal?: string; ms: number }> {
  const path = join(folder, `${Math.random()}`);
  await writeFile(path, bytes);
  const before = performance.now();
  try {
    const answer = await readInChild({ path, kind: 'document', name });
    return { answer, ms: performance.now() - before };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.code).toBe('unreadable_source');
    return { refusal: error.message, ms: performance.now() - before };
  }
}

const entities = (inner: string): string => `<!DOCTYPE w [${inner}]>`;
const laughs = entities(
  `<!ENTITY a "ha">${'bcdefghij'
    .split('')
    .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'.charAt(at)};`.repeat(10)}">`)
    .join('')}`,
);

const files: [string, string, () => Buffer | Promise<Buffer>, RegExp][] = [
  [
    'a PDF cut off in the middle',
    'c.pdf',
    async () => (await pdf((d) => put(d, 'x'.repeat(50), 50, 50))).subarray(0, 300),
    /damaged/,
  ],
  [
    'a PDF whose table of contents points at itself',
    'c.pdf',
    () =>
      Buffer.from(
        '%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF',
      ),
    /damaged/,
  ],
  [
    'a PDF whose pages are their own parents',
    'c.pdf',
    () => rawPdf([catalog, '<< /Type /Pages /Kids [2 0 R] /Count 1 >>']),
    /damaged|No page/,
  ],
  [
    'a PDF that unpacks to gigabytes',
    'c.pdf',
    () => {
      const once = deflateSync(Buffer.alloc(200 * 1024 * 1024, ' '), { level: 9 });
      return rawPdf([catalog, onePage, plainPage(), streamOf(once, '/Filter /FlateDecode')]);
    },
    /unpacks to far more/,
  ],
  [
    'a PDF packed many times over',
    'c.pdf',
    () => {
      const layers = deflateSync(deflateSync(Buffer.alloc(300 * 1024 * 1024, ' '), { level: 9 }), { level: 9 });
      return rawPdf([catalog, onePage, plainPage(), streamOf(layers, '/Filter [/FlateDecode /FlateDecode]')]);
    },
    /unpacks to far more|too long|too much memory/,
  ],
  [
    'a PDF of ten thousand pages',
    'c.pdf',
    () => {
      const kids = Array.from({ length: 10_000 }, (_, at) => `${at + 5} 0 R`).join(' ');
      return rawPdf([
        catalog,
        `<< /Type /Pages /Kids [${kids}] /Count 10000 >>`,
        '<< >>',
        '<< >>',
        ...Array.from({ length: 10_000 }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>'),
      ]);
    },
    /10,000 pages; up to 2,000 are read/,
  ],
  [
    'a Word file that defines a billion laughs',
    'c.docx',
    () => docxOf('<w:p><w:r><w:t>&j;</w:t></w:r></w:p>', {}, laughs),
    /definitions that Word never writes/,
  ],
  [
    'a Word file that asks for another file',
    'c.docx',
    () => docxOf('<w:p><w:r><w:t>&x;</w:t></w:r></w:p>', {}, entities('<!ENTITY x SYSTEM "file:///etc/passwd">')),
    /definitions that Word never writes/,
  ],
  [
    'a Word file that unpacks to hundreds of megabytes',
    'c.docx',
    () => docxOf(' '.repeat(200 * 1024 * 1024)),
    /unpacks to far more/,
  ],
  ['a Word file nested without end', 'c.docx', () => docxOf('<w:tbl><w:tr><w:tc>'.repeat(100_000)), /damaged/],
  ['a Word file that breaks off', 'c.docx', () => docxOf('<w:p></w:p>').subarray(0, 500), /damaged|ZIP/],
  ['a ZIP', 'c.docx', () => zipOf([{ name: 'a.txt', bytes: 'x' }]), /ZIP file, not a contract/],
  [
    'a program',
    'c.pdf',
    () => Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(100)]),
    /Add a PDF, a Word file/,
  ],
  ['plain text that is named a PDF', 'c.pdf', () => Buffer.from('Just words.'), /neither/],
  ['nothing but zeros', 'c.bin', () => Buffer.alloc(10_000), /not a document/],
];

describe('a file made to do harm', () => {
  test.each(files)('%s is refused in time, with what to do', { timeout: 60_000 }, async (_, name, make, words) => {
    const { answer, refusal, ms } = await tried(await make(), name);
    expect(answer?.reading).toBeUndefined();
    expect(refusal).toMatch(words);
    expect(refusal).toMatch(/\b(?:[Aa]dd|[Ss]ave|[Ss]plit|[Pp]rint|[Ee]xport|[Mm]ake)\b/);
    expect(ms).toBeLessThan(12_000);
  });

  test('a PDF that would run a program or fetch something is read, and does neither', async () => {
    const content = Buffer.from('BT /F 12 Tf 60 700 Td (Quiet words) Tj ET');
    const bytes = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /WC << /S /URI /URI (http://127.0.0.1:9/) >> >> >>',
      onePage,
      plainPage(),
      streamOf(content),
    ]);
    const { answer } = await tried(bytes, 'c.pdf');
    expect(answer?.reading).toMatchObject({ kind: 'document', document: { text: 'Quiet words', hidden: [] } });
  });

  test('a form that draws itself without end stops', { timeout: 30_000 }, async () => {
    const page = plainPage('/XObject << /X 5 0 R >>');
    const form = streamOf(
      Buffer.from('/X Do BT /F 12 Tf 60 700 Td (Round) Tj ET /X Do'),
      '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >>',
    );
    const { ms } = await tried(rawPdf([catalog, onePage, page, streamOf(Buffer.from('/X Do')), form]), 'c.pdf');
    expect(ms).toBeLessThan(12_000);
  });
});

const given = join(import.meta.dirname, '../../../shared/data/hostile/files');

describe('odd and malformed files of others', () => {
  test.skipIf(!existsSync(given))(
    'are each read or refused in words, within the limit',
    { timeout: 120_000 },
    async () => {
      const outcomes: Record<string, string> = {};
      for (const name of readdirSync(given)) {
        const { answer, refusal, ms } = await tried(await readFile(join(given, name)), name);
        expect(ms, name).toBeLessThan(12_000);
        expect(answer !== undefined || (refusal ?? '').length > 20, name).toBe(true);
        outcomes[name] = refusal ?? `${answer?.reading.kind}`;
      }
      expect(outcomes['testPassword4Spaces.pdf']).toMatch(/locked with a password/);
      expect(outcomes['file1.pdf']).toMatch(/neither/);
      expect(outcomes['testWORD_features.docx']).toBe('document');
      expect(outcomes['testPDF.pdf']).toBe('document');
    },
  );
});
