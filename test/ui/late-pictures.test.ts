import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { read } from '../../db/files.js';
import { startApp, type App } from '../support/app.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { openReview, startSop } from '../support/sop-client.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';

const aMinute = { timeout: 30_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'] || undefined;

/** A JPEG made by the browser, a white field on grey, with the place where it was taken in it as a phone writes it. */
async function drawn(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [600, 400];
    const context = canvas.getContext('2d');
    if (!context) return '';
    context.fillStyle = '#8a8f98';
    context.fillRect(0, 0, 600, 400);
    context.fillStyle = '#ffffff';
    context.fillRect(210, 140, 120, 20);
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1] ?? '';
  });
  const jpeg = Buffer.from(base64, 'base64');
  const words = Buffer.from('Exif\0\0GPSLatitude 52.5200');
  const head = Buffer.from([0xff, 0xe1, 0, words.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, words, jpeg.subarray(2)]);
}

/** What a browser does when somebody pastes or drops a picture on the page. */
function hand(page: Page, how: 'paste' | 'drop', name: string, jpeg: Buffer): Promise<void> {
  return page.evaluate(
    ([kind, called, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], called, { type: 'image/jpeg' }));
      const more = { bubbles: true, cancelable: true };
      document.body.dispatchEvent(
        kind === 'paste'
          ? new ClipboardEvent('paste', { ...more, clipboardData: data })
          : new DragEvent('drop', { ...more, dataTransfer: data }),
      );
    },
    [how, name, jpeg.toString('base64')] as const,
  );
}

