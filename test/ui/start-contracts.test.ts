import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startApp, type App } from '../support/app.js';
import { contractOf } from '../support/contract-texts.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { until } from '../support/until.js';
import { zipOf } from '../support/zips.js';
import { chromiumPath, openBrowser, seriousTroubles, tabTo, windowOf } from './browser.js';

const aMinute = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'] || undefined;

const told = { signed: 'March 1, 2026', years: 2, noticeDays: 60, cap: 500_000, state: 'Ohio', filler: 3, spaces: ' ' };
const contract = (vendor: string) => contractOf({ ...told, vendor });
type Dropped = { name: string; mimeType: string; buffer: Buffer };
const file = (name: string, text: string | Buffer): Dropped => ({
  ...{ name, mimeType: name.endsWith('.txt') ? 'text/plain' : 'application/octet-stream' },
  buffer: Buffer.from(text),
});
const six = [
  file('alder.txt', contract('Alder Ltd')),
  file('birch.txt', contract('Birch Ltd')),
  file('cedar.txt', contract('Cedar Ltd')),
  file('damaged.pdf', '%PDF-1.7\nand then nothing'),
  file('elm.txt', contract('Elm Ltd')),
  file('birch amendment.txt', 'FIRST AMENDMENT\n\nThe notice period of the Agreement is ninety (90) days.'),
];

const runList = z.object({
  runs: z.array(z.object({ id: z.string(), title: z.string() })),
});

