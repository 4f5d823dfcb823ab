import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { candidate } from '../drafting/candidates.js';
import { startApp, type App } from '../support/app.js';
import { outcomes, startFakeAnthropic, type FakeAnthropic } from '../support/fake-anthropic.js';
import { answers, startFakeOpenai } from '../support/fake-openai.js';
import { addPerson } from '../support/people.js';
import { openReview, startSop, walkThrough } from '../support/sop-client.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';

const aMinute = { timeout: 30_000 };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'] || undefined;

describe.skipIf(chromiumPath() === undefined)('a drafter is asked for by name', () => {
  let app: App;
  let claude: FakeAnthropic;
  let openai: Awaited<ReturnType<typeof startFakeOpenai>>;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [claude, openai] = await Promise.all([startFakeAnthropic(), startFakeOpenai()]);
    openai.script(answers.text(JSON.stringify(candidate)));
    const env = {
      ...{ ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: claude.url },
      ...{ OPENAI_BASE_URL: openai.url, OPENAI_MODEL: 'qwen3' },
    };
    [app, browser] = await Promise.all([startApp({ worker: env, api: env }), openBrowser()]);
    const ruth = await addPerson(app, 'admin', 'Ruth Akande');
    ({ page } = await windowOf(browser, app, ruth, { viewport: { width: 1440, height: 900 } }));
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await Promise.all([claude.close(), openai.close()]);
  });
  const picture = async (name: string): Promise<void> => {
    expect(await seriousTroubles(page)).toEqual([]);
    if (pictures === undefined) return;
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: join(pictures, `${name}-dark.png`) });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: join(pictures, `${name}-phone.png`) });
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  const askedOf = () => [claude.requests.length, openai.requests.length];

  test('where a run is started, with the usual one chosen unless somebody chooses', async () => {
    await page.goto('/start');
    const choice = page.getByLabel('Drafted by');
    await choice.waitFor(aMinute);
    expect(await choice.inputValue()).toBe('default');
    await choice.selectOption({ label: 'OpenAI-compatible model (qwen3)' });
    const buffer = Buffer.from(walkThrough('till'));
    await page.locator('input[type=file]').first().setInputFiles({ name: 'walk.vtt', mimeType: 'text/vtt', buffer });
    await page.getByRole('button', { name: 'Start drafting' }).waitFor(aMinute);
    await picture('drafter-start');
    await page.getByRole('button', { name: 'Start drafting' }).click();
    await page.getByRole('link', { name: 'Open review' }).click(aMinute);
    await page.getByText('the OpenAI-compatible model', { exact: false }).first().waitFor(aMinute);
    expect(askedOf()).toEqual([0, 1]);
  });

  test('where changes are asked for, and the next version says who wrote it', async () => {
    await page.getByRole('button', { name: 'Ask for changes' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What should be different?').fill('Say where the register is.');
    expect(await dialog.getByLabel('Drafted by').inputValue()).toBe('openai');
    await dialog.getByLabel('Drafted by').selectOption('rules');
    await dialog.getByText('Without a model the words cannot be followed').waitFor();
    await picture('drafter-changes');
    await dialog.getByRole('button', { name: 'Ask for changes' }).click();
    await dialog.waitFor({ state: 'detached', ...aMinute });
    await page.goto('/inbox');
    await page.getByRole('button', { name: /Open review/ }).click(aMinute);
    await page.getByText('rules, no model', { exact: true }).waitFor(aMinute);
    expect(askedOf()).toEqual([0, 1]);
  });

  test('where drafting is in trouble: the same again, another model, or rules', async () => {
    claude.script(outcomes.refusal(candidate));
    const owen = await addPerson(app, 'operator', 'Owen Tran');
    const run = await startSop(owen.client, 'safe');
    await page.goto(`/runs/${run}`);
    await page.getByRole('button', { name: 'Try Claude again' }).waitFor(aMinute);
    await page.getByRole('button', { name: 'Draft with rules now' }).waitFor();
    await picture('drafter-trouble');
    await page.getByRole('button', { name: 'Draft with the OpenAI-compatible model' }).click();
    await openReview(owen.client, run);
    expect(openai.requests).toHaveLength(2);
    await page.goto(`/timeline?run=${run}`);
    await page.getByText('with the OpenAI-compatible model').first().waitFor(aMinute);
    await page.goto('/settings/drafter');
    await page.getByText('OpenAI-compatible model (qwen3)').first().waitFor(aMinute);
    await picture('drafter-settings');
  });
});
