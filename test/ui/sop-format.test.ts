import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApp, type App } from '../support/app.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { openReview, startSop } from '../support/sop-client.js';
import { until } from '../support/until.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';

const aMinute = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

describe.skipIf(chromiumPath() === undefined)('the format of SOPs, in Settings', () => {
  let app: App;
  let browser: Browser;
  let admin: TestPerson;
  let page: Page;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    admin = await addPerson(app, 'admin', 'Ines');
    ({ page } = await windowOf(browser, app, admin, { viewport: { width: 1280, height: 900 } }));
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  test('is changed by keyboard: a section added, named, required and moved to the top', async () => {
    await page.goto('/settings/sop-format');
    await page.getByRole('button', { name: 'Add a section' }).focus();
    await page.keyboard.press('Enter');
    const fresh = page.getByRole('textbox', { name: 'Name of section 11' });
    await until(() => fresh.evaluate((field) => field === document.activeElement));
    await page.keyboard.type('Escalation');
    await page.getByRole('checkbox', { name: 'Escalation is required' }).check();
    for (let up = 0; up < 10; up += 1) await page.keyboard.press('Alt+ArrowUp');
    expect(await page.getByRole('textbox', { name: 'Name of section 1', exact: true }).inputValue()).toBe('Escalation');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/Version 1, by Ines/).waitFor(aMinute);
  });

  test('says what is wrong before it is sent', async () => {
    await page.getByRole('textbox', { name: 'Name of section 1', exact: true }).fill('Steps');
    await page.getByText('Two sections have the same name.').waitFor();
    await page.getByRole('button', { name: 'Leave as it was' }).click();
    expect(await page.getByRole('button', { name: 'Take Steps out' }).isDisabled()).toBe(true);
  });

  test('a draft begun with it says so and has the section to write in', async () => {
    const review = await openReview(admin.client, await startSop(admin.client, 'format'));
    await page.goto(`/reviews/${review.id}`);
    await page.getByRole('heading', { name: 'What would be published' }).waitFor(aMinute);
    await page.keyboard.press('e');
    await page.getByText('Format: version 1').waitFor(aMinute);
    const field = page.getByRole('textbox', { name: /^Escalation/ });
    await field.fill('Call the duty manager.');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.keyboard.press('Control+s');
    await page.locator('.sheet').getByText('Call the duty manager.').first().waitFor(aMinute);
  });
});
