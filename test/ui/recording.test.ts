import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runThrough } from '../../api/contract/run-through.js';
import { startApp, type App } from '../support/app.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { openReview, startSop } from '../support/sop-client.js';
import { until } from '../support/until.js';
import {
  chromiumPath,
  openBrowser,
  openRecordingBrowser,
  pressOn,
  seriousTroubles,
  shareThisTab,
  windowOf,
} from './browser.js';

const aMinute = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'];
const looks: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: 'light' },
};

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

describe.skipIf(chromiumPath() === undefined)('a run-through recorded in the browser', () => {
  let app: App;
  let owen: TestPerson;
  let topics = 0;

  beforeAll(async () => {
    app = await startApp();
    owen = await addPerson(app, 'operator', 'Owen Tran');
  });
  afterAll(() => app.stop());

  async function toRun(): Promise<{ runId: string; steps: number }> {
    topics += 1;
    const runId = await startSop(owen.client, `safe ${String(topics)}`);
    const review = await openReview(owen.client, runId);
    return { runId, steps: review.requirements.filter((one) => one.kind === 'run-through').length };
  }
  async function opened(browser: Browser, runId: string, options: BrowserContextOptions = looks['light'] ?? {}) {
    const { page, context } = await windowOf(browser, app, owen, options);
    await shareThisTab(page).catch(() => undefined);
    await page.goto(`/run-throughs/${runId}`);
    await page.getByRole('group', { name: /^What happened at step/ }).waitFor(aMinute);
    return { page, context };
  }
  const through = async (runId: string) => {
    const [row] = await app.owner`select id from run_through where run_id = ${runId}`;
    return owen.client.ask(runThrough, 'GET', `/api/runs/${runId}/run-throughs/${String(row?.['id'])}`);
  };
  const recording = (page: Page) => page.getByRole('timer', { name: 'Recorded' });
  const recordedFor = (page: Page, seconds: number) =>
    until(async () => Number((await recording(page).textContent())?.split(':')[1]) >= seconds, { withinMs: 60_000 });
  async function tickAll(page: Page): Promise<void> {
    const finish = page.getByRole('heading', { name: 'The recording, and finish' });
    for (let step = 0; step < 20 && !(await finish.isVisible()); step += 1) {
      const before = page.url();
      await page.keyboard.press('1');
      await until(() => page.url() !== before, { withinMs: 10_000, what: 'the next step' });
    }
    await finish.waitFor();
  }
  /** The length of a recording as the player finds it, in seconds, and that it plays. */
  async function played(page: Page, index: number): Promise<number> {
    const video = page.locator('.recording video').nth(index);
    await video.waitFor(aMinute);
    const handle = await video.elementHandle();
    if (handle === null) throw new Error('There is no player.');
    await page.waitForFunction((at) => at instanceof HTMLVideoElement && Number.isFinite(at.duration), handle);
    return video.evaluate(async (at) => {
      if (!(at instanceof HTMLVideoElement)) throw new Error('It is no player.');
      at.muted = true;
      await at.play();
      if (at.videoWidth === 0) throw new Error('It has no picture.');
      return at.duration;
    });
  }

  test('by keyboard alone: recorded, every step ticked, finished, and the recording plays', async () => {
    const { browser, kill } = await openRecordingBrowser();
    const { runId, steps } = await toRun();
    const { page } = await opened(browser, runId);
    const voice = page.getByLabel('with my voice');
    expect(await voice.isChecked()).toBe(false);
    await picture(page, 'before');
    await pressOn(page, /^Record the screen/);
    await recording(page).waitFor(aMinute);
    await recordedFor(page, 3);
    expect(await page.locator('.recstrip').innerText()).toContain('saved up to');
    expect(await seriousTroubles(page)).toEqual([]);
    await picture(page, 'recording-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousTroubles(page)).toEqual([]);
    await picture(page, 'recording-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await seriousTroubles(page)).toEqual([]);
    await picture(page, 'recording-narrow');
    await page.setViewportSize({ width: 1440, height: 900 });
    await tickAll(page);
    await picture(page, 'recording-finish');
    await pressOn(page, /^Finish the run-through/);
    await page.getByText('Every step is run.').waitFor(aMinute);
    const done = await through(runId);
    expect(done.finishedAt).toBeDefined();
    expect(done.ticks).toHaveLength(steps);
    expect(done.recordings.map((part) => part.mediaType)).toEqual(['video/webm']);
    await pressOn(page, /^Back to the review/);
    await page.goto(`${page.url()}?view=sources`);
    await page.getByRole('button', { name: /^Run-through 1/ }).click();
    expect(await played(page, 0)).toBeGreaterThan(2);
    await picture(page, 'played');
    await kill();
  });

  test('a browser that is killed half-way costs at most five seconds, and the run-through goes on in another', async () => {
    const { runId } = await toRun();
    const first = await openRecordingBrowser();
    const { page } = await opened(first.browser, runId);
    const begun = Date.now();
    await page.keyboard.press('r');
    await recording(page).waitFor(aMinute);
    const started = Date.now();
    await page.keyboard.press('1');
    await recordedFor(page, 8);
    const killedAt = Date.now();
    await first.kill();
    const { id } = await through(runId);
    const spool = readdirSync(join(app.data, 'uploads')).find((name) => name.startsWith(`${id}.part-1`)) ?? '';
    const heard = statSync(join(app.data, 'uploads', spool)).mtimeMs;
    // The server dies as well, before anybody comes back.
    app.processes.api.kill('SIGKILL');
    await until(() => app.processes.api.signalCode !== null);
    await app.restart('api');

    const second = await openRecordingBrowser();
    const { page: back } = await opened(second.browser, runId);
    await back.getByText('What came until then is kept as part 1').waitFor(aMinute);
    expect(await seriousTroubles(back)).toEqual([]);
    await picture(back, 'resumed-light');
    await back.emulateMedia({ colorScheme: 'dark' });
    await picture(back, 'resumed-dark');
    await back.emulateMedia({ colorScheme: 'light' });
    await back.setViewportSize({ width: 390, height: 844 });
    expect(await seriousTroubles(back)).toEqual([]);
    await picture(back, 'resumed-narrow');
    await back.setViewportSize({ width: 1440, height: 900 });
    await pressOn(back, /^Go on as part 2/);
    await recording(back).waitFor(aMinute);
    await recordedFor(back, 2);
    await tickAll(back);
    await pressOn(back, /^Finish the run-through/);
    await back.getByText('Every step is run.').waitFor(aMinute);
    const done = await through(runId);
    expect(done.recordings).toHaveLength(2);

    await pressOn(back, /^Back to the review/);
    await back.goto(`${back.url()}?view=sources`);
    await back.getByRole('button', { name: /^Run-through 1/ }).click();
    const kept = await played(back, 0);
    const lost = (killedAt - started) / 1000 - kept;
    console.info(
      `killed after ${((killedAt - started) / 1000).toFixed(1)} s: part 1 plays ${kept.toFixed(1)} s, so ${lost.toFixed(1)} s lost; ` +
        `last chunk on disk ${((killedAt - heard) / 1000).toFixed(1)} s before the kill`,
    );
    expect(started - begun).toBeLessThan(30_000);
    expect(lost).toBeLessThanOrEqual(5);
    expect((killedAt - heard) / 1000).toBeLessThanOrEqual(5);
    expect(await played(back, 1)).toBeGreaterThan(1);
    await second.kill();
  });

  test('while the server is away recording goes on, it is said what is not saved, and then it is sent', async () => {
    const { runId } = await toRun();
    const { browser, kill } = await openRecordingBrowser();
    const { page } = await opened(browser, runId);
    await page.keyboard.press('r');
    await recording(page).waitFor(aMinute);
    await recordedFor(page, 2);
    await page.route('**/recording?*', (route) => route.abort());
    await page.getByText(/seconds not saved yet; recording goes on/).waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
    await picture(page, 'behind-light');
    await page.setViewportSize({ width: 390, height: 844 });
    await picture(page, 'behind-narrow');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.unroute('**/recording?*');
    await page.getByText(/saved up to/).waitFor(aMinute);
    await page.keyboard.press('r');
    await page.getByText('Recording saved: 1 part').waitFor(aMinute);
    expect((await through(runId)).recordings).toHaveLength(1);
    await picture(page, 'saved-light');

    // The end waits for the server as well; and leaving for the review ends the recording and saves it.
    await page.keyboard.press('r');
    await recording(page).waitFor(aMinute);
    await recordedFor(page, 2);
    await page.route('**/recording?*', (route) => route.abort());
    await page.keyboard.press('r');
    await page.getByText('Keep this page open until then').waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
    await picture(page, 'ending-light');
    await page.unroute('**/recording?*');
    await page.getByText('Recording saved: 2 parts').waitFor(aMinute);
    await page.keyboard.press('r');
    await recording(page).waitFor(aMinute);
    await recordedFor(page, 2);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'What would be published' }).waitFor(aMinute);
    await until(async () => (await through(runId)).recordings.length === 3, { withinMs: 20_000, what: 'part 3' });
    await kill();
  });

  test('a sharing that ends in the browser’s own bar, or that is refused, is said', async () => {
    const { runId } = await toRun();
    const { browser, kill } = await openRecordingBrowser();
    const { page } = await opened(browser, runId);
    await page.evaluate(() => {
      const ask = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
      let times = 0;
      navigator.mediaDevices.getDisplayMedia = async (options) => {
        times += 1;
        if (times === 1) throw new DOMException('Permission denied', 'NotAllowedError');
        const stream = await ask(options);
        // What the browser's own bar does.
        Object.assign(window, { endShare: () => stream.getVideoTracks()[0]?.dispatchEvent(new Event('ended')) });
        return stream;
      };
    });
    await page.evaluate(() => {
      const asked = { times: 0 };
      Object.assign(window, { microphone: asked });
      navigator.mediaDevices.getUserMedia = () => {
        asked.times += 1;
        return Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
      };
    });
    await page.keyboard.press('r');
    await page.getByText('sharing the screen was refused').last().waitFor(aMinute);
    await picture(page, 'refused-light');
    await page.getByLabel('with my voice').check();
    await page.keyboard.press('r');
    await page.getByText('the microphone was refused').last().waitFor(aMinute);
    expect(await recording(page).count()).toBe(0);
    await page.getByLabel('with my voice').uncheck();
    await page.keyboard.press('r');
    await recording(page).waitFor(aMinute);
    // The microphone was asked for once: where it was ticked.
    expect(await page.evaluate('microphone.times')).toBe(1);
    await recordedFor(page, 2);
    await page.evaluate('endShare()');
    await page.getByText('The sharing was ended in the browser').last().waitFor(aMinute);
    expect((await through(runId)).recordings).toHaveLength(1);
    expect(await seriousTroubles(page)).toEqual([]);
    await kill();
  });

  test('where the browser offers no capture the page says why, and a file can be attached', async () => {
    const { runId } = await toRun();
    const browser = await openBrowser();
    for (const [name, options] of Object.entries(looks)) {
      const { page, context } = await windowOf(browser, app, owen, options);
      await page.addInitScript(() => Object.assign(MediaDevices.prototype, { getDisplayMedia: undefined }));
      await page.goto(`/run-throughs/${runId}`);
      await page
        .getByText(name === 'phone' ? 'phones and tablets do not offer it' : 'this browser does not offer it')
        .waitFor(aMinute);
      expect(await seriousTroubles(page)).toEqual([]);
      await picture(page, `impossible-${name}`);
      await page.getByRole('button', { name: /^Attach a file/ }).click();
      await page.getByRole('button', { name: 'Attach a recording' }).waitFor(aMinute);
      await context.close();
    }
    await browser.close();
  });
});
