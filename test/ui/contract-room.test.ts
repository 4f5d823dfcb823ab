import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { ContractReview } from '../../api/contract/reviews.js';
import { startApp, type App } from '../support/app.js';
import {
  confirmContract,
  contractReviewOf,
  readContractReview,
  settleContract,
  startContract,
} from '../support/contract-client.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { decide, getRun } from '../support/sop-client.js';
import { until } from '../support/until.js';
import { chromiumPath, openBrowser, pressOn, seriousTroubles, tabTo, windowOf } from './browser.js';

const aMinute = { timeout: 30_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'] || undefined;
const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** Words of the other kind of work, and of the engine, which nobody reads here. */
const strange =
  /\b(sop|walk-through|transcript|workflow|temporal|signal|worker|token|hash|payload|schema|uuid|digest|json)\b/i;

describe.skipIf(chromiumPath() === undefined)('the room of a contract', () => {
  let app: App;
  let browser: Browser;
  let ruth: TestPerson;
  let tobias: TestPerson;
  let owen: TestPerson;
  const consoleErrors: string[] = [];
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    ruth = await addPerson(app, 'admin', 'Ruth Akande');
    tobias = await addPerson(app, 'approver', 'Tobias Renner');
    owen = await addPerson(app, 'operator', 'Owen Tran');
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  const windowFor = async (person: TestPerson, options = {}): Promise<Page> => {
    const { page } = await windowOf(browser, app, person, { ...wide, ...options });
    page.on('pageerror', (error) => consoleErrors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('status of 4')) consoleErrors.push(message.text());
    });
    return page;
  };
  const newReview = async (): Promise<ContractReview> =>
    contractReviewOf(owen.client, await startContract(owen.client));
  const openRoom = async (page: Page, review: ContractReview): Promise<void> => {
    await page.goto(`/reviews/${review.id}`);
    await page.getByText('Last safe day to give notice').first().waitFor(aMinute);
  };
  const leftWords = (page: Page) => page.getByRole('button', { name: /^Approve/ }).innerText();
  const rowInFocus = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-spot') ?? '');

  test('a contract goes from the inbox to the folder by keyboard alone, with both of its two-key values confirmed', async () => {
    const review = await newReview();
    const page = await windowFor(ruth);
    await page.goto('/inbox');
    await page.getByRole('listbox', { name: 'Inbox' }).waitFor(aMinute);
    await tabTo(page, /Cleaning/);
    await page.keyboard.press('Enter');
    await page.getByText('Last safe day to give notice').first().waitFor(aMinute);
    // In two seconds: the day, the sentence that it stands on, and the value that waits.
    await page.getByText('Thursday, 31 December 2026').first().waitFor();
    await page.locator('.leafwords mark.now', { hasText: '31 March 2027' }).waitFor(aMinute);
    await page.getByRole('button', { name: /^Confirm 31 March 2027/ }).waitFor(aMinute);
    await page.getByRole('button', { name: /^Approve: \d+ things first/ }).waitFor();
    await picture(page, 'room');
    for (let left = 0; left < 30; left += 1) {
      const before = await leftWords(page);
      if (!before.includes('first')) break;
      await page.keyboard.press('a');
      await until(async () => (await rowInFocus(page)) !== '', { what: 'a point with the focus' });
      const spot = await rowInFocus(page);
      const row = page.locator(`[data-row="${spot}"]`);
      if (spot === 'vendor') {
        await page.keyboard.press('e');
        await tabTo(page, /^Vendor, as the register calls it/);
        await page.keyboard.type('Brightwater Cleaning Ltd');
        await page.keyboard.press('Enter');
      } else if ((await row.getByText('Not settled').count()) > 0) {
        await page.keyboard.press('m');
        await page.getByRole('button', { name: /^It is not in this document/ }).waitFor(aMinute);
        await page.keyboard.press('m');
      } else {
        await until(
          async () => {
            await page.keyboard.press('c');
            return (await leftWords(page)) !== before;
          },
          { withinMs: 10_000, what: `${spot} to be confirmed` },
        );
      }
      await until(async () => (await leftWords(page)) !== before, { withinMs: 10_000, what: `${spot} to be met` });
    }
    const met = await readContractReview(ruth.client, review.id);
    expect(met.requirements.filter((one) => !one.fulfilled)).toEqual([]);
    expect(met.requirements.filter((one) => one.kind === 'served' && one.fulfilled).map((one) => one.key)).toEqual([
      'two-keys:renewalDate',
      'two-keys:noticeWindow',
    ]);
    await page.getByRole('button', { name: 'Approve and put into the register' }).waitFor();
    await picture(page, 'ready');
    await page.keyboard.press('a');
    await page.getByText(/^Published to the/).waitFor({ timeout: 60_000 });
    await picture(page, 'closed');
    expect(await seriousTroubles(page)).toEqual([]);
    await pressOn(page, /^Open the page/);
    await page.getByRole('heading', { name: 'Receipt' }).waitFor(aMinute);
    expect(await page.locator('body').innerText()).not.toMatch(strange);
    await picture(page, 'published');
    await pressOn(page, /^Report a problem/);
    await page.getByLabel('What is wrong with it?').waitFor();
    expect(await page.getByText('Which step?').count()).toBe(0);
    await page.context().close();
  });

  test('a value with two keys is not offered for confirming before its page was open', async () => {
    const review = await newReview();
    const page = await windowFor(owen, phone);
    await openRoom(page, review);
    const notice = page.getByRole('region', { name: 'Notice window' });
    expect(await notice.getByRole('button', { name: /^Confirm/ }).count()).toBe(0);
    await picture(page, 'phone');
    expect(await seriousTroubles(page)).toEqual([]);
    await notice.getByRole('button', { name: 'Show page 1' }).last().click();
    await page.locator('.sheeted .leafwords mark.now', { hasText: 'ninety (90) days' }).waitFor(aMinute);
    await picture(page, 'phone-sheet');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.getByRole('button', { name: 'Confirm 90 days' }).first().click();
    await until(async () =>
      (await readContractReview(owen.client, review.id)).requirements.some(
        (one) => one.key === 'two-keys:noticeWindow' && one.fulfilled,
      ),
    );
    await page.context().close();
  });

  test('words that are marked in the document become a value with its place, cut out by the server', async () => {
    const review = await newReview();
    const page = await windowFor(owen);
    await openRoom(page, review);
    await page.locator('.leafwords').waitFor(aMinute);
    await page.locator('[data-spot="field:noticeWindow"]').focus();
    await page.evaluate(() => {
      const words = "six (6) months' written notice";
      const holder = [...document.querySelectorAll('.leafwords [data-from]')].find((one) =>
        one.textContent.includes(words),
      );
      const node = holder?.firstChild;
      if (!node || holder === undefined) throw new Error('These words are not on the page.');
      const at = holder.textContent.indexOf(words);
      document.getSelection()?.setBaseAndExtent(node, at, node, at + words.length);
    });
    await page.getByRole('button', { name: /^Set as notice window/ }).waitFor();
    await picture(page, 'marked');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.keyboard.press('s');
    await until(async () => (await readContractReview(owen.client, review.id)).draftVersion === 2);
    const { draft } = await readContractReview(owen.client, review.id);
    expect(draft.fields.noticeWindow).toMatchObject({
      by: 'person',
      value: { count: 6, unit: 'months' },
      quotes: [{ text: "six (6) months' written notice", state: 'verified', page: 1 }],
    });
    await page.keyboard.press('.');
    await page.getByRole('button', { name: /^Flag as a clause/ }).waitFor();
    await page.context().close();
  });

  test('what was typed is kept where somebody else saved meanwhile, and it is said who and what', async () => {
    const review = await newReview();
    const page = await windowFor(owen);
    await openRoom(page, review);
    await page.locator('[data-spot="field:effectiveDate"]').focus();
    await page.keyboard.press('e');
    await tabTo(page, /^Day/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('31.4.2026');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Write a day such as 31 December 2026.').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('2.4.2026');
    await page.getByText('Understood: Thursday, 2 April 2026').waitFor();
    await picture(page, 'form');
    expect(await seriousTroubles(page)).toEqual([]);
    await tobias.client.ask(z.unknown(), 'PATCH', `/api/runs/${review.runId}/draft`, {
      baseVersion: review.draftVersion,
      edits: [{ op: 'set-vendor', vendor: 'Brightwater' }],
    });
    await page.getByText('The draft changed while you were reading.').waitFor(aMinute);
    await page.keyboard.press('Control+Enter');
    await page.getByText(/Tobias Renner saved version 2 at .*: vendor\. What you typed is kept/).waitFor(aMinute);
    await picture(page, 'meanwhile');
    await page.getByRole('button', { name: 'Look at the change', exact: true }).click();
    await page.locator('.sheet.changes ins', { hasText: 'Brightwater' }).waitFor(aMinute);
    await page.getByLabel('Day').click();
    expect(await page.getByLabel('Day').inputValue()).toBe('2.4.2026');
    await page.keyboard.press('Control+Enter');
    await until(async () => (await readContractReview(owen.client, review.id)).draftVersion === 3);
    const { draft } = await readContractReview(owen.client, review.id);
    expect(draft).toMatchObject({ vendor: 'Brightwater', fields: { effectiveDate: { value: { day: '2026-04-02' } } } });
    await page.context().close();
  });

  test('somebody else’s decision is said at the top, and the room stays to be read', async () => {
    const review = await settleContract(owen.client, await newReview());
    await confirmContract(owen.client, review);
    const page = await windowFor(ruth);
    await openRoom(page, review);
    await decide(tobias.client, await readContractReview(tobias.client, review.id), 'approve');
    await page.getByText(/Tobias Renner approved this at/).waitFor(aMinute);
    await page.getByText('That decision stands.').waitFor();
    expect(await page.getByRole('button', { name: /^(Confirm|Edit|Approve)/ }).count()).toBe(0);
    await until(async () => (await getRun(owen.client, review.runId)).state === 'published', { withinMs: 30_000 });
    await picture(page, 'decided-elsewhere');
    await page.context().close();
  });

  test('axe finds nothing serious in light, dark and narrow, nothing is cut off, and no strange word stands there', async () => {
    const review = await newReview();
    const found: unknown[] = [];
    for (const [name, look] of Object.entries({
      light: {},
      dark: { colorScheme: 'dark' },
      narrow: { viewport: { width: 1024, height: 768 } },
      phone,
      'narrow-phone': { ...phone, viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
    })) {
      const page = await windowFor(owen, look);
      for (const view of ['', 'text', 'changes', 'sources']) {
        await page.goto(`/reviews/${review.id}${view === '' ? '' : `?view=${view}`}`);
        await page.getByRole('button', { name: /^Approve/ }).waitFor(aMinute);
        await until(async () => (await page.locator('.skels').count()) === 0, { withinMs: 20_000 });
        await picture(page, `${name}-${view === '' ? 'room' : view}`);
        found.push(...(await seriousTroubles(page)));
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        const word = strange.exec(await page.locator('body').innerText());
        if (over > 0 || word !== null) found.push({ name, view, over, word: word?.[0] });
      }
      await page.goto('/inbox');
      await page.getByText('Cleaning').first().waitFor(aMinute);
      await page.context().close();
    }
    expect(found).toEqual([]);
    expect(consoleErrors).toEqual([]);
  });
});
