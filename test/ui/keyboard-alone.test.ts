import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import { startApp, type App } from '../support/app.js';
import { until } from '../support/until.js';
import { chromiumPath, openBrowser, pressOn, seriousTroubles, tabTo } from './browser.js';

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures', name);
const aMinute = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

describe.skipIf(chromiumPath() === undefined)('by keyboard alone', () => {
  let app: App;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const consoleErrors: string[] = [];

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    context = await browser.newContext({
      baseURL: app.url,
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
    });
    page = await context.newPage();
    page.on('pageerror', (error) => consoleErrors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('status of 40')) consoleErrors.push(message.text());
    });
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  test('the owner sets the server up through the one-time link', async () => {
    const link = await until(() => readFileSync(join(app.data, 'owner-link.txt'), 'utf8').trim(), {
      withinMs: 10_000,
    });
    await page.goto(link);
    await tabTo(page, /^Your name/);
    await page.keyboard.type('Ines Aldana');
    await tabTo(page, /^E-mail/);
    await page.keyboard.type('ines@example.org');
    await tabTo(page, /^Password/);
    await page.keyboard.type('a long enough password');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Set up Countersign' }).waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
  });

  test('a run starts from a transcript and screenshots', async () => {
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'An SOP from a walk-through' }).waitFor();
    const asked = page.waitForEvent('filechooser');
    await pressOn(page, /^Choose files/);
    await (
      await asked
    ).setFiles([fixture('onboarding-a-vendor.vtt'), fixture('vendor-page.png'), fixture('vendor-form.png')]);
    await page.getByRole('button', { name: 'Start drafting' }).waitFor(aMinute);
    await tabTo(page, /^Title/);
    await page.keyboard.type('Onboard a vendor');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Open review' }).waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
    await pressOn(page, /^Open review/);
    await page.getByRole('heading', { name: 'What would be published' }).waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
  });

  test('a time in the margin marks the words in the transcript', async () => {
    await tabTo(page, /^Step 1, in the walk-through at/);
    await page.keyboard.press('Enter');
    await page.locator('.tr mark').first().waitFor();
    await page.locator('.sheet .here').first().waitFor();
  });

  test('Approve says how many things come first, and leads to the first of them', async () => {
    const approve = page.getByRole('button', { name: /^Approve: \d+ things? first/ });
    const said = /(\d+)/.exec((await approve.textContent()) ?? '')?.[1];
    expect(await page.locator('#missing .lab').first().textContent()).toContain(`${said ?? ''} of`);
    await page.keyboard.press('a');
    await until(() => page.evaluate(() => document.activeElement?.closest('.todo .open') !== null));
  });

  test('an edit is saved as a version of its own and shown word by word', async () => {
    await page.keyboard.press('e');
    await page
      .getByRole('toolbar', { name: 'Editing' })
      .or(page.getByRole('button', { name: /^Save version/ }))
      .waitFor();
    expect(await seriousTroubles(page)).toEqual([]);
    await tabTo(page, /^Title/);
    await page.keyboard.press('End');
    await page.keyboard.type(', first time');
    await until(async () => (await page.locator('aside ins').count()) > 0);
    // Every decision point wants a word: it is taken out here, as the form allows.
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: /^Approve/ }).waitFor(aMinute);
    await page.getByText('Onboard a vendor, first time').first().waitFor();
    await page.keyboard.press('d');
    await page.locator('.sheet.changes ins').first().waitFor();
    expect(await seriousTroubles(page)).toEqual([]);
    await page.keyboard.press('d');
  });

  test('every step is ticked on an attached recording', async () => {
    await pressOn(page, /^(Start|Go on with) the run-through/);
    await page.getByRole('group', { name: /^What happened at step/ }).waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
    const finish = page.getByRole('heading', { name: 'The recording, and finish' });
    for (let step = 0; step < 60 && !(await finish.isVisible()); step += 1) {
      const before = page.url();
      await page.keyboard.press('1');
      await until(() => page.url() !== before, { withinMs: 10_000, what: 'the next step' });
    }
    await finish.waitFor();
    expect(await seriousTroubles(page)).toEqual([]);
    const asked = page.waitForEvent('filechooser');
    await pressOn(page, /^Attach a recording/);
    await (
      await asked
    ).setFiles({
      name: 'run-through.webm',
      mimeType: 'video/webm',
      buffer: Buffer.from(visitorLogSample.recordingBase64, 'base64'),
    });
    await page.getByText('Recording attached').waitFor(aMinute);
    await pressOn(page, /^Finish the run-through/);
    await page.getByText('Every step is run.').waitFor(aMinute);
    await pressOn(page, /^Back to the review/);
    await page.getByRole('heading', { name: 'What would be published' }).waitFor(aMinute);
  });

  test('what is left is confirmed or written, and then it is approved', async () => {
    let accepted = 0;
    for (let left = 0; left < 20; left += 1) {
      const open = page.locator('.todo .open button');
      if ((await open.count()) === 0) break;
      const before = await open.count();
      const check = page.getByRole('button', { name: 'None, checked' });
      const right = page.getByRole('button', { name: 'Right as written' });
      const confirmed = (await check.count()) + (await right.count()) > 0;
      if ((await check.count()) > 0) {
        await page.keyboard.press('a');
        await pressOn(page, /^None, checked/);
      } else if ((await right.count()) > 0) {
        await page.keyboard.press('a');
        await tabTo(page, /^Right as written/);
        accepted += 1;
        await page.keyboard.press('c');
      } else {
        await page.keyboard.press('a');
        await pressOn(page, /^Write it/);
        await until(() => page.evaluate(() => document.activeElement instanceof HTMLTextAreaElement));
        await page.keyboard.type('Ask Maya Okafor the same day.');
        await page.keyboard.press('Control+s');
        await page.getByRole('button', { name: /^Approve/ }).waitFor(aMinute);
      }
      await until(async () => (await open.count()) < before, { withinMs: 10_000, what: 'one thing less' });
      // The focus went on to the next open thing, or to the sentence that nothing is missing.
      if (confirmed) await until(() => page.evaluate(() => document.activeElement?.closest('#missing') !== null));
    }
    expect(accepted).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Approve and publish' }).waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
    await page.keyboard.press('a');
    await page.getByText('Published to the Handbook folder').waitFor(aMinute);
    await page
      .getByText(/single-person/)
      .first()
      .waitFor();
    expect(await seriousTroubles(page)).toEqual([]);
  });

  test('the published page is there with a receipt that checks out', async () => {
    await pressOn(page, /^Open the page/);
    await page.getByText('Checked again just now').waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
    const published = await app.owner`select address, receipt_path from publication where state = 'published'`;
    expect(published).toHaveLength(1);
    expect(readFileSync(join(app.data, String(published[0]?.['address'])), 'utf8')).toContain(
      '# Onboard a vendor, first time',
    );
  });

  test('the week shows the approval with a valid signature, and the record is whole', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByText('The record is whole').waitFor(aMinute);
    await tabTo(page, /Events, newest first|^Ingest/).catch(() => undefined);
    await page.getByRole('listbox').waitFor();
    for (let at = 0; at < 30; at += 1) {
      const chosen = await page.locator('.ev[aria-current] .ch').textContent();
      if (chosen?.includes('approved') && chosen.startsWith('open')) break;
      await page.keyboard.press('j');
    }
    await page.getByText('checked in this browser').waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
  });

  test('nothing in all of this put an error on the console', () => {
    expect(consoleErrors).toEqual([]);
  });
});
