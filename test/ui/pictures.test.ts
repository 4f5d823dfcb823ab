import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { read } from '../../db/files.js';
import { startApp, type App } from '../support/app.js';
import { addPerson } from '../support/people.js';
import { walkThrough } from '../support/sop-client.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';

const aMinute = { timeout: 30_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'] || undefined;

/** A JPEG with the place where it was taken in it, as a phone writes it: an APP1 segment after the first marker. */
function withPlace(jpeg: Buffer): Buffer {
  const words = Buffer.from('Exif\0\0GPSLatitude 52.5200 GPSLongitude 13.4050');
  const head = Buffer.from([0xff, 0xe1, 0, words.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, words, jpeg.subarray(2)]);
}

describe.skipIf(chromiumPath() === undefined)('screenshots, before they are stored', () => {
  let app: App;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    const owen = await addPerson(app, 'operator', 'Owen');
    ({ page } = await windowOf(browser, app, owen, { viewport: { width: 1280, height: 900 } }));
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  /** Left half red, right half blue, with white letters on the blue: made by the browser, as a JPEG. */
  const drawn = async (): Promise<Buffer> => {
    const base64 = await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [400, 200];
      const context = canvas.getContext('2d');
      if (!context) return '';
      context.fillStyle = '#d00000';
      context.fillRect(0, 0, 200, 200);
      context.fillStyle = '#0000d0';
      context.fillRect(200, 0, 200, 200);
      context.fillStyle = '#ffffff';
      context.font = '40px sans-serif';
      context.fillText('SECRET', 210, 110);
      return canvas.toDataURL('image/jpeg', 0.95).split(',')[1] ?? '';
    });
    return Buffer.from(base64, 'base64');
  };
  const give = (name: string, mimeType: string, buffer: Buffer) =>
    page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer });
  const stored = async (): Promise<{ name: string; bytes: Buffer }[]> => {
    const rows = await app.owner`select name, sha256 from source where kind = 'screenshot' order by id`;
    return Promise.all(
      rows.map(async (row) => ({
        name: String(row['name']),
        bytes: Buffer.from(await read(app.data, String(row['sha256']))),
      })),
    );
  };

  test('are ordered by hand, blurred by keyboard, and sent as pixels alone', async () => {
    await page.goto('/start');
    await page.getByRole('heading', { name: 'An SOP from a walk-through' }).waitFor(aMinute);
    const jpeg = withPlace(await drawn());
    expect(jpeg.toString('latin1')).toContain('GPSLatitude');
    await give('walk.vtt', 'text/vtt', Buffer.from(walkThrough('till')));
    await give('first.jpg', 'image/jpeg', jpeg);
    await page.getByRole('button', { name: 'Mark or blur first.jpg' }).waitFor(aMinute);
    await give('second.jpg', 'image/jpeg', jpeg);
    await page.getByRole('button', { name: 'Mark or blur second.jpg' }).waitFor(aMinute);
    expect(await stored()).toEqual([]);
    await page.getByRole('button', { name: 'Move second.jpg up' }).press('Enter');

    await page.getByRole('button', { name: 'Mark or blur first.jpg' }).press('Enter');
    const stage = page.getByRole('application', { name: 'The picture and its frame' });
    await stage.focus();
    for (let n = 0; n < 40; n += 1) await page.keyboard.press('ArrowUp');
    for (let n = 0; n < 14; n += 1) await page.keyboard.press('ArrowRight');
    for (let n = 0; n < 60; n += 1) await page.keyboard.press('Shift+ArrowDown');
    for (let n = 0; n < 20; n += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText('1 mark', { exact: true }).waitFor();
    expect(await seriousTroubles(page)).toEqual([]);
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'picture-editor.png') });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.getByRole('button', { name: 'Keep this picture' }).isVisible()).toBe(true);
    if (pictures !== undefined) {
      await page.screenshot({ path: join(pictures, 'picture-editor-phone.png') });
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.screenshot({ path: join(pictures, 'picture-editor-phone-dark.png') });
      await page.emulateMedia({ colorScheme: 'light' });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: 'Keep this picture' }).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'start-held-phone.png') });
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await seriousTroubles(page)).toEqual([]);
    expect(await stored()).toEqual([]);

    await page.getByRole('button', { name: 'Start drafting' }).click();
    await page.getByRole('link', { name: 'Open review' }).waitFor(aMinute);
    const kept = await stored();
    const order = await app.owner`
      select s.name from run_source l join source s on s.id = l.source_id
       where s.kind = 'screenshot' order by l.ordinal`;
    expect(order.map((row) => row['name'])).toEqual(['second.jpg', 'first.jpg']);
    for (const { bytes } of kept) expect(bytes.toString('latin1')).not.toMatch(/Exif|GPS/);
    const brightest = async (bytes: Buffer): Promise<number> =>
      page.evaluate(async (base64) => {
        const image = new Image();
        image.src = `data:image/jpeg;base64,${base64}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const context = canvas.getContext('2d');
        context?.drawImage(image, 0, 0);
        const { data } = context?.getImageData(200, 0, 200, 200) ?? { data: new Uint8ClampedArray() };
        // Of the greens on the blue half: only the white letters have any.
        return data.reduce((most, value, at) => (at % 4 === 1 ? Math.max(most, value) : most), 0);
      }, bytes.toString('base64'));
    const bytesOf = (name: string) => kept.find((one) => one.name === name)?.bytes ?? Buffer.alloc(0);
    expect(await brightest(bytesOf('second.jpg'))).toBeGreaterThan(200);
    expect(await brightest(bytesOf('first.jpg'))).toBeLessThan(140);
  });

  test('that this browser cannot show are refused in a sentence, and leave nothing', async () => {
    await page.goto('/start');
    await give('broken.png', 'image/png', Buffer.from('\u0089PNG not a picture'));
    await page.getByText('This browser cannot show the picture.').waitFor(aMinute);
  });
});
