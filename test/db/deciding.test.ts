import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undoDecision } from '../../db/commands/decide.js';
import { setActive, setRole } from '../../db/commands/people.js';
import { putSetting } from '../../db/commands/settings.js';
import { newId } from '../../db/ids.js';
import { decisionText } from '../../workflows/domain/decision-text.js';
import { until } from '../support/until.js';
import {
  draftAndOpen,
  decided,
  edited,
  member,
  metAll,
  openKit,
  refusal,
  refused,
  underReview,
  type Kit,
  type Somebody,
} from './kit.js';

describe('decide', () => {
  let kit: Kit;
  let operator: Somebody;
  let approver: Somebody;
  let admin: Somebody;
  beforeAll(async () => {
    kit = await openKit();
    operator = await member(kit, 'operator', 'Olga');
    approver = await member(kit, 'approver', 'Anna');
    admin = await member(kit, 'admin', 'Ada');
  });
  afterAll(() => kit.close());

  it('refuses in a fixed order, each with a code of its own', async () => {
    const at = await underReview(kit, operator);
    const stranger = { ...approver, token: 'no such session' };
    const wrong = { digest: 'f'.repeat(64), decidedAt: '2020-01-01T00:00:00.000Z' };
    expect(await refused(decided(kit, stranger, at, wrong))).toBe('not_signed_in');
    expect(await refused(decided(kit, operator, at, wrong))).toBe('not_permitted');
    expect(await refused(decided(kit, approver, { ...at, review: newId() }, wrong))).toBe('not_found');
    expect(await refused(decided(kit, approver, at, wrong))).toBe('stale_subject');
    const { digest: _, ...old } = wrong;
    const mine = await edited(kit, approver, at, { version: 2 });
    expect(await refused(decided(kit, approver, mine, old))).toBe('author_cannot_approve');
    const missing = await refusal(decided(kit, admin, mine, old));
    expect(missing.code).toBe('requirements_missing');
    expect(missing.details['keys']).toEqual([
      { key: 'run-through:s-00000001', label: 'Confirm run-through:s-00000001.' },
    ]);
    await metAll(kit, operator, mine);
    expect(await refused(decided(kit, admin, mine, old))).toBe('clock_skew');
    expect(await refused(decided(kit, admin, mine, { keyId: 'unknown-key' }))).toBe('invalid_request');
    expect(await refused(decided(kit, admin, mine, { decision: 'reject' }))).toBe('reason_required');
    expect(await refused(decided(kit, admin, mine, { decision: 'request-changes', reason: ' \n' }))).toBe(
      'reason_required',
    );
    const first = await decided(kit, admin, mine);
    expect(await decided(kit, admin, mine)).toEqual(first);
    const late = await refusal(decided(kit, approver, mine));
    expect(late).toMatchObject({
      code: 'already_decided',
      details: { by: admin.id, name: 'Ada', decision: 'approve' },
    });
    expect(await refused(decided(kit, admin, mine, { decision: 'reject', reason: 'no' }))).toBe('already_decided');
  });

  it('stores the very text that the domain signs', async () => {
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    const answer = await decided(kit, approver, at);
    const [row] = await kit.owner<[{ signed_text: string }]>`select signed_text from decision where id = ${answer.id}`;
    expect(row.signed_text).toBe(
      decisionText({
        decisionId: answer.id,
        reviewId: at.review,
        subjectDigest: at.digest,
        decision: 'approve',
        personId: approver.id,
        decidedAt: answer.decidedAt,
        keyId: kit.sealer.keyId,
      }),
    );
  });

  it('lets no author of a version approve it by having another edit on top, or a drafter come late', async () => {
    const at = await underReview(kit, operator);
    await edited(kit, approver, at, { version: 2, text: 'the whole of it' });
    const after = await edited(kit, operator, at, { version: 3, text: 'the whole of it.' });
    await metAll(kit, operator, after);
    expect(await refused(decided(kit, approver, after))).toBe('author_cannot_approve');
    expect((await decided(kit, admin, after)).singlePerson).toBe(false);
  });

  it('lets no author approve their words by having them drafted again: a redraft keeps them', async () => {
    const at = await underReview(kit, operator);
    const mine = await edited(kit, approver, at, { version: 2, text: 'my own words' });
    await decided(kit, admin, mine, { decision: 'request-changes', reason: 'Say where.' });
    const again = await draftAndOpen(kit, at.run, { round: 2 });
    await metAll(kit, operator, again);
    expect(await refused(decided(kit, approver, again))).toBe('author_cannot_approve');
    expect((await decided(kit, admin, again)).singlePerson).toBe(false);
  });

  it('says single-person exactly where nobody else wrote or met anything', async () => {
    const alone = await openKit();
    try {
      const owner = await member(alone, 'admin', 'Only one');
      const at = await underReview(alone, owner);
      const mine = await edited(alone, owner, at, { version: 2 });
      await metAll(alone, owner, mine);
      expect((await decided(alone, owner, mine)).singlePerson).toBe(true);
      const helper = await member(alone, 'operator');
      const second = await underReview(alone, owner);
      await metAll(alone, helper, second);
      expect((await decided(alone, owner, second)).singlePerson).toBe(false);
    } finally {
      await alone.close();
    }
  });

  it('hears nothing from a member who was deactivated or lost the role while signed in', async () => {
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    const leaving = await member(kit, 'approver', 'Leaving');
    await setActive(kit.api, { token: admin.token, user: leaving.id, active: false });
    expect(await refused(decided(kit, leaving, at))).toBe('not_signed_in');
    const demoted = await member(kit, 'approver', 'Demoted');
    await setRole(kit.api, { token: admin.token, user: demoted.id, role: 'operator' });
    expect(await refused(decided(kit, demoted, at))).toBe('not_permitted');
    await kit.owner`update session set expires_at = now() where user_id = ${approver.id} and token = ${approver.token}`;
    expect(await refused(decided(kit, approver, at))).toBe('not_signed_in');
    await kit.owner`update session set expires_at = now() + interval '1 day' where token = ${approver.token}`;
  });

  it('takes no API key for a person', async () => {
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    const key = newId();
    await kit.owner`
      insert into apikey (id, name, key, reference_id, permissions)
      values (${key}, 'all', ${`hash-${key}`}, ${admin.id}, ${'{"countersign":["runs:start","read"]}'})`;
    for (const token of [key, `hash-${key}`, '']) {
      expect(await refused(decided(kit, { ...admin, token }, at))).toBe('not_signed_in');
    }
  });

  it('is undone only within grace, and then can be made again', async () => {
    const value = { secondPerson: 'never', graceSeconds: 2, dueHours: 48, reminderHours: 24 };
    await putSetting(kit.api, { token: admin.token, key: 'policy:sop-drafting', value });
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    await decided(kit, approver, at);
    expect(await refused(undoDecision(kit.api, { token: operator.token, review: at.review }))).toBe('not_permitted');
    await undoDecision(kit.api, { token: approver.token, review: at.review });
    const again = await decided(kit, admin, at);
    await until(() => Date.now() > Date.parse(again.graceUntil) + 50, { what: 'the end of grace' });
    expect(await refused(undoDecision(kit.api, { token: approver.token, review: at.review }))).toBe('too_late');
    const rows = await kit.owner`select 1 from decision where review_id = ${at.review} and undone_at is null`;
    expect(rows).toHaveLength(1);
  });
});