describe.skipIf(chromiumPath() === undefined)('a screenshot given after the start', () => {
  let app: App;
  let browser: Browser;
  let owen: TestPerson;
  let page: Page;
  let runId: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    owen = await addPerson(app, 'operator', 'Owen Tran');
    ({ page } = await windowOf(browser, app, owen, { viewport: { width: 1440, height: 900 } }));
    runId = await startSop(owen.client, 'till');
    const review = await openReview(owen.client, runId);
    await page.goto(`/reviews/${review.id}`);
    await page.getByRole('button', { name: 'Add a screenshot' }).waitFor(aMinute);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  const picture = async (name: string): Promise<void> => {
    if (pictures === undefined) return;
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: join(pictures, `${name}-dark.png`) });
    await page.emulateMedia({ colorScheme: 'light' });
  };
  const onPhone = async (act: () => Promise<void>): Promise<void> => {
    await page.setViewportSize({ width: 390, height: 844 });
    await act();
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  const among = async (): Promise<string[]> => {
    const rows = await app.owner`
      select s.name from run_source l join source s on s.id = l.source_id
       where l.run_id = ${runId} and s.kind = 'screenshot' order by l.ordinal`;
    return rows.map((row) => String(row['name']));
  };
  const mine = (name: string) => page.getByRole('button', { name: `Mark or blur ${name}` });

  test('is chosen, dropped or pasted, waits in the browser, and is added as pixels alone', async () => {
    const jpeg = await drawn(page);
    await page
      .getByLabel('Screenshots to add')
      .first()
      .setInputFiles({ name: 'chosen.jpg', mimeType: 'image/jpeg', buffer: jpeg });
    await mine('chosen.jpg').waitFor(aMinute);
    await hand(page, 'drop', 'dropped.jpg', jpeg);
    await mine('dropped.jpg').waitFor(aMinute);
    await hand(page, 'paste', 'pasted.jpg', jpeg);
    await mine('pasted.jpg').waitFor(aMinute);
    expect(await among()).toEqual([]);
    await picture('late-held');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take out pasted.jpg' }).press('Enter');

    await mine('chosen.jpg').press('Enter');
    await page.getByRole('application', { name: 'The picture and its frame' }).press('Enter');
    await page.getByText('1 mark', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Keep this picture' }).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await onPhone(async () => {
      await page.getByRole('button', { name: /^Sources/ }).click();
      await page.getByRole('button', { name: 'Add 2 screenshots to this run' }).waitFor(aMinute);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      await picture('late-held-phone');
    });
    await page.getByRole('button', { name: 'Add 2 screenshots to this run' }).press('Enter');
    await page.getByText('2 screenshots are among the sources now.').waitFor(aMinute);
    expect(await among()).toEqual(['chosen.jpg', 'dropped.jpg']);
    const kept = await app.owner`select name, sha256 from source where kind = 'screenshot' order by name`;
    const [chosen, dropped] = await Promise.all(kept.map((row) => read(app.data, String(row['sha256']))));
    expect(jpeg.toString('latin1')).toContain('GPS');
    for (const bytes of [chosen, dropped]) expect(bytes?.toString('latin1')).not.toMatch(/Exif|GPS/);
    // The one was marked before it left, the other not.
    expect(chosen?.equals(dropped ?? Buffer.alloc(0))).toBe(false);
    await picture('late-added');
  });

  test('is seen at once by whoever else has the review open, and changes no draft and no fingerprint', async () => {
    const before = await openReview(owen.client, runId);
    const vera = await addPerson(app, 'viewer', 'Vera');
    const { page: hers } = await windowOf(browser, app, vera, { viewport: { width: 1440, height: 900 } });
    await hers.goto(page.url());
    await hers.getByRole('list', { name: 'Screenshots' }).getByRole('button').nth(1).waitFor(aMinute);
    expect(await hers.getByRole('button', { name: 'Add a screenshot' }).count()).toBe(0);
    await hand(page, 'paste', 'third.jpg', await drawn(page));
    await page.getByRole('button', { name: 'Add 1 screenshot to this run' }).click(aMinute);
    await hers.getByRole('list', { name: 'Screenshots' }).getByRole('button').nth(2).waitFor(aMinute);
    const after = await openReview(owen.client, runId);
    expect([after.subjectDigest, after.draftVersion]).toEqual([before.subjectDigest, before.draftVersion]);
  });

  test('is placed at a step in the editor, and then stands on the page', async () => {
    await page.getByRole('link', { name: 'Place it at a step' }).click();
    await page.getByRole('button', { name: 'Add a screenshot' }).waitFor(aMinute);
    await page.getByLabel('Screenshot', { exact: true }).first().selectOption({ label: '3: third.jpg' });
    await picture('late-editor');
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByRole('img', { name: 'Screenshot of step 1' }).waitFor(aMinute);
    await picture('late-placed');
  });

  test('of a kind that is none is refused in a sentence', async () => {
    const input = page.getByLabel('Screenshots to add').first();
    await input.setInputFiles({ name: 'walk.vtt', mimeType: 'text/vtt', buffer: Buffer.from('WEBVTT\n') });
    await page.getByText('Only a screenshot (PNG, JPEG, WebP or GIF) can be added').waitFor(aMinute);
    await input.setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText('This browser cannot show the picture.').waitFor(aMinute);
  });

  test('for a run that was closed meanwhile is refused with the reason, and stays in the browser', async () => {
    await hand(page, 'paste', 'late.jpg', await drawn(page));
    await mine('late.jpg').waitFor(aMinute);
    await app.owner`update run set state = 'withdrawn' where id = ${runId}`;
    await page.getByRole('button', { name: 'Add 1 screenshot to this run' }).click();
    await page.getByText('This run was withdrawn, so nothing can be added to it.').waitFor(aMinute);
    expect(await mine('late.jpg').count()).toBe(1);
    expect(await among()).not.toContain('late.jpg');
    await picture('late-refused');
    await app.owner`update run set state = 'in-review' where id = ${runId}`;
  });

  test('can be added on the run’s own page as well', async () => {
    const waiting = await startSop(owen.client, 'safe');
    await openReview(owen.client, waiting);
    await page.goto(`/runs/${waiting}`);
    const jpeg = await drawn(page);
    await page.getByRole('button', { name: 'Add a screenshot' }).waitFor(aMinute);
    await hand(page, 'paste', 'safe.jpg', jpeg);
    await mine('safe.jpg').waitFor(aMinute);
    await picture('late-run-page');
    await onPhone(() => picture('late-run-page-phone'));
    await page.getByRole('button', { name: 'Add 1 screenshot to this run' }).click();
    await page.getByRole('cell', { name: 'safe.jpg' }).waitFor(aMinute);
  });
});
