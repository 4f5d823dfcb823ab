import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApp, type App } from '../support/app.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { until } from '../support/until.js';
import {
  chromiumPath,
  openRecordingBrowser,
  pressOn,
  seriousTroubles,
  shareThisTab,
  tabTo,
  windowOf,
} from './browser.js';

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures', name);
const aMinute = { timeout: 30_000 };
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });
/** Where pictures of the pages go, for a person to look at; nowhere where it is not set. */
const pictures = process.env['COUNTERSIGN_PICTURES'] || undefined;

type Walk = {
  transcript: string;
  screenshots: string[];
  title: string;
  /** What the third step turns out to be when it is run live. */
  met: 'differed' | 'exception';
  by: 'keyboard' | 'mouse';
};
const walks: Walk[] = [
  {
    transcript: 'onboarding-a-vendor.zoom.vtt',
    screenshots: ['vendor-page.png', 'vendor-form.png', 'expense-report.png'],
    title: 'Onboard a vendor',
    met: 'differed',
    by: 'mouse',
  },
  {
    transcript: 'offboarding-a-contractor.otter.txt',
    screenshots: ['vendor-page.png', 'vendor-form.png'],
    title: 'Offboard a contractor',
    met: 'exception',
    by: 'mouse',
  },
  {
    transcript: 'expense-exception.fireflies.json',
    screenshots: ['expense-report.png', 'vendor-page.png', 'vendor-form.png'],
    title: 'Expense exceptions',
    met: 'differed',
    by: 'keyboard',
  },
];

/** One person at one browser, by mouse or by keyboard alone. */
function handsOf(page: Page, by: Walk['by']) {
  return {
    press: async (name: RegExp): Promise<void> => {
      if (by === 'keyboard') await pressOn(page, name);
      else await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click();
    },
    /** On to the next field, where the hand does not point at it. */
    next: async (): Promise<void> => {
      if (by === 'keyboard') await page.keyboard.press('Tab');
    },
    /** Other words in a field, wherever the focus is. */
    write: async (label: RegExp, words: string): Promise<void> => {
      if (by === 'mouse') return page.getByRole('textbox', { name: label }).fill(words);
      await tabTo(page, label);
      await page.keyboard.press('Control+a');
      await page.keyboard.type(words);
    },
    /** Words in the field that has the focus by itself. */
    type: async (label: RegExp, words: string): Promise<void> => {
      const field = page.getByRole('textbox', { name: label });
      await field.waitFor();
      if (by === 'mouse') return field.fill(words);
      await until(() => field.evaluate((at) => at === document.activeElement), {
        what: `the focus in ${String(label)}`,
      });
      await page.keyboard.type(words);
    },
  };
}
type Hands = ReturnType<typeof handsOf>;

