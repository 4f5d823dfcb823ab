import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fulfil } from '../../db/commands/reviews.js';
import { attachRecording, finishRunThrough, startRunThrough, tickStep } from '../../db/commands/run-through.js';
import { eraseSource } from '../../db/commands/sources.js';
import { newId } from '../../db/ids.js';
import { reviewDetail } from '../../db/queries/review.js';
import { sha256Hex } from '../../workflows/domain/canonical.js';
import type { Requirement } from '../../workflows/domain/manifest.js';
import {
  confirm,
  edited,
  manifest,
  member,
  openKit,
  refused,
  runThrough,
  startedRun,
  transcript,
  underReview,
  type Kit,
  type Somebody,
  type UnderReview,
} from './kit.js';
import { putDrafterDraft } from '../../db/commands/drafts.js';

describe('a requirement', () => {
  let kit: Kit;
  let operator: Somebody;
  let viewer: Somebody;
  const three = [runThrough('s-1', 'one'), runThrough('s-2', 'two'), confirm('exception:d-1', 'asked')];
  const impossible: Requirement = {
    key: 'unfinished:x',
    kind: 'impossible',
    label: 'Write it.',
    valueDigest: sha256Hex('x'),
  };
  beforeAll(async () => {
    kit = await openKit();
    operator = await member(kit, 'operator');
    viewer = await member(kit, 'viewer');
  });
  afterAll(() => kit.close());

  const open = async (review: string) =>
    (await reviewDetail(kit.api, review))?.requirements.filter((one) => !one.fulfilled).map((one) => one.key);
  const meet = (at: UnderReview, { key, valueDigest }: Requirement, who = operator) =>
    fulfil(kit.api, { token: who.token, review: at.review, key, valueDigest });
  const tick = (
    runThroughId: string,
    step: string,
    value: string,
    result: 'as-written' | 'differed' = 'as-written',
    note = '',
  ) =>
    tickStep(kit.api, {
      token: operator.token,
      runThrough: runThroughId,
      step,
      stepDigest: sha256Hex(value),
      result,
      note,
    });

  it('is met by key and value, and stays met exactly where an edit leaves its value alone', async () => {
    const [a, b] = [confirm('exception:a', 'first'), confirm('exception:b', 'second')];
    const at = await underReview(kit, operator, { requirements: [runThrough(), a, b] });
    await meet(at, a);
    await meet(at, b);
    expect(await open(at.review)).toEqual(['run-through:s-00000001']);
    const changed = confirm('exception:b', 'second, changed');
    const after = await edited(kit, operator, at, { version: 2, requirements: [runThrough(), a, changed] });
    expect(await open(at.review)).toEqual(['run-through:s-00000001', 'exception:b']);
    expect(await refused(meet(after, b))).toBe('stale_subject');
    await edited(kit, operator, at, { version: 3, requirements: [runThrough(), a, b] });
    expect(await open(at.review)).toEqual(['run-through:s-00000001']);
  });

  it('is met only by an act of its kind, by somebody who may, on what is asked', async () => {
    const at = await underReview(kit, operator, { requirements: [...three, impossible] });
    expect(await refused(meet(at, confirm('exception:d-1', 'asked'), viewer))).toBe('not_permitted');
    expect(await refused(meet(at, runThrough('s-1', 'one')))).toBe('needs_run_through');
    expect(await refused(meet(at, impossible))).toBe('not_a_requirement');
    expect(await refused(meet(at, confirm('exception:other', 'asked')))).toBe('not_a_requirement');
    expect(await refused(meet({ ...at, review: newId() }, confirm('exception:d-1', 'asked')))).toBe('not_found');
    await meet(at, confirm('exception:d-1', 'asked'));
    await meet(at, confirm('exception:d-1', 'asked'));
    const events = await kit.owner`select 1 from event where stream = ${`run:${at.run}`} and kind = 'requirement-met'`;
    expect(events).toHaveLength(1);
  });

  it('of a run-through is met by ticks of a finished, recorded one that went as written, and by no others', async () => {
    const at = await underReview(kit, operator, { requirements: three });
    const { token } = operator;
    const { id } = await startRunThrough(kit.api, { token, run: at.run, id: newId() });
    expect(await startRunThrough(kit.api, { token, run: at.run, id: newId() })).toEqual({ id, resumed: true });
    expect(await refused(tick(id, 's-1', 'another wording'))).toBe('stale_subject');
    expect(await refused(tick(id, 's-9', 'one'))).toBe('not_a_requirement');
    expect(await refused(tick(id, 's-2', 'two', 'differed'))).toBe('reason_required');
    const recording = await transcript(kit, operator, 'recording');
    expect(await refused(finishRunThrough(kit.api, { token, runThrough: id }))).toBe('recording_required');
    const foreign = await transcript(kit, await member(kit, 'operator'), 'recording');
    expect(await refused(attachRecording(kit.api, { token, runThrough: id, source: foreign }))).toBe('not_found');
    const page = await transcript(kit, operator);
    expect(await refused(attachRecording(kit.api, { token, runThrough: id, source: page }))).toBe('unsupported_media');
    await attachRecording(kit.api, { token, runThrough: id, source: recording });
    expect(await refused(finishRunThrough(kit.api, { token, runThrough: id }))).toBe('steps_unticked');
    await tick(id, 's-1', 'one');
    await tick(id, 's-2', 'two', 'differed', 'The menu is elsewhere.');
    expect(
      await refused(
        tickStep(kit.api, {
          token: viewer.token,
          runThrough: id,
          step: 's-1',
          stepDigest: sha256Hex('one'),
          result: 'as-written',
        }),
      ),
    ).toBe('not_permitted');
    const done = await finishRunThrough(kit.api, { token, runThrough: id });
    expect(done).toEqual({
      met: ['run-through:s-1'],
      open: [
        { key: 'run-through:s-2', label: 'Confirm run-through:s-2.' },
        { key: 'exception:d-1', label: 'Confirm exception:d-1.' },
      ],
    });
    expect(await finishRunThrough(kit.api, { token, runThrough: id })).toEqual(done);
    expect(await refused(tick(id, 's-2', 'two'))).toBe('wrong_state');
    // One recording shows one run-through.
    const again = await startRunThrough(kit.api, { token, run: at.run, id: newId() });
    expect(again.resumed).toBe(false);
    expect(await refused(attachRecording(kit.api, { token, runThrough: again.id, source: recording }))).toBe(
      'already_used',
    );
  });

  it('of a run-through is not met by a tick whose step was edited before it was finished, or whose recording was erased', async () => {
    const at = await underReview(kit, operator, { requirements: [runThrough('s-1', 'one'), runThrough('s-2', 'two')] });
    const { token } = operator;
    const { id } = await startRunThrough(kit.api, { token, run: at.run, id: newId() });
    const recording = await transcript(kit, operator, 'recording');
    await attachRecording(kit.api, { token, runThrough: id, source: recording });
    await tick(id, 's-1', 'one');
    await tick(id, 's-2', 'two');
    await edited(kit, operator, at, {
      version: 2,
      requirements: [runThrough('s-1', 'one'), runThrough('s-2', 'new words')],
    });
    const admin = await member(kit, 'admin');
    await kit.owner`update source set erased_at = now() where id = ${recording}`;
    expect(await refused(finishRunThrough(kit.api, { token, runThrough: id }))).toBe('recording_required');
    await kit.owner`update source set erased_at = null where id = ${recording}`;
    const { met } = await finishRunThrough(kit.api, { token, runThrough: id });
    expect(met).toEqual(['run-through:s-1']);
    expect(await open(at.review)).toEqual(['run-through:s-2']);
    expect(await refused(eraseSource(kit.api, { token, id: recording, reason: 'r' }))).toBe('not_permitted');
    expect(await refused(eraseSource(kit.api, { token: admin.token, id: recording, reason: ' ' }))).toBe(
      'reason_required',
    );
  });

  it('must be there: a subject without a run-through, or with one that a click could meet, is not stored', async () => {
    const { id: run } = await startedRun(kit, operator);
    await kit.owner`update run set state = 'drafting' where id = ${run}`;
    const store = (text: string) =>
      putDrafterDraft(kit.worker, { run, round: 1, payload: '{}', manifest: text, drafter: { drafter: 'claude' } });
    const good = manifest(kit, run, { version: 1 });
    const forged: Record<string, string> = {
      'no run-through': manifest(kit, run, { version: 1, requirements: [confirm('exception:a', 'a')] }),
      'a run-through to click': manifest(kit, run, { version: 1, requirements: [confirm('run-through:s-1', 'one')] }),
      'the same key twice': manifest(kit, run, { version: 1, requirements: [runThrough(), runThrough()] }),
      'a path that leads out': good.replace('sop-drafting/', '../../'),
      'a hidden path': good.replace('v1.md', '.bashrc'),
      'another run': manifest(kit, newId(), { version: 1 }),
      'no target': good.replace(kit.target.id, newId()),
    };
    for (const [what, text] of Object.entries(forged)) expect(await refused(store(text)), what).toBe('invalid_request');
    expect(await refused(store(manifest(kit, run, { version: 2 })))).toBe('edited_meanwhile');
    expect((await store(good)).alternative).toBe(false);
  });
});
