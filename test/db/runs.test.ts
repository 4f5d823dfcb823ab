import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftingTrouble, markScreened, putDraft, putDrafterDraft } from '../../db/commands/drafts.js';
import { clearNudge, stuckRuns, takeNudges } from '../../db/commands/nudges.js';
import { openReview } from '../../db/commands/reviews.js';
import { releaseRun, retryRun, withdrawRun } from '../../db/commands/runs.js';
import { eraseSource } from '../../db/commands/sources.js';
import { startRun } from '../../db/commands/start-run.js';
import { newId } from '../../db/ids.js';
import { runDetail } from '../../db/queries/run.js';
import { standing } from '../../db/queries/standing.js';
import { sha256Hex } from '../../workflows/domain/canonical.js';
import {
  decided,
  draftAndOpen,
  due,
  manifest,
  member,
  openKit,
  refused,
  startedRun,
  transcript,
  underReview,
  type Kit,
  type Somebody,
} from './kit.js';

describe('a run', () => {
  let kit: Kit;
  let operator: Somebody;
  let approver: Somebody;
  let admin: Somebody;
  beforeAll(async () => {
    kit = await openKit();
    operator = await member(kit, 'operator');
    approver = await member(kit, 'approver');
    admin = await member(kit, 'admin');
  });
  afterAll(() => kit.close());
  const stateOf = async (run: string) => (await standing(kit.worker, run))?.state;

  it('is started once per key, and another body under the same key is refused', async () => {
    const source = await transcript(kit, operator);
    const start = (body: string, key: string | null = 'key-1') =>
      startRun(kit.api, {
        actor: { token: operator.token },
        run: { id: newId(), track: 'sop-drafting', title: 'Once', slug: 'once' },
        sourceIds: [source],
        idempotencyKey: key,
        bodySha256: sha256Hex(body),
      });
    const answers = await Promise.all(Array.from({ length: 20 }, () => start('same')));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1);
    expect(await refused(start('other'))).toBe('idempotency_conflict');
    const others = await Promise.all(Array.from({ length: 12 }, () => start('same', null)));
    const slugs = await kit.owner<
      { slug: string }[]
    >`select slug from run where track = 'sop-drafting' and slug like 'once%'`;
    expect(new Set(slugs.map((row) => row.slug)).size).toBe(others.length + 1);
    // What was accepted stays answered when a source is gone.
    await eraseSource(kit.api, { token: admin.token, id: source, reason: 'asked for' });
    expect((await start('same')).replayed).toBe(true);
    expect(await refused(start('same', 'key-2'))).toBe('not_found');
  });

  it('is not started without a transcript, without the right, or by a key without the scope', async () => {
    const notes = await transcript(kit, operator, 'notes');
    const run = () => ({ id: newId(), track: 'sop-drafting', title: 'T', slug: 't' });
    const given = { sourceIds: [notes], idempotencyKey: null, bodySha256: sha256Hex('') };
    expect(await refused(startRun(kit.api, { actor: { token: operator.token }, run: run(), ...given }))).toBe(
      'transcript_required',
    );
    const viewer = await member(kit, 'viewer');
    expect(await refused(startRun(kit.api, { actor: { token: viewer.token }, run: run(), ...given }))).toBe(
      'not_permitted',
    );
    const key = async (permissions: string, owner = operator) => {
      const id = newId();
      await kit.owner`insert into apikey (id, key, reference_id, permissions) values (${id}, ${id}, ${owner.id}, ${permissions})`;
      return { keyId: id };
    };
    const said = { ...given, sourceIds: [await transcript(kit, operator)] };
    const start = async (actor: { keyId: string }) => startRun(kit.api, { actor, run: run(), ...said });
    expect((await start(await key('{"countersign":["runs:start"]}'))).state).toBe('received');
    expect(await refused(start(await key('{"countersign":["read"]}')))).toBe('not_permitted');
    expect(await refused(start(await key('{"countersign":["runs:start"]}', viewer)))).toBe('not_permitted');
    expect(await refused(start({ keyId: newId() }))).toBe('not_signed_in');
    const odd = { ...run(), slug: '../etc' };
    expect(await refused(startRun(kit.api, { actor: { token: operator.token }, run: odd, ...said }))).toBe(
      'invalid_request',
    );
  });

  it('keeps a late version of a drafter beside what a person had begun', async () => {
    const { id: run } = await startedRun(kit, operator);
    await markScreened(kit.worker, { run, kept: null });
    const byHand = await putDraft(kit.api, {
      token: operator.token,
      run,
      baseVersion: 0,
      payload: '{"by":"hand"}',
      manifest: manifest(kit, run, { version: 1, text: 'hand' }),
    });
    const late = {
      run,
      round: 1,
      payload: '{"by":"model"}',
      manifest: manifest(kit, run, { version: 2 }),
      drafter: { drafter: 'claude' },
    };
    const stored = await putDrafterDraft(kit.worker, late);
    expect(stored).toMatchObject({ version: 2, alternative: true });
    expect(await putDrafterDraft(kit.worker, late)).toEqual(stored);
    const opened = await openReview(kit.worker, { run, round: 1, reviewId: newId(), ...due() });
    const at = await standing(kit.worker, run);
    expect(at).toMatchObject({
      version: 1,
      subjectDigest: byHand.subjectDigest,
      reviewId: opened.reviewId,
      nextVersion: 3,
    });
    const again = await openReview(kit.worker, { run, round: 1, reviewId: newId(), ...due() });
    expect(again).toEqual({ reviewId: opened.reviewId, opened: false });
  });

  it('asks for a version of its own in every round', async () => {
    const at = await underReview(kit, operator);
    await decided(kit, approver, at, { decision: 'request-changes', reason: 'shorter' });
    expect(await refused(openReview(kit.worker, { run: at.run, round: 2, reviewId: newId(), ...due() }))).toBe(
      'wrong_state',
    );
    const old = {
      run: at.run,
      round: 1,
      payload: '{"a":1}',
      manifest: manifest(kit, at.run, { version: 2 }),
      drafter: { drafter: 'claude' },
    };
    expect((await putDrafterDraft(kit.worker, old)).version).toBe(1);
    const next = await draftAndOpen(kit, at.run, { round: 2 });
    expect(next.review).not.toBe(at.review);
    expect((await runDetail(kit.api, at.run))?.feedback).toBe('shorter');
  });

  it('is kept human until an approver releases it with a reason', async () => {
    const { id: run } = await startedRun(kit, operator);
    await markScreened(kit.worker, {
      run,
      kept: { rule: 'vendor-negotiation', label: 'vendor negotiation', words: 'credit us for' },
    });
    expect(await stateOf(run)).toBe('kept-human');
    const draft = {
      run,
      round: 1,
      payload: '{}',
      manifest: manifest(kit, run, { version: 1 }),
      drafter: { drafter: 'claude' },
    };
    expect(await refused(putDrafterDraft(kit.worker, draft))).toBe('wrong_state');
    expect(await refused(releaseRun(kit.api, { token: operator.token, run, reason: 'fine' }))).toBe('not_permitted');
    expect(await refused(releaseRun(kit.api, { token: approver.token, run, reason: '' }))).toBe('reason_required');
    await releaseRun(kit.api, { token: approver.token, run, reason: 'It is only an example.' });
    expect(await stateOf(run)).toBe('drafting');
    const [event] = await kit.owner<
      [{ body: string }]
    >`select body from event where kind = 'run-released' and stream = ${`run:${run}`}`;
    expect(event.body).not.toContain('example');
    const [reason] = await kit.owner`select words from reason where stream = ${`run:${run}`}`;
    expect(reason?.['words']).toBe('It is only an example.');
  });

  it('fails drafting where it must, and is tried again by a person', async () => {
    const { id: run } = await startedRun(kit, operator);
    await markScreened(kit.worker, { run, kept: null });
    const trouble = (final: boolean) =>
      draftingTrouble(kit.worker, { run, code: 'model-busy', words: 'The model is busy.', final });
    await trouble(false);
    await trouble(false);
    await trouble(true);
    expect(await stateOf(run)).toBe('failed');
    const kinds = await kit.owner<
      { kind: string }[]
    >`select kind from event where stream = ${`run:${run}`} order by seq`;
    expect(kinds.map((row) => row.kind)).toEqual(['run-started', 'run-screened', 'drafting-waits', 'drafting-failed']);
    expect(await retryRun(kit.api, { token: operator.token, run, drafter: 'rules' })).toEqual({ state: 'drafting' });
    expect((await standing(kit.worker, run))?.drafter).toBe('rules');
    expect(await refused(retryRun(kit.api, { token: operator.token, run, drafter: 'rules' }))).toBe('wrong_state');
  });

  it('is nudged until the very nudge that was sent is cleared', async () => {
    for (const nudge of await takeNudges(kit.api, { limit: 1000, olderMs: 0 })) await clearNudge(kit.api, nudge);
    const { id: run } = await startedRun(kit, operator);
    const [nudge] = await takeNudges(kit.api, { limit: 10, olderMs: 60_000 });
    expect(nudge?.run).toBe(run);
    expect(await takeNudges(kit.api, { limit: 10, olderMs: 60_000 })).toEqual([]);
    await withdrawRun(kit.api, { token: operator.token, run, reason: 'no' });
    expect(await clearNudge(kit.api, { run, asked: nudge?.asked ?? 0 })).toBe(false);
    const [newer] = await takeNudges(kit.api, { limit: 10, olderMs: 60_000 });
    expect(await clearNudge(kit.api, { run, asked: newer?.asked ?? 0 })).toBe(true);
    const stuck = await stuckRuns(kit.api, { limit: 1000, idleMs: 0 });
    expect(stuck.map((one) => one.run)).not.toContain(run);
    expect(stuck.length).toBeGreaterThan(0);
    expect(await stuckRuns(kit.api, { limit: 1000, idleMs: 60_000 })).toEqual([]);
  });
});
