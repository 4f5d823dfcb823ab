import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { read } from '../../db/files.js';
import { startApp, type App } from '../support/app.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { openReview, runThroughAll, startSop, walkThrough } from '../support/sop-client.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';

const aMinute = { timeout: 30_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'] || undefined;
const looks: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: 'light' },
};

/** Two seconds of red and then two of blue, recorded by the browser itself. */
async function recorded(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 360];
    const context = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const over = new Promise((resolve) => recorder.addEventListener('stop', resolve));
    recorder.start();
    const from = performance.now();
    await new Promise<void>((done) => {
      const draw = () => {
        const ms = performance.now() - from;
        if (!context || ms > 4000) return done();
        context.fillStyle = ms < 2000 ? '#d00000' : '#0000d0';
        context.fillRect(0, 0, 640, 360);
        context.fillStyle = '#ffffff';
        context.font = '48px sans-serif';
        context.fillText(`Visitor log ${(ms / 1000).toFixed(1)}`, 40, 80);
        requestAnimationFrame(draw);
      };
      draw();
    });
    recorder.stop();
    await over;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}

/** The colour of one place of a stored picture, and its size. */
function seen(page: Page, png: Buffer): Promise<{ width: number; height: number; rgb: number[] }> {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(320, 270, 1, 1) ?? { data: [] };
    return { width: image.width, height: image.height, rgb: [...data].slice(0, 3) };
  }, png.toString('base64'));
}

