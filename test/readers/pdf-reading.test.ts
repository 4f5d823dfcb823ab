import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPdf } from '../../activities/readers/pdf/read-pdf.js';
import { documentSchema, type ReadDocument } from '../../workflows/domain/document.js';
import { inOrderShare, pdftotextWords, wordsOf } from '../support/pdftotext.js';
import { pdf, put, type Pdf } from '../support/pdfs.js';

const read = async (draw: (document: Pdf) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<ReadDocument> =>
  documentSchema.parse(await readPdf(await pdf(draw, options)));

/** Runs of a page with the words that they stand for. */
function runsOf({ text, pages }: ReadDocument, page = 0) {
  const runs = pages[page]?.runs ?? [];
  return Array.from({ length: runs.length / 6 }, (_, at) => {
    const [from = 0, to = 0, x = 0, y = 0, width = 0, height = 0] = runs.slice(at * 6, at * 6 + 6);
    return { words: text.slice(from, to), x, y, width, height };
  });
}

const prose = (name: string): string =>
  Array.from({ length: 14 }, (_, at) => `${name} sentence ${at + 1} says what the parties agree upon here.`).join(' ');

describe('the words of a PDF', () => {
  test('come line by line and paragraph by paragraph, with hyphens as they are printed', async () => {
    const { text } = await read((d) => {
      put(d, '1. Term', 50, 60);
      put(d, 'This agreement begins on the day of its signa-', 50, 90);
      put(d, 'ture and ends after a year.', 50, 105);
      put(d, 'It renews unless a party gives notice.', 50, 140);
    });
    expect(text).toBe(
      '1. Term\n\nThis agreement begins on the day of its signa-\nture and ends after a year.\n\nIt renews unless a party gives notice.',
    );
  });

  test('come column after column where a page has columns, under the heading that spans them', async () => {
    const { text } = await read((d) => {
      put(d.fontSize(18), 'Terms that hold for both columns of this page', 50, 50);
      d.fontSize(10);
      d.text(prose('Left'), 50, 100, { width: 230 });
      d.text(prose('Right'), 315, 100, { width: 230 });
    });
    const flat = text.replace(/\s+/g, ' ');
    expect(flat).toBe(`Terms that hold for both columns of this page ${prose('Left')} ${prose('Right')}`);
  });

  test('come row by row where a page has a table', async () => {
    const { text } = await read((d) => {
      for (let row = 0; row < 8; row += 1) {
        put(d, `Item ${row}`, 60, 100 + row * 20);
        put(d, `${row} pieces`, 250, 100 + row * 20);
        put(d, `EUR ${row}.00`, 420, 100 + row * 20);
      }
    });
    expect(text.split(/\n+/)[3]).toBe('Item 3 3 pieces EUR 3.00');
  });

  test('are parted by spaces where the letters stand apart, drawn or not', async () => {
    const { text } = await read((d) => {
      d.addContent('BT /F1 12 Tf 1 0 0 1 60 700 Tm [(Not) -300 (ice pe) 20 (riod)] TJ ET');
      put(d, 'x', 500, 780);
    });
    expect(text.split('\n')[0]).toBe('Not ice period');
  });

  test('are read once where they are drawn twice to look bold', async () => {
    const { text } = await read((d) => {
      put(d, 'Bold heading', 60, 100);
      put(d, 'Bold heading', 60.3, 100);
    });
    expect(text).toBe('Bold heading');
  });

  test('stand where their boxes say, in points from the top left, on every page', async () => {
    const document = await read((d) => {
      put(d, 'First', 100, 200);
      d.addPage({ size: [400, 300], margin: 0 });
      put(d, 'Second here', 50, 60);
    });
    expect(document.text).toBe('First\fSecond here');
    expect(document.pages.map(({ width, height }) => [width, height])).toEqual([
      [595.28, 841.89],
      [400, 300],
    ]);
    const [first] = runsOf(document);
    const [second] = runsOf(document, 1);
    expect(first).toMatchObject({ words: 'First', x: 100 });
    expect(first?.y).toBeGreaterThan(197);
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThan(216);
    expect(first?.width).toBeCloseTo(23.3, 0);
    expect(second).toMatchObject({ words: 'Second here', x: 50 });
    for (const { runs } of document.pages)
      expect(runs.every((value) => Number.isInteger(Math.round(value * 1e6) / 1e5))).toBe(true);
  });

  test('stand upright on a page that is turned', async () => {
    const bytes = await pdf((d) => {
      put(d, 'Turned words', 100, 200);
      const page: unknown = d.page.dictionary;
      // pdfkit has no setting for it.
      (page as { data: Record<string, unknown> }).data['Rotate'] = 90;
    });
    const document = await readPdf(bytes);
    expect(document.pages[0]).toMatchObject({ width: 841.89, height: 595.28 });
    const [run] = runsOf(document);
    expect(run?.words).toBe('Turned words');
    // A quarter turn clockwise: what was 200 from the top is now 200 from the right.
    expect(run?.x).toBeGreaterThan(841 - 218);
    expect((run?.x ?? 0) + (run?.width ?? 0)).toBeLessThan(841 - 197);
    expect(run?.y).toBeCloseTo(100, 0);
  });

  test('are locked behind a password: refused with what to do', async () => {
    const bytes = await pdf((d) => put(d, 'Secret', 60, 100), { userPassword: 'sesame', pdfVersion: '1.7' });
    await expect(readPdf(bytes)).rejects.toThrow(
      'This PDF is locked with a password. Save it without one and drop it again.',
    );
  });

  test('are read where only printing or copying is restricted', async () => {
    const bytes = await pdf((d) => put(d, 'Open to read', 60, 100), { ownerPassword: 'sesame', pdfVersion: '1.7' });
    expect((await readPdf(bytes)).text).toBe('Open to read');
  });
});

const folder = join(import.meta.dirname, '../../../shared/data/contracts/pdf');

describe('twenty contracts as they were filed', () => {
  test.skipIf(!existsSync(folder) || pdftotextWords === undefined)(
    'give the words that another reader finds, in order, and next to nothing of them counts as hidden',
    { timeout: 120_000 },
    async () => {
      let [found, all, hidden] = [0, 0, 0];
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        const document = documentSchema.parse(await readPdf(await readFile(path)));
        const theirs = pdftotextWords?.(path) ?? [];
        const share = inOrderShare(theirs, wordsOf(document.text));
        found += share * theirs.length;
        all += theirs.length;
        hidden += document.hidden.length + document.hiddenMore;
        expect(share, name).toBeGreaterThan(0.97);
      }
      process.stdout.write(
        `Words of pdftotext found in order: ${((found / all) * 100).toFixed(2)} % of ${all}. Listed as hidden: ${hidden}.\n`,
      );
      expect(found / all).toBeGreaterThan(0.99);
      expect(hidden).toBeLessThanOrEqual(2);
    },
  );
});
