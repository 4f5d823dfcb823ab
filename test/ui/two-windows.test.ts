import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApp, type App } from '../support/app.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { getRun } from '../support/sop-client.js';
import { until } from '../support/until.js';
import { chromiumPath, openBrowser, seriousTroubles, windowOf } from './browser.js';
import { readyRun, reviewOfRun } from './ready-run.js';

const aMinute = { timeout: 60_000 };
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

describe.skipIf(chromiumPath() === undefined)('two people at one review', () => {
  let app: App;
  let browser: Browser;
  let ines: TestPerson;
  let tobias: TestPerson;
  let owen: TestPerson;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), openBrowser()]);
    ines = await addPerson(app, 'approver', 'Ines Aldana');
    tobias = await addPerson(app, 'approver', 'Tobias Renner');
    owen = await addPerson(app, 'operator', 'Owen Tran');
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  test('when both press Approve at once, one decision stands and the other is told whose', async () => {
    const { reviewId } = await readyRun(app, owen);
    const [a, b] = await Promise.all([windowOf(browser, app, ines), windowOf(browser, app, tobias)]);
    await Promise.all([a.page.goto(`/reviews/${reviewId}`), b.page.goto(`/reviews/${reviewId}`)]);
    const ready = (page: typeof a.page) => page.getByRole('button', { name: 'Approve and publish' }).waitFor(aMinute);
    await Promise.all([ready(a.page), ready(b.page)]);
    await Promise.all([a.page.keyboard.press('a'), b.page.keyboard.press('a')]);
    await Promise.all([a.page.getByText('Closed.').waitFor(aMinute), b.page.getByText('Closed.').waitFor(aMinute)]);
    const decided = await app.owner`select person from decision`;
    expect(decided).toHaveLength(1);
    const winner = decided[0]?.['person'] === ines.id ? ines : tobias;
    const loser = winner === ines ? b.page : a.page;
    await loser.getByText(`${winner.name} approved this`).first().waitFor(aMinute);
    expect(await seriousTroubles(loser)).toEqual([]);
    await Promise.all([a.context.close(), b.context.close()]);
  });

  test('words typed while somebody else decides are kept, shown, and become the next version', async () => {
    const { reviewId, runId } = await readyRun(app, owen);
    const { page, context } = await windowOf(browser, app, ines);
    await page.goto(`/reviews/${reviewId}?edit=start`);
    const title = page.getByLabel('Title');
    await title.waitFor(aMinute);
    await title.press('End');
    await title.pressSequentially(' kept words');
    const { subjectDigest } = await reviewOfRun(tobias, reviewId);
    await tobias.client.send('POST', `/api/reviews/${reviewId}/decision`, { decision: 'approve', subjectDigest });
    await page.getByText(/Tobias Renner approved this at .*while you were editing title/).waitFor(aMinute);
    await page.getByText('Your words are kept', { exact: true }).waitFor();
    expect(await page.locator('aside ins').first().textContent()).toContain('kept words');
    expect(await seriousTroubles(page)).toEqual([]);
    await page.getByRole('button', { name: /^Start version \d+ with them/ }).click(aMinute);
    await page.waitForURL(/\/runs\//, aMinute);
    const next = await until(
      async () => {
        const { reviewId: now } = await getRun(ines.client, runId);
        return now !== undefined && now !== reviewId ? now : undefined;
      },
      { withinMs: 60_000, what: 'the review of the next version' },
    );
    const { draft } = await reviewOfRun(ines, next);
    expect(draft.title).toContain('kept words');
    await context.close();
  });

  test('a draft that changes under a reader says so, and is approved only after a look', async () => {
    const { reviewId, runId } = await readyRun(app, owen);
    const { page, context } = await windowOf(browser, app, ines);
    await page.goto(`/reviews/${reviewId}`);
    await page.getByRole('button', { name: 'Approve and publish' }).waitFor(aMinute);
    const { draftVersion } = await reviewOfRun(owen, reviewId);
    await owen.client.send('PATCH', `/api/runs/${runId}/draft`, {
      baseVersion: draftVersion,
      edits: [{ op: 'set', fields: { purpose: 'Another purpose.' } }],
    });
    await page.getByText('The draft changed while you were reading.').waitFor(aMinute);
    await page.keyboard.press('a');
    await page.locator('.sheet.changes ins').first().waitFor(aMinute);
    expect(await app.owner`select 1 from decision where review_id = ${reviewId}`).toHaveLength(0);
    await page.getByRole('button', { name: 'Approve and publish' }).waitFor();
    await page.keyboard.press('a');
    await page.getByText('Closed.').waitFor(aMinute);
    await context.close();
  });

  test('an edit on top of somebody else’s is a conflict that is shown, and neither is lost', async () => {
    const { reviewId, runId } = await readyRun(app, owen);
    const { page, context } = await windowOf(browser, app, ines);
    await page.goto(`/reviews/${reviewId}?edit=start`);
    await page.getByLabel('Title').pressSequentially('Mine: ');
    const { draftVersion } = await reviewOfRun(owen, reviewId);
    await owen.client.send('PATCH', `/api/runs/${runId}/draft`, {
      baseVersion: draftVersion,
      edits: [{ op: 'set', fields: { purpose: 'Another purpose.' } }],
    });
    await page.keyboard.press('Control+s');
    await page.getByText(/Owen Tran saved version/).waitFor(aMinute);
    await page.getByRole('button', { name: /^Put mine on top/ }).press('Enter');
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: /^Approve/ }).waitFor(aMinute);
    const now = await until(async () => {
      const review = await reviewOfRun(owen, reviewId);
      return review.draftVersion === draftVersion + 2 ? review : undefined;
    });
    expect(now.draft.purpose).toBe('Another purpose.');
    expect(now.draft.title).toContain('Mine:');
    await context.close();
  });
});