describe.skipIf(chromiumPath() === undefined)('screenshots taken from a recording', () => {
  let app: App;
  let browser: Browser;
  let owen: TestPerson;
  let page: Page;
  let webm: Buffer;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    owen = await addPerson(app, 'operator', 'Owen');
    ({ page } = await windowOf(browser, app, owen, looks['light']));
    await page.goto('/start');
    webm = await recorded(page);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const choose = (where: Page, name: string, buffer: Buffer, mimeType = 'video/webm') =>
    where.locator('input[accept*="video/"]').setInputFiles({ name, mimeType, buffer });
  const slider = (where: Page) => where.getByRole('slider', { name: 'Moment in the recording' });
  const opened = async (where: Page) => {
    await where.goto('/start');
    await where.getByRole('heading', { name: 'An SOP from a walk-through' }).waitFor(aMinute);
    await choose(where, 'visitor-log.webm', webm);
    await where.waitForFunction(() => document.activeElement?.matches('input[type=range]'), undefined, aMinute);
  };

  test('by keyboard alone wait in the order of their moments, and are sent as their pixels; the recording is not', async () => {
    const host = createServer((socket) => socket.destroy());
    let called = 0;
    host.on('connection', () => (called += 1));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', () => resolve()));
    const at = host.address();
    const port = typeof at === 'object' && at !== null ? at.port : 0;
    const link = `https://127.0.0.1:${port}/share/walk`;

    await opened(page);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(',');
    expect(await slider(page).getAttribute('aria-valuetext')).toMatch(/^00:02\.9 of 00:0[345]\.\d$/);
    await page.keyboard.press('Enter');
    await page.getByText('1 frame taken: 00:02.9').waitFor(aMinute);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByText('2 frames taken: 00:02.9, 00:00.9').waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const waiting = page.getByRole('list', { name: 'Given so far' }).getByRole('listitem');
    await expect
      .poll(() => waiting.locator('b').allInnerTexts(), aMinute)
      .toEqual(['00-00-00.9 visitor-log.png', '00-00-02.9 visitor-log.png']);
    expect(await app.owner`select 1 from source`).toHaveLength(0);
    await page.getByRole('button', { name: 'Mark or blur 00-00-02.9 visitor-log.png' }).waitFor();

    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'walk.vtt',
        mimeType: 'text/vtt',
        buffer: Buffer.from(walkThrough('visitor log')),
      });
    const field = page.getByRole('textbox', { name: 'Link to the recording' });
    await page.getByRole('button', { name: 'Start drafting' }).waitFor(aMinute);
    await field.fill('http://www.loom.com/share/1');
    await field.press('Enter');
    await page.getByText('Plain http can be read and changed on the way').waitFor();
    await page.getByRole('button', { name: 'Start drafting' }).click();
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await app.owner`select 1 from run`).toHaveLength(0);
    await field.fill(link);
    await page.getByText(`A link to 127.0.0.1:${port}.`).waitFor();
    await page.getByRole('button', { name: 'Start drafting' }).click();
    await page.getByRole('link', { name: 'Open review' }).waitFor(aMinute);

    const rows = await app.owner`
      select s.name, s.kind, s.media_type, s.sha256 from run_source l join source s on s.id = l.source_id
       order by l.ordinal`;
    expect(rows.map((row) => [row['kind'], row['name'], row['media_type']])).toEqual([
      ['screenshot', '00-00-00.9 visitor-log.png', 'image/png'],
      ['screenshot', '00-00-02.9 visitor-log.png', 'image/png'],
      ['transcript', 'walk.vtt', 'text/vtt'],
    ]);
    const [early, late] = await Promise.all(
      rows.slice(0, 2).map(async (row) => seen(page, Buffer.from(await read(app.data, String(row['sha256']))))),
    );
    expect([early?.width, early?.height]).toEqual([640, 360]);
    expect([late?.width, late?.height]).toEqual([640, 360]);
    expect(early?.rgb[0]).toBeGreaterThan(150);
    expect(early?.rgb[2]).toBeLessThan(80);
    expect(late?.rgb[0]).toBeLessThan(80);
    expect(late?.rgb[2]).toBeGreaterThan(150);

    const shown = page.getByRole('link', { name: `Recording at 127.0.0.1:${port}` });
    for (const there of ['run page', 'review']) {
      if (there === 'review') await page.getByRole('link', { name: 'Open review' }).click();
      await page.getByText('Kept as a link; Countersign does not fetch it.').waitFor(aMinute);
      expect(await shown.getAttribute('href')).toBe(link);
      expect(await shown.getAttribute('target')).toBe('_blank');
      expect(await shown.getAttribute('rel')).toBe('noopener noreferrer');
      if (pictures !== undefined)
        await page.screenshot({ path: join(pictures, `link-${there.replace(' ', '-')}.png`) });
    }
    expect(await seriousTroubles(page)).toEqual([]);
    await new Promise((resolve) => host.close(resolve));
    expect(called).toBe(0);
  });

  test('that this browser cannot play says so in words, and can be closed', async () => {
    await page.goto('/start');
    await choose(page, 'broken.mov', Buffer.from('not a recording'), 'video/quicktime');
    await page.getByText('This browser cannot play this recording.').waitFor(aMinute);
    expect(await page.getByRole('button', { name: 'Take this frame' }).count()).toBe(0);
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'frames-broken.png') });
    await page.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Take out broken.mov' }).click();
    expect(await page.getByRole('list', { name: 'Recordings to take screenshots from' }).count()).toBe(0);
  });

  test('can be saved from the recording of a run-through as well', async () => {
    const runId = await startSop(owen.client, 'side door');
    const review = await openReview(owen.client, runId);
    await runThroughAll(owen.client, review, webm);
    await page.goto(`/reviews/${review.id}`);
    await page.getByRole('button', { name: /^Run-through/ }).click();
    await page.getByRole('button', { name: /^Save frames of/ }).click();
    await page.waitForFunction(() => document.activeElement?.matches('input[type=range]'), undefined, aMinute);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    const saving = page.waitForEvent('download', aMinute);
    await page.keyboard.press('Enter');
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^00-00-03\.0 .*\.png$/);
    const { width, rgb } = await seen(page, await readFile(await saved.path()));
    expect(width).toBe(640);
    expect(rgb[0]).toBeLessThan(80);
    expect(rgb[2]).toBeGreaterThan(150);
    if (pictures !== undefined) {
      await page.keyboard.press('Escape');
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.screenshot({ path: join(pictures, 'frames-review-dark.png') });
      await page.emulateMedia({ colorScheme: 'light' });
    }
  });

  test.each(Object.keys(looks))('can be taken in %s, and everything fits', async (look) => {
    const { page: own, context } = await windowOf(browser, app, owen, looks[look]);
    await opened(own);
    await own.getByRole('button', { name: '1 second on' }).click();
    await own.getByRole('button', { name: '1 second on' }).click();
    await own.getByRole('button', { name: '1 second on' }).click();
    await own.getByRole('button', { name: 'Take this frame' }).click();
    await own.getByText(/^1 frame taken/).waitFor(aMinute);
    expect(await seriousTroubles(own)).toEqual([]);
    if (pictures !== undefined) await own.screenshot({ path: join(pictures, `frames-${look}.png`) });
    await own.getByRole('button', { name: 'Done' }).click();
    await own.getByRole('button', { name: /^Mark or blur/ }).waitFor(aMinute);
    const wide = await own.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    if (pictures !== undefined) await own.screenshot({ path: join(pictures, `start-${look}.png`), fullPage: true });
    await context.close();
  });
});
