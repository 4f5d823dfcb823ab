import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { addDays, civilDayAt } from '../../workflows/domain/contract-summary/civil-day.js';
import { startApp, type App } from '../support/app.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { contractWith, publishContract, type PublishedContract, type Terms } from '../support/published-contract.js';
import { until } from '../support/until.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const looks: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  'a narrow window': { viewport: { width: 1024, height: 768 }, colorScheme: 'light' },
  'a phone': { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'light' },
  'the narrowest phone': { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, colorScheme: 'dark' },
};
const shots = '/tmp/register-shots';

describe.skipIf(chromiumPath() === undefined)('the register of contracts', () => {
  let app: App;
  let browser: Browser;
  let owen: TestPerson;
  let amended: PublishedContract;

  const today = () => civilDayAt(new Date(), 'UTC');
  const publish = (days: number | null, terms: Terms, more: object = {}) =>
    publishContract(app.owner, {
      ...{ by: owen.id, ...more },
      contract: contractWith({ ...(days === null ? {} : { ends: addDays(today(), days + 90) }), ...terms }),
    });
  const loaded = (page: Page) =>
    until(async () => (await page.locator('h1').count()) > 0 && (await page.locator('.skels').count()) === 0, {
      withinMs: 30_000,
      what: 'the page',
    });

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp({ withoutWorker: true }), openBrowser()]);
    owen = await addPerson(app, 'operator', 'Owen Tran');
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    await app.owner`truncate publication, decision, review, subject, draft, run cascade`;
  });

  async function aHouseful(): Promise<void> {
    const drafted = contractWith({ cap: 1 });
    const old = await publish(20, { vendor: 'Brightwater Cleaning Ltd', title: 'Office cleaning', cap: 50_000 });
    amended = await publish(
      12,
      { vendor: 'Brightwater Cleaning Ltd', title: 'Office cleaning, first amendment', cap: 75_000 },
      { supersedes: old.run, drafted },
    );
    await publish(-25, { vendor: 'Northgate Lifts plc', title: 'Maintenance of four lifts', cap: 120_000 });
    await publish(-400, { vendor: 'Harbour Coffee', title: 'Machines on loan', renewalMonths: null });
    await publish(45, {
      vendor: 'Kestrel Payroll Services International Holdings GmbH & Co. KG',
      title: 'Payroll',
      cap: 250_000,
    });
    await publish(170, { vendor: 'Aldgate Security', title: 'Night guards', windowDays: 180, cap: 1_000_000 });
    await publish(300, { vendor: 'Datenwerk', title: 'Hosting' }, { drafted });
    await publish(null, { vendor: 'Oak & Elm', title: 'Plants', renewalMonths: 0 });
    await publish(null, { vendor: 'Firma Huber', title: 'Snow clearing', windowDays: null });
    const broken = await publish(10, { title: 'Printers', vendor: 'Printing House' });
    await app.owner`update draft set payload = '{}' where run_id = ${broken.run}`;
  }

  test('says first what is past, and shows for each the day, its arithmetic, its words and what it replaced', async () => {
    await aHouseful();
    const { page, context } = await windowOf(browser, app, owen, looks['light']);
    await page.goto('/inbox');
    await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Contracts' }).click();
    const rows = page.getByRole('listbox').getByRole('option');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(9);
    expect(await rows.nth(0).innerText()).toContain('Past');
    expect(await rows.nth(1).innerText()).toContain('Past, 25 days ago');
    expect(await rows.nth(2).innerText()).toContain('Not known');
    expect(await rows.nth(3).innerText()).toContain('in 12 days');
    expect(await rows.nth(8).innerText()).toMatch(/No notice window|Ends by itself/);
    await page.keyboard.press('j');
    await page.getByText('This day is past.').waitFor();
    await page.getByText('Next chance').waitFor();
    await rows.nth(3).click();
    await page.getByText('“notice in time”').waitFor();
    await page.getByText(/The last safe day is \d{1,2} \w+ \d{4} /).waitFor();
    await page.getByRole('link', { name: 'Office cleaning', exact: true }).waitFor();
    const start = page.getByRole('link', { name: 'Start an amendment or a new version' });
    expect(await start.getAttribute('href')).toBe(`/start?track=contract-summary&supersedes=${amended.run}`);
    expect(await seriousTroubles(page)).toEqual([]);
    await context.close();
  });

  test('is searched with /, filtered by address, and taken along as a table of what is shown', async () => {
    await aHouseful();
    const { page, context } = await windowOf(browser, app, owen, looks['light']);
    await page.goto('/register?due=60');
    const rows = page.getByRole('listbox').getByRole('option');
    await until(async () => (await rows.count()) === 2, { what: 'two contracts within 60 days' });
    await page.keyboard.press('/');
    await page.keyboard.type('kestrel');
    await until(async () => (await rows.count()) === 1, { what: 'the one found' });
    await until(() => page.url().endsWith('/register?due=60&q=kestrel'), { what: 'the address' });
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as a table' }).click();
    const table = readFileSync(await (await coming).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(table).toHaveLength(2);
    expect(table[1]).toContain('Kestrel');
    await page.getByRole('searchbox').fill('nobody');
    await page.getByText('No contract matches “nobody”.').waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await until(async () => (await rows.count()) === 9, { what: 'all of them' });
    await page.getByRole('button', { name: 'Past', exact: true }).click();
    await until(async () => (await rows.count()) === 2, { what: 'what is past' });
    await context.close();
  });

  test('without a contract it says what will stand there, and how to begin', async () => {
    const { page, context } = await windowOf(browser, app, owen, looks['light']);
    await page.goto('/register');
    await page.getByText('No contract is published yet.').waitFor();
    expect(await page.getByRole('link', { name: 'Start with a contract' }).getAttribute('href')).toContain(
      'contract-summary',
    );
    await context.close();
  });

  test('a calendar link is made, shown once, and revoked by its person', async () => {
    await aHouseful();
    const { page, context } = await windowOf(browser, app, owen, looks['light']);
    await page.goto('/settings/you');
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = await page.getByLabel('Calendar link').inputValue();
    expect((await fetch(link)).status).toBe(200);
    if (existsSync(shots)) await page.screenshot({ path: join(shots, 'you.png'), fullPage: true });
    expect(await seriousTroubles(page)).toEqual([]);
    await page.reload();
    await page.getByText(/A link made on .* works/).waitFor();
    expect(await page.content()).not.toContain(link);
    await page.getByRole('button', { name: 'Revoke the link' }).click();
    await page.getByText('You have no link.').waitFor();
    expect((await fetch(link)).status).toBe(404);
    await context.close();
  });

  for (const [look, options] of Object.entries(looks))
    test(`nothing of it is cut off or hard to read in ${look}`, async () => {
      await aHouseful();
      const { page, context } = await windowOf(browser, app, owen, options);
      for (const [name, path] of [
        ['list', '/register'],
        ['entry', `/register?at=${amended.run}`],
      ] as const) {
        await page.goto(path);
        await page.getByText('How often drafts were wrong').waitFor({ state: 'attached' });
        await loaded(page);
        expect(await seriousTroubles(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThan(1);
        if (existsSync(shots)) await page.screenshot({ path: join(shots, `${look}-${name}.png`) });
      }
      await context.close();
    });
});
