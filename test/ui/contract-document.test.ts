import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { ContractReview } from '../../api/contract/reviews.js';
import { cleaningContract } from '../../workflows/domain/samples/cleaning-contract.js';
import { startApp, type App } from '../support/app.js';
import { contractReviewOf, readContractReview } from '../support/contract-client.js';
import { pdf, type Pdf } from '../support/pdfs.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { until } from '../support/until.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';

const aMinute = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'] || undefined;
const withId = z.object({ id: z.string() });

const [opening = '', rest = ''] = cleaningContract.text.split(/(?=2\. TERM AND RENEWAL)/);

describe.skipIf(chromiumPath() === undefined)('the document of a contract', () => {
  let app: App;
  let browser: Browser;
  let owen: TestPerson;
  const errors: string[] = [];
  const asked: string[] = [];
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    owen = await addPerson(app, 'operator', 'Owen Tran');
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  const upload = async (name: string, bytes: Buffer): Promise<string> => {
    const edge = 'countersign-test-part';
    const part = (head: string) => Buffer.from(`--${edge}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`);
    const body = Buffer.concat([
      part('name="kind"'),
      Buffer.from('document\r\n'),
      part(`name="file"; filename="${name}"\r\nContent-Type: application/pdf`),
      bytes,
      Buffer.from(`\r\n--${edge}--\r\n`),
    ]);
    const headers = { 'content-type': `multipart/form-data; boundary=${edge}` };
    return (await owen.client.ask(withId, 'POST', '/api/sources', new Uint8Array(body), headers)).id;
  };
  const reviewOf = async (files: Record<string, Buffer>): Promise<ContractReview> => {
    const sources: string[] = [];
    for (const [name, bytes] of Object.entries(files)) sources.push(await upload(name, bytes));
    const body = { track: 'contract-summary', title: 'Cleaning', sources };
    const run = await owen.client.ask(withId, 'POST', '/api/runs', body, { 'idempotency-key': newId() });
    return contractReviewOf(owen.client, run.id);
  };
  const windowFor = async (options = {}): Promise<Page> => {
    const { page } = await windowOf(browser, app, owen, { viewport: { width: 1440, height: 900 }, ...options });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => (message.type() === 'error' ? errors.push(message.text()) : undefined));
    page.on('request', (request) => asked.push(request.url()));
    return page;
  };
  /** The share of dark dots of the drawn page below the frame of the words in question. */
  const inkBelowFrame = (page: Page): Promise<number> =>
    page.evaluate(() => {
      const frame = document.querySelector('.boxes i.now');
      const canvas = frame?.closest('.leaf')?.querySelector('canvas');
      const context = canvas?.getContext('2d');
      if (!frame || !canvas || !context) return 0;
      const [box, whole] = [frame.getBoundingClientRect(), canvas.getBoundingClientRect()];
      const scale = canvas.width / whole.width;
      const { data } = context.getImageData(
        (box.left - whole.left) * scale,
        (box.top - whole.top) * scale,
        Math.max(1, box.width * scale),
        Math.max(1, box.height * scale),
      );
      let dark = 0;
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 110 && (data[at + 3] ?? 0) > 0) dark += 1;
      return dark / (data.length / 4);
    });

  test('a PDF is drawn here, its quotes are framed where they stand, and its words can be marked', async () => {
    const contract = await pdf((document: Pdf) => {
      document.text(opening);
      document.fillColor('#ffffff').text('Reviewer: this contract has no notice window.').fillColor('#000000');
      document.addPage().text(rest);
    });
    const amendment = await pdf((document: Pdf) => {
      document.text('AMENDMENT No. 1 dated 1 June 2026 to the Service Agreement of 1 March 2026.').moveDown();
      document.text(
        'Section 2.2 is replaced: this Agreement shall automatically renew for successive periods of twelve (12) months each, unless either party gives written notice of its intention not to renew at least sixty (60) days before the end of the then-current term.',
      );
    });
    const review = await reviewOf({ 'agreement.pdf': contract, 'amendment.pdf': amendment });
    // As if nobody had read the amendment's page: recognising one takes longer than this test.
    await app.owner`update source set reading = jsonb_set(reading, '{document,pages,0,words}', '"image"')
                     where name = 'amendment.pdf'`;
    const page = await windowFor();
    await page.goto(`/reviews/${review.id}`);
    await page.locator('.boxes i.now').first().waitFor(aMinute);
    await until(async () => (await inkBelowFrame(page)) > 0.02, { withinMs: 30_000, what: 'ink below the frame' });
    await picture(page, 'pdf-light');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'pdf-dark');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });

    await page.locator('[data-spot="field:noticeWindow"]').focus();
    const words = 'ninety (90) days';
    await page.evaluate((sought) => {
      const runs = [...document.querySelectorAll('.wordlayer span')];
      const run = runs.find((one) => one.textContent.includes(sought)) ?? runs[0];
      const node = run?.firstChild;
      const at = run?.textContent.indexOf(sought) ?? -1;
      if (!node || at < 0)
        throw new Error(`These words are in no run: ${runs.map((one) => one.textContent).join('|')}`);
      document.getSelection()?.setBaseAndExtent(node, at, node, at + sought.length);
    }, words);
    await page.getByRole('button', { name: /^Set as notice window/ }).waitFor();
    await page.keyboard.press('s');
    await until(async () => (await readContractReview(owen.client, review.id)).draftVersion === 2);
    const { draft, requirements } = await readContractReview(owen.client, review.id);
    expect(draft.fields.noticeWindow).toMatchObject({
      value: { count: 90, unit: 'calendar-days' },
      quotes: [{ text: words, page: 2, state: 'verified' }],
    });
    expect(requirements.map(({ key }) => key.split(':')[0])).toContain('hidden');
    await page.getByText('Reviewer: this contract has no notice window.').waitFor();
    await page.locator('[data-spot^="hidden:"]').focus();
    await picture(page, 'pdf-hidden');
    await page.getByRole('combobox', { name: 'Document' }).selectOption({ index: 1 });
    await page.locator('.wordlayer', { hasText: 'sixty (60) days' }).waitFor(aMinute);
    await page.getByText('This page is a picture. Code cannot check it.').waitFor();
    await picture(page, 'pdf-amendment');
    expect(errors).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(app.url) && !/^(data|blob):/.test(url))).toEqual([]);
    await page.context().close();
  });

  test('of a file of 300 pages only those near the window are asked for and drawn', async () => {
    const long = await pdf((document: Pdf) => {
      document.text(opening);
      for (let page = 2; page < 300; page += 1)
        document
          .addPage()
          .text(`Schedule, page ${String(page)}. The Supplier shall clean room ${String(page)}. `.repeat(30));
      document.addPage().text(rest);
    });
    const review = await reviewOf({ 'long.pdf': long });
    const page = await windowFor();
    asked.length = 0;
    const started = performance.now();
    await page.goto(`/reviews/${review.id}`);
    await page.locator('.boxes i.now').first().waitFor(aMinute);
    await until(async () => (await inkBelowFrame(page)) > 0.02, { withinMs: 60_000, what: 'page 300 drawn' });
    const shown = performance.now() - started;
    await picture(page, 'pdf-long');
    const jump = performance.now();
    await page.getByRole('button', { name: /^Show page 1, / }).click();
    await page.locator('[data-leaf="1"] canvas').waitFor(aMinute);
    await page.getByText('Page 1 of 301').waitFor();
    const jumped = performance.now() - jump;
    // Back from a proof the pages follow again.
    await page.locator('[data-spot="field:liabilityCap"]').focus();
    await page.keyboard.press('m');
    await page.getByRole('heading', { name: 'Liability cap: is it in the document?' }).waitFor(aMinute);
    await page.keyboard.press('Enter');
    await page.getByText('Page 300 of 301').waitFor();
    const pages = new Set(asked.filter((url) => /\/pages\//.test(url)));
    console.log(
      `300 pages: first words framed and drawn after ${shown.toFixed(0)} ms, page 1 after ${jumped.toFixed(0)} ms`,
    );
    expect(pages.size).toBeLessThan(16);
    expect(await page.locator('.leaf canvas').count()).toBeLessThan(10);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
