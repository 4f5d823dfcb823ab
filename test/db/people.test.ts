import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  acceptInvitation,
  bootstrapOwner,
  claimSetup,
  ensureSetupLink,
  makeInvitation,
  revokeInvitation,
  setActive,
  setDeputy,
  setRole,
} from '../../db/commands/people.js';
import { claimReview, assignReview, unclaimReview } from '../../db/commands/reviews.js';
import { putSetting } from '../../db/commands/settings.js';
import { newId } from '../../db/ids.js';
import { inbox } from '../../db/queries/inbox.js';
import { linkByHash } from '../../db/queries/invitations.js';
import { members } from '../../db/queries/members.js';
import { personBySession, setUpIsNeeded } from '../../db/queries/person.js';
import { sha256Hex } from '../../workflows/domain/canonical.js';
import { member, openKit, refusal, refused, underReview, type Kit, type Somebody } from './kit.js';

describe('people', () => {
  let kit: Kit;
  let admin: Somebody;
  beforeAll(async () => {
    kit = await openKit();
  });
  afterAll(() => kit.close());

  const user = async (email: string): Promise<string> => {
    const id = newId();
    await kit.owner`insert into "user" (id, name, email) values (${id}, 'Somebody', ${email})`;
    return id;
  };
  const inAWeek = () => new Date(Date.now() + 7 * 86_400_000);

  it('begin with one owner: the newest link works once, for one person, and never beside an admin', async () => {
    expect(await setUpIsNeeded(kit.api)).toBe(true);
    const [old, fresh] = [sha256Hex('first start'), sha256Hex('second start')];
    await ensureSetupLink(kit.api, { id: newId(), tokenHash: old });
    await ensureSetupLink(kit.api, { id: newId(), tokenHash: fresh });
    const [me, other] = [await user('me@team.example'), await user('other@team.example')];
    expect(await refused(claimSetup(kit.api, { tokenHash: old, user: me }))).toBe('expired');
    expect(await refused(claimSetup(kit.api, { tokenHash: sha256Hex('guess'), user: me }))).toBe('not_found');
    const raced = await Promise.allSettled(
      [me, other].map((id) => claimSetup(kit.api, { tokenHash: fresh, user: id })),
    );
    expect(raced.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const winner = raced[0]?.status === 'fulfilled' ? me : other;
    expect(await claimSetup(kit.api, { tokenHash: fresh, user: winner })).toEqual({ role: 'admin' });
    expect(await refused(ensureSetupLink(kit.api, { id: newId(), tokenHash: sha256Hex('x') }))).toBe('already_used');
    expect(await refused(bootstrapOwner(kit.api, { user: me }))).toBe('already_used');
    expect(await setUpIsNeeded(kit.api)).toBe(false);
    admin = await member(kit, 'admin', 'Ada');
    await setRole(kit.api, { token: admin.token, user: winner, role: 'viewer' });
  });

  it('never lose their last admin', async () => {
    for (const role of ['viewer', 'operator', 'approver'] as const) {
      expect(await refused(setRole(kit.api, { token: admin.token, user: admin.id, role }))).toBe('last_admin');
    }
    expect(await refused(setActive(kit.api, { token: admin.token, user: admin.id, active: false }))).toBe('last_admin');
    const second = await member(kit, 'admin', 'Second');
    await setActive(kit.api, { token: admin.token, user: second.id, active: false });
    expect(await refused(setRole(kit.api, { token: admin.token, user: admin.id, role: 'viewer' }))).toBe('last_admin');
  });

  it('get roles from an admin only', async () => {
    const approver = await member(kit, 'approver');
    expect(await refused(setRole(kit.api, { token: approver.token, user: approver.id, role: 'admin' }))).toBe(
      'not_permitted',
    );
    expect(await refused(setActive(kit.api, { token: approver.token, user: admin.id, active: false }))).toBe(
      'not_permitted',
    );
    expect(await refused(putSetting(kit.api, { token: approver.token, key: 'policy:sop-drafting', value: {} }))).toBe(
      'not_permitted',
    );
    expect(await refused(setRole(kit.api, { token: admin.token, user: newId(), role: 'viewer' }))).toBe('not_found');
  });

  it('are signed out at once when deactivated, and an old invitation does not bring them back', async () => {
    const tokenHash = sha256Hex('invited once');
    await makeInvitation(kit.api, {
      token: admin.token,
      id: newId(),
      email: 'Kim@Team.example',
      role: 'approver',
      tokenHash,
      expiresAt: inAWeek(),
    });
    const kim = await user('kim@team.example');
    const wrong = await user('eve@team.example');
    expect(await refused(acceptInvitation(kit.api, { tokenHash, user: wrong }))).toBe('not_permitted');
    expect(await acceptInvitation(kit.api, { tokenHash, user: kim })).toEqual({ role: 'approver' });
    expect(await acceptInvitation(kit.api, { tokenHash, user: kim })).toEqual({ role: 'approver' });
    expect((await linkByHash(kit.api, tokenHash))?.state).toBe('accepted');
    await kit.owner`insert into session (id, token, user_id, expires_at) values (${newId()}, 'kims', ${kim}, now() + interval '1 day')`;
    expect((await personBySession(kit.api, 'kims'))?.role).toBe('approver');
    await setActive(kit.api, { token: admin.token, user: kim, active: false });
    expect(await personBySession(kit.api, 'kims')).toBeUndefined();
    await acceptInvitation(kit.api, { tokenHash, user: kim });
    expect((await members(kit.api)).find((one) => one.id === kim)?.active).toBe(false);
    const second = {
      token: admin.token,
      id: newId(),
      email: 'kim@team.example',
      role: 'admin',
      tokenHash: sha256Hex('2'),
      expiresAt: inAWeek(),
    } as const;
    expect(await refused(makeInvitation(kit.api, second))).toBe('already_used');
  });

  it('are let in by no invitation that was revoked or ran out', async () => {
    const make = async (word: string) => {
      const invitation = {
        token: admin.token,
        id: newId(),
        email: `${word}@team.example`,
        role: 'operator',
        tokenHash: sha256Hex(word),
        expiresAt: inAWeek(),
      } as const;
      await makeInvitation(kit.api, invitation);
      return { ...invitation, user: await user(invitation.email) };
    };
    const revoked = await make('revoked');
    await revokeInvitation(kit.api, { token: admin.token, id: revoked.id });
    expect(await refused(acceptInvitation(kit.api, revoked))).toBe('expired');
    const over = await make('over');
    await kit.owner`update invitation set expires_at = now() - interval '1 minute' where id = ${over.id}`;
    expect(await refused(acceptInvitation(kit.api, over))).toBe('expired');
  });

  it('hold a review by a claim that runs out, and hand it on by assignment', async () => {
    const [one, other, approver] = [
      await member(kit, 'operator', 'One'),
      await member(kit, 'operator', 'Other'),
      await member(kit, 'approver', 'Anna'),
    ];
    const { review } = await underReview(kit, one);
    await claimReview(kit.api, { token: one.token, review });
    expect(await refusal(claimReview(kit.api, { token: other.token, review }))).toMatchObject({
      code: 'already_claimed',
      details: { name: 'One' },
    });
    expect(await refused(unclaimReview(kit.api, { token: other.token, review }))).toBe('not_permitted');
    await kit.owner`update review set claim_expires_at = now() - interval '1 second' where id = ${review}`;
    expect((await claimReview(kit.api, { token: other.token, review })).claimedBy.id).toBe(other.id);
    await unclaimReview(kit.api, { token: approver.token, review });
    expect(await refused(assignReview(kit.api, { token: one.token, review, person: other.id }))).toBe('not_permitted');
    await assignReview(kit.api, { token: approver.token, review, person: other.id });
    expect(await refused(assignReview(kit.api, { token: one.token, review, person: one.id }))).toBe('not_permitted');
    const mine = await inbox(kit.api, { assignee: other.id });
    expect(mine.items.map((item) => item.reviewId)).toEqual([review]);
    expect((await inbox(kit.api, { assignee: 'nobody' })).items.map((item) => item.reviewId)).not.toContain(review);
  });

  it('name a deputy for a time, never themselves', async () => {
    const [away, deputy] = [await member(kit, 'approver', 'Away'), await member(kit, 'approver', 'Deputy')];
    const set = (user: string | null, until: Date | null) => setDeputy(kit.api, { token: away.token, user, until });
    expect(await refused(set(away.id, inAWeek()))).toBe('invalid_request');
    expect(await refused(set(deputy.id, new Date(Date.now() - 1000)))).toBe('invalid_request');
    await set(deputy.id, inAWeek());
    expect((await members(kit.api)).find((one) => one.id === away.id)?.deputy).toEqual({
      id: deputy.id,
      name: 'Deputy',
    });
    await set(null, null);
    expect((await members(kit.api)).find((one) => one.id === away.id)?.deputy).toBeUndefined();
  });

  it('leave an event for every sign-in, sign-out, password and key, whoever wrote the row', async () => {
    const somebody = await member(kit, 'operator', 'Sam');
    const key = newId();
    await kit.api
      .sql`insert into account (id, account_id, provider_id, user_id, password) values (${newId()}, 'a', 'credential', ${somebody.id}, 'old')`;
    await kit.api.sql`update account set password = 'new' where user_id = ${somebody.id}`;
    await kit.api
      .sql`insert into apikey (id, key, reference_id, permissions) values (${key}, ${key}, ${somebody.id}, '{"countersign":["read"]}')`;
    await kit.api.sql`update apikey set last_request = now() where id = ${key}`;
    await kit.api.sql`update apikey set enabled = false where id = ${key}`;
    await kit.api.sql`delete from apikey where id = ${key}`;
    await kit.api.sql`delete from session where user_id = ${somebody.id}`;
    const rows = await kit.owner<{ kind: string }[]>`
      select kind from event where stream = 'people' and (actor = ${`person:${somebody.id}`} or body like ${`%${key}%`}) order by seq`;
    expect(rows.map((row) => row.kind)).toEqual([
      'signed-in',
      'password-changed',
      'key-made',
      'key-revoked',
      'signed-out',
    ]);
  });
});
