import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApp, type App } from '../support/app.js';
import { letterOf, publishContract, startLetter } from '../support/letter-client.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { until } from '../support/until.js';
import { chromiumPath, openBrowser, pressOn, seriousTroubles, tabTo, windowOf } from './browser.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const aMinute = { timeout: 60_000 };
const desk = { viewport: { width: 1440, height: 900 } };

describe.skipIf(chromiumPath() === undefined)('a notice letter', () => {
  let app: App;
  let browser: Browser;
  let ines: TestPerson;
  let ruth: TestPerson;
  let vera: TestPerson;
  let contract: string;
  let contractPage: string;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    [ines, ruth, vera] = await Promise.all([
      addPerson(app, 'approver', 'Ines Aldana'),
      addPerson(app, 'approver', 'Ruth Akande'),
      addPerson(app, 'viewer', 'Vera Lind'),
    ]);
    contract = await publishContract(ines.client, ruth.client);
    const [row] = await app.owner<{ id: string }[]>`select id from publication where run_id = ${contract}`;
    contractPage = `/published/${row?.id ?? ''}`;
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  test('goes from the published contract to publication by keyboard alone, with a second person', async () => {
    const { page } = await windowOf(browser, app, ines, desk);
    await page.goto(contractPage);
    await page.getByRole('button', { name: 'Draft a notice letter' }).waitFor();
    await pressOn(page, /^Draft a notice letter/);
    await page.getByRole('dialog').waitFor();
    expect(await seriousTroubles(page)).toEqual([]);
    await tabTo(page, /^What the letter does/);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('link', { name: 'Open review' }).waitFor(aMinute);
    await pressOn(page, /^Open review/);
    await page.getByRole('heading', { name: 'The letter as it would go out' }).waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
    expect(page.url()).toContain('/reviews/');

    // `a` leads to the reason: the starter never approves it.
    await page.getByRole('button', { name: /^Approve: somebody else/ }).waitFor();
    await page.keyboard.press('a');
    await page.getByText('You started or wrote this notice letter, so somebody else approves it.').waitFor();

    await page.keyboard.press('e');
    await tabTo(page, /^From/);
    await page.keyboard.type('Harrow Mill Trading Ltd');
    await tabTo(page, /^To$/);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\n2 Dock Road\nBristol');
    await tabTo(page, /^Signed by/);
    await page.keyboard.type('R. Sutcliffe, Operations Manager');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.keyboard.press('Control+s');
    await page.locator('.sheet').getByText('2 Dock Road').waitFor(aMinute);

    await tabTo(page, /^Confirm 31 December 2089/);
    await page.keyboard.press('c');
    await until(async () => (await page.locator('#missing .todo .done').count()) === 1);
    await tabTo(page, /^Confirm that the way was checked/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing is missing' }).waitFor(aMinute);

    const { page: second } = await windowOf(browser, app, ruth, desk);
    await second.goto(page.url());
    await second.getByRole('button', { name: 'Approve the letter' }).waitFor(aMinute);
    await second.keyboard.press('d');
    await second.locator('.sheet.changes ins').first().waitFor();
    await second.keyboard.press('d');
    await second.getByRole('heading', { name: 'The letter as it would go out' }).waitFor();
    await second.keyboard.press('a');
    await second.getByText('Published to the Letters folder').waitFor(aMinute);
    expect(await seriousTroubles(second)).toEqual([]);
    await page.getByText(/Ruth Akande approved this at/).waitFor(aMinute);
    await pressOn(second, /^Open the page/);
    await second.getByText('Checked again just now').waitFor(aMinute);
    await second.locator('.sheet').getByText('R. Sutcliffe, Operations Manager').waitFor();
    expect(await seriousTroubles(second)).toEqual([]);
  });

  test('is offered to whoever may start work, and to nobody else', async () => {
    const { page } = await windowOf(browser, app, vera, desk);
    await page.goto(contractPage);
    await page.getByText('Checked again just now').waitFor(aMinute);
    expect(await page.getByRole('button', { name: 'Draft a notice letter' }).count()).toBe(0);
  });

  test('keeps the words of a person whom another overtakes, and puts them on top of the other version', async () => {
    const run = await startLetter(ines.client, contract);
    const review = await letterOf(ines.client, run);
    const { page } = await windowOf(browser, app, ines, desk);
    await page.goto(`/reviews/${review.id}?edit=signatory`);
    await page.getByLabel('Signed by').fill('Ines Aldana');
    await ruth.client.send('PATCH', `/api/runs/${run}/draft`, {
      baseVersion: review.draftVersion,
      edits: [{ op: 'set-sender', sender: 'Harrow Mill Trading Ltd' }],
    });
    await page.getByText('Somebody saved another version while you were editing.').waitFor(aMinute);
    expect(await page.getByLabel('Signed by').inputValue()).toBe('Ines Aldana');
    await page.keyboard.press('Control+s');
    await until(async () => (await letterOf(ines.client, run)).draft.signatory === 'Ines Aldana');
    expect((await letterOf(ines.client, run)).draft.sender).toBe('Harrow Mill Trading Ltd');
  });

  const looks: Record<string, BrowserContextOptions> = {
    light: { ...desk, colorScheme: 'light' },
    dark: { ...desk, colorScheme: 'dark' },
    phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'light' },
  };
  for (const [look, options] of Object.entries(looks))
    test(`nothing of it is cut off or hard to read in ${look}`, async () => {
      const run = await startLetter(ines.client, contract, look === 'dark' ? 'termination' : 'non-renewal');
      const { id } = await letterOf(ines.client, run);
      const { page, context } = await windowOf(browser, app, ines, options);
      for (const [name, path] of [
        ['room', `/reviews/${id}`],
        ['stands-on', `/reviews/${id}?view=sources`],
        ['missing', `/reviews/${id}?view=missing`],
        ['edit', `/reviews/${id}?edit=start`],
        ['contract', contractPage],
      ] as const) {
        await page.goto(path);
        await until(async () => (await page.locator('.skels').count()) === 0 && (await page.locator('h1').count()) > 0);
        expect(await seriousTroubles(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThan(1);
        const shots = '/tmp/letter-shots';
        if (existsSync(shots))
          await page.screenshot({ path: join(shots, `${look}-${name}.png`), fullPage: look === 'phone' });
      }
      await context.close();
    });
});