describe.skipIf(chromiumPath() === undefined)(
  'a walk-through of five to ten minutes, from upload to publication',
  () => {
    let app: App;
    let browser: Browser;
    let kill: () => Promise<void>;
    let grace: TestPerson;
    beforeAll(async () => {
      [app, { browser, kill }] = await Promise.all([startApp(), openRecordingBrowser()]);
      grace = await addPerson(app, 'admin', 'Grace Lindqvist');
    });
    afterAll(async () => {
      await kill();
      await app.stop();
    });

    const picture = async (page: Page, name: string): Promise<void> => {
      if (pictures === undefined) return;
      await page.screenshot({ path: join(pictures, `${name}.png`) });
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.screenshot({ path: join(pictures, `${name}-dark.png`) });
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.screenshot({ path: join(pictures, `${name}-phone.png`) });
      await page.setViewportSize({ width: 1440, height: 900 });
    };

    async function upload(page: Page, hands: Hands, walk: Walk): Promise<void> {
      await page.goto('/');
      // The keys of every page are there with its navigation.
      await page.getByRole('link', { name: 'Start a run' }).waitFor(aMinute);
      await page.keyboard.press('n');
      await page.getByRole('heading', { name: 'An SOP from a walk-through' }).waitFor(aMinute);
      const asked = page.waitForEvent('filechooser');
      await hands.press(/^Choose files/);
      await (await asked).setFiles([fixture(`walk-throughs/${walk.transcript}`), ...walk.screenshots.map(fixture)]);
      await page.getByRole('button', { name: 'Start drafting' }).waitFor(aMinute);
      await hands.write(/^Title/, walk.title);
      await hands.press(/^Start drafting/);
      await page.getByRole('link', { name: 'Open review' }).waitFor(aMinute);
      await hands.press(/^Open review/);
      await page.getByRole('heading', { name: 'What would be published' }).waitFor(aMinute);
    }

    /** Every open step ticked on the browser's own recording; the third is noted as met where that is asked. */
    async function runThrough(page: Page, hands: Hands, met: Walk['met'] | undefined, name: string): Promise<void> {
      await page.getByRole('group', { name: /^What happened at step/ }).waitFor(aMinute);
      await hands.press(/^Record the screen/);
      const recorded = page.getByRole('timer', { name: 'Recorded' });
      await recorded.waitFor(aMinute);
      const finish = page.getByRole('heading', { name: 'The recording, and finish' });
      for (let step = 1; step < 80 && !(await finish.isVisible()); step += 1) {
        const before = page.url();
        if (step === 3 && met !== undefined) {
          await hands.press(met === 'differed' ? /^Differed/ : /^Exception/);
          if (met === 'exception') {
            await hands.type(/^What came up/, 'The page asks for a second sign-in');
            await hands.next();
          }
          await hands.type(
            met === 'differed' ? /^What did you do instead/ : /^What has to be done then/,
            'Use the search at the top, and check the name twice',
          );
          await picture(page, `${name}-note`);
          await hands.press(/^Note the (difference|exception)/);
        } else await hands.press(/^As written/);
        await until(() => page.url() !== before, { withinMs: 15_000, what: `the step after ${String(step)}` });
      }
      await finish.waitFor();
      await until(async () => Number((await recorded.textContent())?.split(':')[1] ?? 0) >= 2, { withinMs: 30_000 });
      await hands.press(/^Finish the run-through/);
      await page
        .getByText(/^Every step is run\.|run as written\./)
        .first()
        .waitFor(aMinute);
      await hands.press(/^Back to the review/);
      await page.getByRole('heading', { name: 'What would be published' }).waitFor(aMinute);
    }

    /** The first open thing, done; false where nothing is open. */
    async function oneLess(page: Page, hands: Hands, walk: Walk): Promise<boolean> {
      const first = page.locator('.todo .open').first();
      if ((await first.count()) === 0) return false;
      const open = page.locator('.todo .open');
      const before = await open.count();
      const words = await first.innerText();
      const button = (name: RegExp) => first.getByRole('button', { name }).or(first.getByRole('link', { name }));
      const verbs = [
        /^Take it into/,
        /^None, checked/,
        /^Right as written/,
        /^Run step \d+ again/,
        /^(Start|Go on)/,
        /^Write it/,
      ];
      for (const verb of verbs) {
        if ((await button(verb).count()) === 0) continue;
        if (walk.by === 'keyboard') await page.keyboard.press('a');
        await hands.press(verb);
        if (verb.source.includes('again') || verb.source.includes('Start'))
          await runThrough(page, hands, undefined, 'again');
        else if (verb.source.includes('Write')) {
          await until(() => page.evaluate(() => document.activeElement instanceof HTMLTextAreaElement));
          await page.keyboard.type('Ask the owner the same day.');
          await page.keyboard.press('Control+s');
          await page.getByRole('button', { name: /^Approve/ }).waitFor(aMinute);
        }
        const busy = page.locator('#missing [aria-busy="true"]');
        // One look at all of them: asking one that is just answered for its words would wait for it to come back.
        const answered = async () => {
          const left = await open.allInnerTexts();
          return left.length < before || left[0] !== words;
        };
        await until(async () => (await answered()) && (await busy.count()) === 0, {
          withinMs: 20_000,
          what: `an answer to “${words}”`,
        });
        return true;
      }
      throw new Error(`Nothing is offered for “${words}”.`);
    }

    test.each(walks)('$transcript, by $by', async (walk) => {
      const { page, context } = await windowOf(browser, app, grace, { viewport: { width: 1440, height: 900 } });
      await shareThisTab(page);
      const hands = handsOf(page, walk.by);
      const name = walk.transcript.split('.')[0] ?? '';
      await upload(page, hands, walk);
      await picture(page, `${name}-review`);
      expect(await seriousTroubles(page)).toEqual([]);
      await hands.press(/^(Start|Go on with) the run-through/);
      await runThrough(page, hands, walk.met, name);
      await picture(page, `${name}-after-run`);
      for (let left = 0; left < 40 && (await oneLess(page, hands, walk)); left += 1);
      await page.getByRole('button', { name: 'Approve and publish' }).waitFor(aMinute);
      await picture(page, `${name}-ready`);
      await hands.press(/^Approve and publish/);
      await page.getByText('Published to the Handbook folder').waitFor(aMinute);
      await hands.press(/^Open the page/);
      await page.getByText('Checked again just now').waitFor(aMinute);
      await picture(page, `${name}-published`);
      expect(await seriousTroubles(page)).toEqual([]);

      const [published] = await app.owner`
      select p.address, p.run_id from publication p where p.state = 'published' order by p.id desc limit 1`;
      const file = join(app.data, String(published?.['address']));
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(`# ${walk.title}`);
      expect(text).toContain('Grace Lindqvist');
      expect(text).toContain(walk.met === 'differed' ? 'Use the search at the top' : 'second sign-in');
      const images = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');
      expect(images.length).toBeGreaterThan(0);
      for (const image of images) expect(existsSync(join(dirname(file), decodeURIComponent(image)))).toBe(true);
      const parts = await app.owner`
      select 1 from run_through_recording x join run_through t on t.id = x.run_through_id
       where t.run_id = ${String(published?.['run_id'])}`;
      expect(parts.length).toBeGreaterThan(0);
      await context.close();
    });
  },
);
