import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPdf } from '../../activities/readers/pdf/read-pdf.js';
import { recognisePages } from '../../activities/readers/recognise.js';
import { mergeRecognised } from '../../activities/readers/recognised.js';
import { documentSchema, pageAt, type ReadDocument } from '../../workflows/domain/document.js';
import { pdf, put, scan } from '../support/pdfs.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recognise-'));
});
afterAll(() => rm(folder, { recursive: true }));

const lines = [
  'This Agreement renews for one year at a time',
  'unless either party gives sixty days notice.',
  'The laws of Ireland govern this Agreement.',
];

describe('pages that are pictures', () => {
  test(
    'are read in a process of their own, page by page, with the place of every line',
    { timeout: 120_000 },
    async () => {
      const bytes = await pdf((d) => {
        put(d, 'A page with words of its own', 60, 100);
        d.addPage();
        d.image(scan(lines), 0, 0, { width: 595.28 });
        d.addPage();
        put(d, 'The last page', 60, 100);
      });
      const path = join(folder, 'scan.pdf');
      await writeFile(path, bytes);
      const document = await readPdf(bytes);
      expect(document.pages.map(({ words }) => words)).toEqual(['text', 'image', 'text']);
      const watched: number[] = [];
      const shares: number[] = [];
      const before = performance.now();
      const { pages, trouble } = await recognisePages(
        { path, pages: [2] },
        { onPage: ({ page }) => watched.push(page), onProgress: (_, share) => shares.push(share) },
      );
      process.stdout.write(
        `One page recognised in ${((performance.now() - before) / 1000).toFixed(1)} s, with the start.\n`,
      );
      expect(trouble).toBeNull();
      expect(watched).toEqual([2]);
      expect(shares.at(-1)).toBe(1);
      const merged = documentSchema.parse(mergeRecognised(document, pages));
      expect(merged.pages.map(({ words }) => words)).toEqual(['text', 'recognised', 'text']);
      expect(merged.text).toBe(`A page with words of its own\f${lines.join('\n')}\fThe last page`);
      expect(merged.warnings.at(-1)).toContain('Page 2 was read from its picture');
      for (const [index, line] of lines.entries()) {
        const [from = 0, to = 0, x = 0, y = 0, , height = 0] =
          merged.pages[1]?.runs.slice(index * 6, index * 6 + 6) ?? [];
        expect(merged.text.slice(from, to)).toBe(line);
        expect(pageAt(merged, from)).toBe(2);
        // Where the picture was drawn: 160 and 240 + 56 n of 1654 dots across 595 points.
        expect(Math.abs(x - 160 * 0.36)).toBeLessThan(3);
        expect(y).toBeLessThan((240 + index * 56) * 0.36);
        expect(y + height).toBeGreaterThan((240 + index * 56) * 0.36 - 2);
      }
      const last = merged.pages[2];
      expect(merged.text.slice(last?.runs[0], last?.runs[1])).toBe('The last page');
    },
  );

  test('stay pictures where recognition is missing or fails, and that is said in words', async () => {
    const path = join(folder, 'broken.pdf');
    await writeFile(path, '%PDF-1.7\nnothing');
    const missing = join(folder, 'none.mjs');
    await writeFile(
      missing,
      `process.stdin.resume(); process.stdin.on('end', () => console.log('{"unavailable":true}'));`,
    );
    expect(await recognisePages({ path, pages: [1] }, {}, { recogniserFile: missing })).toEqual({
      pages: [],
      trouble: expect.stringContaining('cannot be read on this machine'),
    });
    const crashing = join(folder, 'crash.mjs');
    await writeFile(crashing, 'process.exit(9)');
    expect((await recognisePages({ path, pages: [1, 2] }, {}, { recogniserFile: crashing })).trouble).toBe(
      '2 pages are pictures that could not be read. Read them on the page itself.',
    );
    const hanging = join(folder, 'hang.mjs');
    await writeFile(hanging, 'setInterval(() => {}, 1000)');
    expect((await recognisePages({ path, pages: [1] }, {}, { recogniserFile: hanging, timeoutMs: 300 })).trouble).toBe(
      'Page 1 is a picture that took too long to read. Read it on the page itself.',
    );
  });

  test('change nothing else when they are merged, and pages with words are never overwritten', () => {
    const page = { width: 595, height: 842, words: 'text' as const };
    const document: ReadDocument = {
      format: 'pdf',
      text: 'One\f\fThree',
      pages: [
        { ...page, from: 0, to: 3, runs: [0, 3, 1, 2, 3, 4] },
        { ...page, from: 4, to: 4, runs: [], words: 'image' },
        { ...page, from: 5, to: 10, runs: [5, 10, 1, 2, 3, 4] },
      ],
      hidden: [],
      hiddenMore: 0,
      warnings: [],
    };
    const found = (at: number, text: string) => ({
      page: at,
      width: 595,
      height: 842,
      text,
      runs: [0, text.length, 9, 9, 9, 9],
    });
    expect(mergeRecognised(document, [])).toBe(document);
    const merged = mergeRecognised(document, [found(1, 'Overwritten'), found(2, 'Second'), found(7, 'Nowhere')]);
    expect(merged.text).toBe('One\fSecond\fThree');
    expect(merged.pages.map(({ from, to, words }) => [from, to, words])).toEqual([
      [0, 3, 'text'],
      [4, 10, 'recognised'],
      [11, 16, 'text'],
    ]);
    expect(merged.pages.map(({ runs }) => runs.slice(0, 2))).toEqual([
      [0, 3],
      [4, 10],
      [11, 16],
    ]);
  });
});
