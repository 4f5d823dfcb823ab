import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undoDecision } from '../../db/commands/decide.js';
import { setActive, setRole } from '../../db/commands/people.js';
import { withdrawRun } from '../../db/commands/runs.js';
import { close, connect } from '../../db/connect.js';
import { verifyRecord } from '../../db/queries/record.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { decided, edited, member, metAll, openKit, refusal, underReview, type Kit, type Somebody } from './kit.js';

/** A small generator with a seed, so that a schedule that fails can be run again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const percentile = (times: number[], share: number) =>
  times.sort((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0;

describe('at the same moment', () => {
  let kit: Kit;
  let operator: Somebody;
  beforeAll(async () => {
    kit = await openKit();
    operator = await member(kit, 'operator', 'Olga');
  });
  afterAll(() => kit.close());

  it('200 deciders make one decision, and 199 are told who was first within a second', async () => {
    const deciders: Somebody[] = [];
    for (let n = 0; n < 200; n += 1) deciders.push(await member(kit, 'approver', `Approver ${n}`));
    const at = await underReview(kit, operator);
    await metAll(kit, operator, at);
    const times: number[] = [];
    const outcomes = await Promise.all(
      deciders.map(async (who) => {
        const began = performance.now();
        const outcome = await decided(kit, who, at).then(
          () => ({ winner: who }),
          (error: unknown) => ({ error }),
        );
        times.push(performance.now() - began);
        return outcome;
      }),
    );
    const winners = outcomes.flatMap((outcome) => ('winner' in outcome ? [outcome.winner] : []));
    expect(winners).toHaveLength(1);
    for (const outcome of outcomes) {
      if ('winner' in outcome) continue;
      expect(outcome.error).toBeInstanceOf(Refusal);
      expect(outcome.error).toMatchObject({
        code: 'already_decided',
        details: { by: winners[0]?.id, name: winners[0]?.name },
      });
    }
    expect(await kit.owner`select 1 from decision where review_id = ${at.review}`).toHaveLength(1);
    expect(await kit.owner`select 1 from event where stream = ${`run:${at.run}`} and kind = 'decided'`).toHaveLength(1);
    expect(percentile(times, 0.95)).toBeLessThan(1000);
  });

  it('an approval and edits in 1,000 random orders: only the bytes that are current are ever approved', async () => {
    const random = seeded(20261123);
    const approver = await member(kit, 'approver', 'Anna');
    const writers = [await member(kit, 'operator', 'Writer 1'), await member(kit, 'operator', 'Writer 2')];
    let approved = 0;
    let stale = 0;
    const schedule = async (n: number): Promise<void> => {
      const at = await underReview(kit, operator);
      await metAll(kit, operator, at);
      const pause = async () => {
        for (let turns = Math.floor(random() * 6); turns > 0; turns -= 1) await kit.owner`select ${n}::int`;
      };
      const edit = async (writer: Somebody) => {
        await pause();
        return edited(kit, writer, at, { version: 2, text: `${n} by ${writer.name}` });
      };
      const approve = async () => {
        await pause();
        return decided(kit, approver, at);
      };
      const settled = await Promise.allSettled([approve(), ...writers.map(edit)]);
      const codes = settled.flatMap((one) =>
        one.status === 'rejected' ? [one.reason instanceof Refusal ? one.reason.code : String(one.reason)] : [],
      );
      expect(['stale_subject', 'wrong_state', 'edited_meanwhile']).toEqual(expect.arrayContaining([...new Set(codes)]));
      if (settled[0]?.status === 'fulfilled') approved += 1;
      else stale += 1;
    };
    for (let n = 0; n < 1000; n += 5) await Promise.all([0, 1, 2, 3, 4].map((k) => schedule(n + k)));
    expect(approved + stale).toBe(1000);
    expect(approved).toBeGreaterThan(50);
    expect(stale).toBeGreaterThan(50);
    // What was approved is what the review stands on, it is the newest version, and nothing was written after it.
    const wrong = await kit.owner`
      select d.id from decision d join review r on r.id = d.review_id join subject s on s.digest = d.subject_digest
       where d.subject_digest <> r.subject_digest
          or s.draft_version <> (select max(x.version) from draft x where x.run_id = d.run_id)
          or exists (select from event e join event x on x.stream = e.stream and x.seq > e.seq and x.kind = 'draft-edited'
                      where e.stream = 'run:' || d.run_id and e.kind = 'decided')`;
    expect(wrong).toHaveLength(0);
    expect((await verifyRecord(kit.api)).verified).toBe(true);
  }, 240_000);

  it('a deactivation and a decision: a decision never comes after the deactivation', async () => {
    const admin = await member(kit, 'admin', 'Ada');
    for (let n = 0; n < 40; n += 1) {
      const leaving = await member(kit, 'approver', `Leaving ${n}`);
      const at = await underReview(kit, operator);
      await metAll(kit, operator, at);
      await Promise.allSettled([
        decided(kit, leaving, at),
        setActive(kit.api, { token: admin.token, user: leaving.id, active: false }),
      ]);
      const rows = await kit.owner<{ kind: string }[]>`
        select kind from event where (kind = 'decided' and actor = ${`person:${leaving.id}`})
            or (kind = 'member-deactivated' and body::jsonb ->> 'person' = ${leaving.id}) order by at`;
      expect(['decided,member-deactivated', 'member-deactivated']).toContain(rows.map((row) => row.kind).join());
    }
  });

  it('two admins who take the role from each other leave one admin', async () => {
    for (let n = 0; n < 20; n += 1) {
      await kit.owner`update member set role = 'viewer' where role = 'admin'`;
      const [one, other] = [await member(kit, 'admin', 'One'), await member(kit, 'admin', 'Other')];
      await Promise.allSettled([
        setRole(kit.api, { token: one.token, user: other.id, role: 'viewer' }),
        setRole(kit.api, { token: other.token, user: one.id, role: 'viewer' }),
      ]);
      expect(await kit.owner`select 1 from member where role = 'admin' and active`).toHaveLength(1);
    }
  });

  it('deciding, undoing, editing and withdrawing at once never deadlock and leave one consistent state', async () => {
    const approvers = [await member(kit, 'approver', 'A'), await member(kit, 'approver', 'B')];
    const crowd = connect(kit.urls.api, { name: 'crowd', max: 30 });
    try {
      for (let n = 0; n < 30; n += 1) {
        const at = await underReview(kit, operator);
        await metAll(kit, operator, at);
        const acts = approvers.flatMap((who) => [
          decided({ ...kit, api: crowd }, who, at),
          decided({ ...kit, api: crowd }, who, at, { decision: 'request-changes', reason: 'shorter' }),
          undoDecision(crowd, { token: who.token, review: at.review }),
          withdrawRun(crowd, { token: who.token, run: at.run, reason: 'not needed' }),
        ]);
        for (const outcome of await Promise.allSettled(acts)) {
          if (outcome.status === 'rejected') {
            expect(outcome.reason).toBeInstanceOf(Refusal);
            expect(outcome.reason).not.toMatchObject({ code: 'unavailable' });
          }
        }
        const [row] = await kit.owner<[{ run: string; review: string; standing: number }]>`
          select r.state as run, v.state as review,
                 (select count(*)::int from decision d where d.review_id = v.id and d.undone_at is null) as standing
            from run r join review v on v.run_id = r.id where r.id = ${at.run}`;
        expect([
          'withdrawn withdrawn',
          'approved approved',
          'drafting changes-requested',
          'withdrawn changes-requested',
        ]).toContain(`${row.run} ${row.review}`);
        expect(row.standing).toBeLessThanOrEqual(1);
      }
    } finally {
      await close(crowd);
    }
  });

  it('the last of two edits on one base is told whose came first', async () => {
    const [one, other] = [await member(kit, 'operator', 'One'), await member(kit, 'operator', 'Other')];
    const at = await underReview(kit, operator);
    await edited(kit, one, at, { version: 2, text: 'mine' });
    const conflict = await refusal(edited(kit, other, at, { version: 2, text: 'yours' }));
    expect(conflict).toMatchObject({ code: 'edited_meanwhile', details: { version: 2, by: one.id, name: 'One' } });
    // The same edit sent twice is one version.
    const again = await edited(kit, one, at, { version: 2, text: 'mine' });
    expect(await kit.owner`select 1 from draft where run_id = ${at.run}`).toHaveLength(2);
    const [review] = await kit.owner`select subject_digest from review where id = ${at.review}`;
    expect(review?.['subject_digest']).toBe(again.digest);
  });
});
