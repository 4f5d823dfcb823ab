import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { SopCandidate } from '../../workflows/domain/sop-drafting/schema.js';
import { startApp, type App } from '../support/app.js';
import { outcomes, startFakeAnthropic, type FakeAnthropic } from '../support/fake-anthropic.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { openReview, startSop } from '../support/sop-client.js';
import { until } from '../support/until.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';

const aMinute = { timeout: 30_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'] || undefined;

const step = (action: string, expected: string) => ({ action, where: 'Till', expected, screenshot: null, quote: null });
const drafted: SopCandidate = {
  title: 'Close the till',
  purpose: 'So that the cash is right.',
  scope: '',
  owner: '',
  approver: '',
  systemsOfRecord: ['Till'],
  prerequisites: [],
  steps: [step('Open the drawer', 'The drawer is open'), step('Count the notes', 'A sum')],
  decisionPoints: [],
  exceptions: [],
  ownSections: [],
};
/** A model that rewrites everything, whatever it was asked about. */
const rewritten: SopCandidate = {
  ...drafted,
  title: 'Taken over',
  purpose: 'The model’s purpose.',
  steps: [step('Open the drawer with the red key', 'The model’s result'), step('Count the notes slowly', 'Nothing')],
};

describe.skipIf(chromiumPath() === undefined)('changes asked of some parts', () => {
  let app: App;
  let fake: FakeAnthropic;
  let browser: Browser;
  let ruth: TestPerson;
  let page: Page;
  let runId: string;
  beforeAll(async () => {
    fake = await startFakeAnthropic(outcomes.good(drafted), outcomes.good(rewritten));
    const env = { ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: fake.url };
    [app, browser] = await Promise.all([startApp({ worker: env, api: env }), openBrowser()]);
    ruth = await addPerson(app, 'admin', 'Ruth');
    ({ page } = await windowOf(browser, app, ruth, { viewport: { width: 1440, height: 900 } }));
    runId = await startSop(ruth.client, 'till');
    const review = await openReview(ruth.client, runId);
    const { draft } = await ruth.client.ask(
      z.object({ draft: z.object({ steps: z.array(z.object({ id: z.string() })) }) }),
      'GET',
      `/api/reviews/${review.id}`,
    );
    const edits = [
      { op: 'set', fields: { purpose: 'As Ruth wrote it.' } },
      { op: 'set-step', id: draft.steps[0]?.id, fields: { expected: 'As Ruth saw it' } },
    ];
    await ruth.client.ask(z.unknown(), 'PATCH', `/api/runs/${runId}/draft`, {
      baseVersion: review.draftVersion,
      edits,
    });
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await fake.close();
  });
  const picture = async (name: string): Promise<void> => {
    if (pictures === undefined) return;
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: join(pictures, `${name}-dark.png`) });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: join(pictures, `${name}-phone.png`) });
    await page.setViewportSize({ width: 1440, height: 900 });
  };

  test('are asked in the dialog, by the names of the parts', async () => {
    await page.goto(`/reviews/${(await openReview(ruth.client, runId)).id}`);
    await page.getByRole('heading', { name: 'What would be published' }).waitFor(aMinute);
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: 'What should be different?' }).fill('Say which key.');
    await page.getByText('Only some parts may change').click();
    await page.getByRole('checkbox', { name: 'Step 1: Open the drawer' }).check();
    await page.getByRole('checkbox', { name: 'Purpose' }).check();
    await page.getByText('Only these 2 parts may change').waitFor();
    expect(await seriousTroubles(page)).toEqual([]);
    await picture('ask-parts');
    await page.getByRole('dialog').getByRole('button', { name: 'Ask for changes' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached', ...aMinute });
  });

  test('open on what changed, and nothing else did', async () => {
    const review = await until(
      async () => {
        const found = await openReview(ruth.client, runId);
        return found.draftVersion > 2 ? found : undefined;
      },
      { withinMs: 30_000, what: 'the redraft' },
    );
    await page.goto(`/reviews/${review.id}`);
    await page.getByText('from version 2 to version 3').waitFor(aMinute);
    await page.locator('.sheet.changes ins').getByText('with the red key').waitFor(aMinute);
    expect(await page.locator('.sheet.changes').innerText()).not.toMatch(/Taken over|slowly/);
    await page.keyboard.press('[');
    await page.getByText('from version 1 to version 3').waitFor(aMinute);
    await page.keyboard.press('d');
    await page.locator('.sheet').getByText('As Ruth wrote it.').first().waitFor(aMinute);
    expect(await seriousTroubles(page)).toEqual([]);
    await picture('offers');
  });

  test('leave a person’s words, and offer the drafter’s to take or to leave', async () => {
    const offers = page.getByRole('region', { name: 'Offered by the drafter' });
    await offers.getByText('2 offers').waitFor(aMinute);
    await offers.getByRole('button', { name: 'Take it: Purpose' }).click();
    await page.locator('.sheet').getByText('The model’s purpose.').first().waitFor(aMinute);
    await offers.getByText('1 offer', { exact: true }).waitFor(aMinute);
    await offers.getByRole('button', { name: /^Keep as it is: Step 1/ }).click();
    await offers.waitFor({ state: 'detached', ...aMinute });
    await page.locator('.sheet').getByText('As Ruth saw it').first().waitFor(aMinute);
  });
});
