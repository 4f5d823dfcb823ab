import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkExport } from '../../bin/verify/export.js';
import { inbox } from '../../db/queries/inbox.js';
import { nextCheckpoint } from '../../db/queries/record.js';
import { reviewDetail, wouldBeSinglePerson } from '../../db/queries/review.js';
import { runDetail, runs } from '../../db/queries/run.js';
import { timeline, timelineCounts } from '../../db/queries/timeline.js';
import { publishedItems, publicationDetail } from '../../db/queries/publications.js';
import { search } from '../../db/queries/search.js';
import { checkpointPath, seal } from '../../db/record.js';
import { freshFolder } from '../support/harness.js';
import {
  confirm,
  decided,
  edited,
  member,
  metAll,
  openKit,
  refused,
  runThrough,
  startedRun,
  underReview,
  type Kit,
  type Somebody,
} from './kit.js';
import { exportTo, publishedRun } from './record-kit.js';

describe('reading', () => {
  let kit: Kit;
  let operator: Somebody;
  let approver: Somebody;
  beforeAll(async () => {
    kit = await openKit();
    operator = await member(kit, 'operator', 'Olga');
    approver = await member(kit, 'approver', 'Anna');
  });
  afterAll(() => kit.close());

  it('the inbox gives every open review once, the one due first at the top, with what is missing in words', async () => {
    const mine = [];
    for (let n = 0; n < 7; n += 1) {
      mine.push(await underReview(kit, operator, { requirements: [runThrough(), confirm('exception:a', `${n}`)] }));
    }
    // All due at the same moment: the id decides.
    await kit.owner`update review set due_at = '2026-12-01T10:00:00Z'`;
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const found = await inbox(kit.api, { limit: 3, cursor });
      seen.push(...found.items.map((item) => item.reviewId));
      cursor = found.next;
      for (const item of found.items) {
        expect(item).toMatchObject({
          missing: 2,
          missingWords: ['Confirm run-through:s-00000001.', 'Confirm exception:a.'],
        });
      }
    } while (cursor !== undefined);
    expect(seen).toEqual(mine.map((one) => one.review).sort());
    expect(await refused(inbox(kit.api, { cursor: 'nonsense' }))).toBe('invalid_request');
  });

  it('a review says who met what, whose words it holds, and whether one person alone would answer for it', async () => {
    const at = await underReview(kit, operator);
    const after = await edited(kit, approver, at, { version: 2 });
    await metAll(kit, approver, after);
    const detail = await reviewDetail(kit.api, at.review);
    if (detail === undefined) throw new Error('no review');
    expect(detail).toMatchObject({
      draftVersion: 2,
      nextVersion: 3,
      authors: [approver.id],
      subjectDigest: after.digest,
    });
    expect(detail.requirements).toMatchObject([{ fulfilled: true, by: { name: 'Anna' } }]);
    expect(detail.versions.map((one) => one.author?.name)).toEqual([undefined, 'Anna']);
    expect([approver, operator].map((who) => wouldBeSinglePerson(detail, who.id))).toEqual([true, false]);
  });

  it('the timeline is cut at the edges of its span and turned page by page without a gap', async () => {
    const { id: run } = await startedRun(kit, operator);
    const stream = `run:${run}`;
    const all = await timeline(kit.api, { limit: 500 });
    const bySteps = [];
    let after: number | undefined = 0;
    while (after !== undefined) {
      const found: Awaited<ReturnType<typeof timeline>> = await timeline(kit.api, { limit: 4, after });
      bySteps.push(...found.events);
      after = found.next;
    }
    expect(bySteps.map((event) => event.position)).toEqual(all.events.map((event) => event.position));
    const [event] = (await timeline(kit.api, { stream })).events;
    expect(event).toMatchObject({
      kind: 'run-started',
      verb: 'people',
      by: { kind: 'person', name: 'Olga' },
      runId: run,
    });
    const at = new Date(event?.at ?? '');
    const inside = async (from: Date, to: Date) => (await timeline(kit.api, { from, to, stream })).events.length;
    expect(await inside(at, new Date(at.getTime() + 1))).toBe(1);
    expect(await inside(new Date(at.getTime() - 1000), at)).toBe(0);
    expect(await inside(new Date(at.getTime() + 1), new Date(at.getTime() + 1000))).toBe(0);
    expect((await timelineCounts(kit.api, { stream })).people).toBe(1);
  });

  it('what was published, a run with all of it, and a search by a word with wildcards in it', async () => {
    const at = await publishedRun(kit, operator, approver);
    const { items } = await publishedItems(kit.api, { q: 'closing' });
    expect(items).toMatchObject([
      { runId: at.run, approvedBy: { name: 'Anna' }, target: 'Handbook folder', draftVersion: 1 },
    ]);
    expect(await publishedItems(kit.api, { q: '%' })).toEqual({ items: [] });
    expect(await publicationDetail(kit.api, at.publication)).toMatchObject({
      state: 'published',
      versions: [{ draftVersion: 1 }],
    });
    const detail = await runDetail(kit.api, at.run);
    expect(detail).toMatchObject({
      state: 'published',
      decisions: [{ by: { name: 'Anna' }, decision: 'approve' }],
      sources: [{ kind: 'transcript' }],
    });
    expect((await search(kit.api, 'Olga')).map((hit) => hit.kind)).toEqual(['person']);
    expect(await search(kit.api, '_____')).toEqual([]);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const found = await runs(kit.api, { limit: 4, cursor });
      ids.push(...found.runs.map((one) => one.id));
      cursor = found.next;
    } while (cursor !== undefined);
    const [count] = await kit.owner<[{ n: number }]>`select count(*)::int as n from run`;
    expect(new Set(ids).size).toBe(count.n);
    expect(ids).toHaveLength(count.n);
  });

  it('an export taken while people work fits together', async () => {
    let working = true;
    const work = (async () => {
      while (working) {
        const at = await underReview(kit, operator);
        await metAll(kit, operator, at);
        await decided(kit, approver, at);
        await seal(kit.api, { sealer: kit.sealer, dataFolder: freshFolder('sealed') });
      }
    })();
    try {
      for (let n = 0; n < 15; n += 1) {
        const folder = freshFolder('live');
        await exportTo(kit, folder);
        expect(checkExport(folder, undefined, undefined)).toContain('are whole');
      }
    } finally {
      working = false;
      await work;
    }
  });

  it('a checkpoint is sealed once for what has happened, by whoever comes first, and again from where one was cut off', async () => {
    const dataFolder = freshFolder('checkpoints');
    await startedRun(kit, operator);
    const sealed = await Promise.all(
      Array.from({ length: 6 }, () => seal(kit.api, { sealer: kit.sealer, dataFolder })),
    );
    expect(sealed.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await nextCheckpoint(kit.api, new Date())).toBeUndefined();
    const number = sealed.find((one) => one !== undefined)?.number ?? 0;
    const copy = checkpointPath(dataFolder, number);
    rmSync(copy);
    expect(await seal(kit.api, { sealer: kit.sealer, dataFolder })).toBeUndefined();
    expect(existsSync(copy)).toBe(true);
    // A copy outside is evidence: nothing that the database says later replaces it.
    writeFileSync(copy, 'as it was');
    await seal(kit.api, { sealer: kit.sealer, dataFolder });
    expect(readFileSync(copy, 'utf8')).toBe('as it was');
  });
});