describe.skipIf(chromiumPath() === undefined)('many contracts at once', () => {
  let app: App;
  let browser: Browser;
  let ruth: TestPerson;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    ruth = await addPerson(app, 'admin', 'Ruth');
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const open = async (person: TestPerson): Promise<Page> => {
    const { page } = await windowOf(browser, app, person, { viewport: { width: 1440, height: 900 } });
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto('/start?track=contract-summary');
    await page.getByText('Drop contracts here').waitFor(aMinute);
    return page;
  };
  /** As a person drops files on the page. */
  const drop = async (page: Page, files: readonly Dropped[]) => {
    const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
    await page.evaluate((all) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, base64 } of all) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, given);
  };
  const row = (page: Page, name: string) =>
    page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  const runsOf = async (person: TestPerson) =>
    (await person.client.ask(runList, 'GET', '/api/runs?track=contract-summary')).runs;
  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures === undefined) return;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: join(pictures, `${name}-phone.png`) });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  };

  test('of six files, one broken and one an amendment, four start, once each, though the page is loaded again', async () => {
    const page = await open(ruth);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
    });
    await drop(page, six);
    await row(page, 'birch amendment.txt').waitFor(aMinute);
    await row(page, 'birch amendment.txt').getByRole('combobox').selectOption({ label: 'Amends birch.txt' });
    await drop(page, six.slice(0, 1));
    await page.getByText('alder.txt: not added a second time.').waitFor(aMinute);
    expect(sent).toEqual([]);
    await picture(page, 'contracts-dropped');
    expect(await seriousTroubles(page)).toEqual([]);

    // Three files get through, the answers to the starts of two runs are lost on the way, and then the page is loaded again.
    let through = 0;
    let inTheMiddle = true;
    await page.route('**/api/sources', (route) => {
      through += 1;
      if (!inTheMiddle || through <= 3) void route.continue();
    });
    await page.route('**/api/runs', async (route) => {
      if (route.request().method() !== 'POST' || !inTheMiddle) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Start 5 contracts' }).click();
    await page.getByText('Send 2 files again').waitFor(aMinute);
    expect(await runsOf(ruth)).toHaveLength(2);
    await page.reload();
    inTheMiddle = false;
    await page.getByText('Not sent before this page was loaded again.').first().waitFor(aMinute);
    await picture(page, 'contracts-loaded-again');
    await drop(page, six);
    await page.getByText('alder.txt, birch.txt and birch amendment.txt: not added a second time.').waitFor(aMinute);
    await page.getByText('Send 2 files again').click(aMinute);
    await page.getByRole('button', { name: 'Start 3 contracts' }).click(aMinute);
    await page.getByText('5 of 6 read, 1 refused, 4 runs started').waitFor(aMinute);
    await row(page, 'damaged.pdf').getByText('Replace').waitFor(aMinute);
    expect((await runsOf(ruth)).map((run) => run.title).sort()).toEqual(['Alder', 'Birch', 'Cedar', 'Elm']);

    await until(async () => (await page.getByRole('link', { name: /Open the review of/ }).count()) === 4, {
      withinMs: 60_000,
      what: 'the reviews of the four',
    });
    await picture(page, 'contracts-started');
    expect(await seriousTroubles(page)).toEqual([]);
    const [birch] = (await runsOf(ruth)).filter((run) => run.title === 'Birch');
    const { sources } = await ruth.client.ask(
      z.object({ sources: z.array(z.object({ name: z.string() })) }),
      'GET',
      `/api/runs/${birch?.id ?? ''}`,
    );
    expect(sources.map((source) => source.name)).toEqual(['birch.txt', 'birch amendment.txt']);

    // The refused one is replaced, the others stay as they are.
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Replace damaged.pdf' }).click();
    await (await choosing).setFiles([file('fir.txt', contract('Fir Ltd'))]);
    await page.getByRole('button', { name: 'Start 1 contract' }).click();
    await page.getByText('6 of 6 read, 5 runs started').waitFor(aMinute);
    expect(await runsOf(ruth)).toHaveLength(5);
    await page.context().close();
  });

  test('in a ZIP are listed before it is sent, by keyboard alone, and its bad file stops no other', async () => {
    const owen = await addPerson(app, 'operator', 'Owen');
    const page = await open(owen);
    const packed = [
      { name: 'vendors/grove.txt', bytes: contract('Grove Ltd') },
      { name: 'vendors/hazel.pdf', bytes: '%PDF-1.7\nand then nothing' },
      { name: 'vendors/iris.txt', bytes: contract('Iris Ltd') },
      { name: 'vendors/iris amendment.txt', bytes: 'FIRST AMENDMENT\n\nThe cap is gone.' },
    ];
    await drop(page, [file('vendors.zip', zipOf(packed))]);
    await page.getByText('4 files').waitFor(aMinute);
    await tabTo(page, /What iris amendment\.txt is/);
    await page.keyboard.type('Amends iris');
    await tabTo(page, /^Start 3 contracts/);
    await page.keyboard.press('Enter');
    await page.getByText('3 of 4 read, 1 refused, 2 runs started').waitFor(aMinute);
    const mine = (await runsOf(owen)).map((run) => run.title).filter((title) => /Grove|Iris|Hazel/.test(title));
    expect(mine.sort()).toEqual(['Grove', 'Iris']);
    await page.context().close();
  });

  test('are forty in a list that is whole in every look, and take the place of nothing else', async () => {
    const pia = await addPerson(app, 'operator', 'Pia');
    const page = await open(pia);
    const forty = Array.from({ length: 40 }, (_, at) => {
      const name = `Master services agreement with vendor number ${String(at + 1).padStart(2, '0')} (signed).txt`;
      return file(name, contract(`Vendor ${String(at + 1)} Ltd`));
    });
    await drop(page, forty);
    await page.getByText('40 files').waitFor(aMinute);
    await picture(page, 'contracts-forty');
    for (const width of [1440, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([width, wide]).toEqual([width, 0]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await seriousTroubles(page)).toEqual([]);
    const begun = Date.now();
    await page.getByRole('button', { name: 'Start 40 contracts' }).click();
    await page.getByText('40 of 40 read, 40 runs started').waitFor({ timeout: 120_000 });
    if (pictures !== undefined) console.log(`Forty contracts were started in ${String(Date.now() - begun)} ms.`);
    await picture(page, 'contracts-forty-started');
    await page.getByRole('link', { name: 'SOP from a walk-through' }).click();
    await page.getByText('Drop the transcript and screenshots here').waitFor(aMinute);
    await page.context().close();
  });

  test('a first look is one press away: the sample contract is drafted like any other', async () => {
    const owen = await addPerson(app, 'operator', 'Owen');
    const page = await open(owen);
    await page.getByRole('button', { name: 'Load the sample contract' }).click();
    await page.waitForURL(/\/runs\//, aMinute);
    await page.getByText('Brightwater').first().waitFor(aMinute);
    await page.close();
  });
});
