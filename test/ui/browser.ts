import { AxeBuilder } from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { sessionCookie, type TestPerson } from '../support/people.js';
import type { App } from '../support/app.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Chromium found on PATH; tests in a browser have nothing to run in where there is none. */
export function chromiumPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

function launching(more: readonly string[]) {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error('Chromium is not on PATH: install the package chromium.');
  return {
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  };
}

/** A headless Chromium that asks nobody else for anything. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch(launching([]));
}

/** A Chromium that shares its own tab without asking, and that a test may kill as a crash would. */
export async function openRecordingBrowser(): Promise<{ browser: Browser; kill: () => Promise<void> }> {
  const server = await chromium.launchServer(launching(['--auto-accept-this-tab-capture']));
  const browser = await chromium.connect(server.wsEndpoint());
  const kill = async () => {
    const gone = new Promise((resolve) => server.process().once('exit', resolve));
    server.process().kill('SIGKILL');
    await gone;
  };
  return { browser, kill };
}

/** Asks for this very tab, which a test can share; a person shares the window that they work in. */
export async function shareThisTab(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ask = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getDisplayMedia = (options) => ask(Object.assign({ preferCurrentTab: true }, options));
  });
}

/** A browser window of one person who is signed in already. */
export async function windowOf(
  browser: Browser,
  app: App,
  person: TestPerson,
  options: BrowserContextOptions = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: app.url, reducedMotion: 'reduce', ...options });
  const cookie = sessionCookie(person.token, app.secret);
  const at = cookie.indexOf('=');
  await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: app.url }]);
  return { context, page: await context.newPage() };
}

/** Moves with Tab until the control of that name has the focus. Nothing is clicked. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let tries = 0; tries < 160; tries += 1) {
    const here = await page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement)) return '';
      const labels = 'labels' in at && at.labels instanceof NodeList ? [...at.labels] : [];
      return [at.getAttribute('aria-label') ?? '', ...labels.map((label) => label.textContent), at.innerText]
        .join(' ')
        .replaceAll(/\s+/g, ' ')
        .trim();
    });
    if (name.test(here)) return;
    seen.push(here);
    await page.keyboard.press('Tab');
  }
  throw new Error(`No control called ${String(name)} was reached with Tab. Passed: ${[...new Set(seen)].join(' | ')}`);
}

/** Tab to it, then press it. */
export async function pressOn(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

export type Trouble = { page: string; rule: string; impact: string; at: string };

/** What axe finds on the page that is serious or worse. */
export async function seriousTroubles(page: Page): Promise<Trouble[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => ({
        page: new URL(page.url()).pathname,
        rule: id,
        impact: impact ?? '',
        at: node.target.map(String).join(' '),
      })),
    );
}
