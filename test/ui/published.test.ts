import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApp, type App } from '../support/app.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { z } from 'zod';
import { confirmAll, decide, getRun, openReview, runThroughAll } from '../support/sop-client.js';
import { until } from '../support/until.js';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';
import { readyRun, reviewOfRun } from './ready-run.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const recording = Buffer.from(visitorLogSample.recordingBase64, 'base64');

describe.skipIf(chromiumPath() === undefined)('a published page', () => {
  let app: App;
  let browser: Browser;
  let owen: TestPerson;
  let tobias: TestPerson;
  let vera: TestPerson;
  let runId: string;

  const approved = async (reviewId: string) => {
    const { subjectDigest } = await reviewOfRun(tobias, reviewId);
    await decide(tobias.client, { id: reviewId, subjectDigest }, 'approve');
    await until(async () => (await getRun(owen.client, runId)).state === 'published', { withinMs: 30_000 });
  };
  const publications = () => app.owner<{ id: string }[]>`
    select p.id from publication p join subject s on s.digest = p.subject_digest
     where p.run_id = ${runId} order by s.draft_version`;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    [owen, tobias, vera] = await Promise.all([
      addPerson(app, 'operator', 'Owen Tran'),
      addPerson(app, 'approver', 'Tobias Renner'),
      addPerson(app, 'viewer', 'Vera Lind'),
    ]);
    const ready = await readyRun(app, owen);
    runId = ready.runId;
    await approved(ready.reviewId);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  test('is taken along, reported by a reader, repaired, and then shows what changed', async () => {
    const [first] = await publications();
    const { page: reader } = await windowOf(browser, app, vera, { viewport: { width: 1440, height: 900 } });
    await reader.goto(`/published/${first?.id ?? ''}`);
    const coming = reader.waitForEvent('download');
    await reader.getByRole('link', { name: 'PDF' }).click();
    const pdf = readFileSync(await (await coming).path());
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
    expect(text).toContain('Approved by Tobias Renner');

    await reader.getByRole('button', { name: 'Report a problem' }).click();
    await reader.getByLabel('What is wrong with it?').fill('The button is called End day now.');
    await reader.getByLabel('Which step?').selectOption({ index: 1 });
    expect(await seriousTroubles(reader)).toEqual([]);
    await reader.getByRole('dialog').getByRole('button', { name: 'Report a problem' }).dblclick();
    await reader.getByText('Step 1: The button is called End day now.').waitFor();
    expect(await reader.getByText('The button is called End day now.').count()).toBe(1);

    const { page } = await windowOf(browser, app, owen, { viewport: { width: 1440, height: 900 } });
    await page.goto(`/published/${first?.id ?? ''}`);
    await page.getByRole('button', { name: 'Open the next version with these words' }).click();
    await page.waitForURL(/\/runs\//);
    const review = await openReview(owen.client, runId);
    const { draft, draftVersion } = await reviewOfRun(owen, review.id);
    const step = draft.steps[0];
    await owen.client.ask(z.unknown(), 'PATCH', `/api/runs/${runId}/draft`, {
      baseVersion: draftVersion,
      edits: [{ op: 'set-step', id: step?.id ?? '', fields: { action: 'Click End day.' } }],
    });
    const edited = await openReview(owen.client, runId);
    await runThroughAll(owen.client, edited, recording);
    await confirmAll(owen.client, await openReview(owen.client, runId));
    await approved(review.id);

    await page.goto(`/published/${first?.id ?? ''}`);
    await page.getByText('is superseded.').waitFor();
    await page
      .getByRole('link', { name: /^Version \d+ is in force/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'What changed' }).click();
    await page.getByText('Click End day').first().waitFor();
    expect(await seriousTroubles(page)).toEqual([]);
  });

  const looks: Record<string, BrowserContextOptions> = {
    light: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
    dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
    phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'light' },
  };
  for (const [look, options] of Object.entries(looks))
    test(`nothing of it is cut off or hard to read in ${look}`, async () => {
      const { page, context } = await windowOf(browser, app, owen, options);
      const rows = await publications();
      const [old, now] = [rows[0]?.id ?? '', rows.at(-1)?.id ?? ''];
      for (const [name, path] of [
        ['list', '/published'],
        ['figures', '/how-long'],
        ['old', `/published/${old}`],
        ['changes', `/published/${now}?from=1`],
      ] as const) {
        await page.goto(path);
        await until(async () => (await page.locator('.skels').count()) === 0 && (await page.locator('h1').count()) > 0);
        expect(await seriousTroubles(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThan(1);
        const shots = '/tmp/after-shots';
        if (existsSync(shots))
          await page.screenshot({ path: join(shots, `${look}-${name}.png`), fullPage: look === 'phone' });
      }
      await context.close();
    });
});
