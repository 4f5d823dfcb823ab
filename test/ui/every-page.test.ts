import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApp, type App } from '../support/app.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { decide, getRun } from '../support/sop-client.js';
import { until } from '../support/until.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';
import { readyRun, reviewOfRun } from './ready-run.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const looks: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  'a narrow window': { viewport: { width: 1024, height: 768 }, colorScheme: 'light' },
  'a phone': { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'light' },
  'the narrowest phone': { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, colorScheme: 'dark' },
};

/** Words of the engine, which a manager never reads. */
const engine = /\b(workflow|temporal|signal|worker|token|hash|payload|schema|postgres|uuid|digest|json|http)\b/i;

/** Opens a page and waits until what it asked for is there. */
async function open(page: Page, name: string, path: string): Promise<void> {
  await page.goto(path);
  await until(async () => (await page.locator('h1').count()) > 0 && (await page.locator('.skels').count()) === 0, {
    withinMs: 30_000,
    what: `the page ${name} (${path})`,
  }).catch(async (cause: unknown) => {
    throw new Error(`${name} (${path}) shows: ${await page.locator('body').innerText()}`, { cause });
  });
}

describe.skipIf(chromiumPath() === undefined)('every page', () => {
  let app: App;
  let browser: Browser;
  let ines: TestPerson;
  let paths: Record<string, string>;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    ines = await addPerson(app, 'admin', 'Ines Aldana');
    const tobias = await addPerson(app, 'approver', 'Tobias Renner');
    const owen = await addPerson(app, 'operator', 'Owen Tran');
    const done = await readyRun(app, owen);
    const open = await readyRun(app, owen);
    const { subjectDigest } = await reviewOfRun(tobias, done.reviewId);
    await decide(tobias.client, { id: done.reviewId, subjectDigest }, 'approve');
    await until(async () => (await getRun(owen.client, done.runId)).state === 'published', { withinMs: 30_000 });
    const [publication] = await app.owner`select id from publication where run_id = ${done.runId}`;
    const step = (await reviewOfRun(owen, open.reviewId)).draft.steps[0]?.id ?? '';
    const review = `/reviews/${open.reviewId}`;
    paths = {
      'first run': '/',
      inbox: '/inbox',
      'start a run': '/start',
      'start contracts': '/start?track=contract-summary',
      'an open review': review,
      'its changes': `${review}?view=changes`,
      'its sources': `${review}?view=sources&at=${step}`,
      'what is missing': `${review}?view=missing`,
      'its edit': `${review}?edit=start`,
      'a decided review': `/reviews/${done.reviewId}`,
      'a run': `/runs/${done.runId}`,
      'a run-through': `/run-throughs/${open.runId}?step=${step}`,
      'the end of a run-through': `/run-throughs/${open.runId}?step=finish`,
      published: '/published',
      'a published page': `/published/${String(publication?.['id'])}`,
      timeline: '/timeline',
      'the timeline of a run': `/timeline?run=${done.runId}`,
      people: '/settings/people',
      keys: '/settings/keys',
      'a page that is not there': '/nowhere',
    };
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  for (const [look, options] of Object.entries(looks))
    test(`axe finds nothing serious and nothing is cut off in ${look}`, async () => {
      const { page, context } = await windowOf(browser, app, ines, options);
      const found: unknown[] = [];
      for (const [name, path] of Object.entries(paths)) {
        await open(page, name, path);
        found.push(...(await seriousTroubles(page)));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) found.push({ page: name, wide });
      }
      expect(found).toEqual([]);
      await context.close();
    });

  test('no page that a manager decides on has a word of the engine', async () => {
    const { page, context } = await windowOf(browser, app, ines, looks['light']);
    const found: unknown[] = [];
    for (const name of ['an open review', 'its changes', 'its edit', 'a decided review', 'a run-through', 'inbox']) {
      await open(page, name, paths[name] ?? '/');
      const word = engine.exec(await page.locator('body').innerText());
      if (word) found.push({ name, word: word[0] });
    }
    expect(found).toEqual([]);
    await context.close();
  });
});
