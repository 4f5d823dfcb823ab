import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyScopes } from '../../workflows/domain/roles.js';
import { cleaningContract } from '../../workflows/domain/samples/cleaning-contract.js';
import { startApi, type ApiUnderTest, type As, type Person } from '../api/api-under-test.js';
import {
  askedFor,
  editedContract,
  fulfilContract,
  metRightly,
  openedContract,
  readContract,
  servedTo,
  settledContract,
} from '../api/ready-contract.js';
import { codeOf } from '../api/ready-review.js';
import { standingOf } from './doors-kit.js';

const twoKeys = ['two-keys:renewalDate', 'two-keys:noticeWindow'] as const;

let api: ApiUnderTest;
let owen: Person;
let olga: Person;
let ruth: Person;
let vera: Person;
let key: { key: string };
beforeAll(async () => {
  api = await startApi();
  [owen, olga, ruth, vera] = await Promise.all([
    api.person('operator', 'Owen'),
    api.person('operator', 'Olga'),
    api.person('approver', 'Ruth'),
    api.person('viewer', 'Vera'),
  ]);
  key = await api.key(await api.person('admin', 'Ada'), keyScopes);
});
afterAll(() => api.stop());

const opened = async (...texts: string[]) => settledContract(api, owen, await openedContract(api, owen, ...texts));
const approve = (who: As, review: { id: string; subjectDigest: string }) =>
  api.ask(who, 'POST', `/api/reviews/${review.id}/decision`, {
    body: { decision: 'approve', subjectDigest: review.subjectDigest },
  });
/** Does it, sees that nothing came of it, and answers the code of the refusal. */
async function inVain(act: () => Promise<{ body: unknown }>): Promise<string | undefined> {
  const before = await standingOf(api);
  const code = codeOf((await act()).body);
  expect(await standingOf(api)).toEqual(before);
  return code;
}
const open = (review: { requirements: readonly { key: string; fulfilled: boolean }[] }) =>
  review.requirements.filter((one) => !one.fulfilled).map((one) => one.key);

describe('a one-pager', () => {
  test('is not approved while anything is missing, renewal date and notice window least of all', async () => {
    const raw = await openedContract(api, owen);
    expect(await inVain(() => approve(ruth, raw))).toBe('requirements_missing');
    for (const left of [...twoKeys, 'field:parties']) {
      const review = await opened();
      for (const one of review.requirements)
        if (one.key !== left) expect(await metRightly(api, owen, review.id, one), one.key).toBeUndefined();
      expect(open(await readContract(api, ruth, review.id))).toEqual([left]);
      expect(await inVain(() => approve(ruth, review))).toBe('requirements_missing');
      expect(await metRightly(api, owen, review.id, askedFor(review, left))).toBeUndefined();
      expect((await approve(ruth, review)).status).toBe(200);
    }
  });

  test.each(twoKeys)('has %s confirmed by nobody but the session that was served the very page', async (what) => {
    const two = cleaningContract.text.replace('3. FEES', '\f3. FEES');
    const [review, other] = [await opened(two), await opened(two)];
    const asked = askedFor(review, what);
    const place = asked.place ?? '';
    const fulfil = (who: As, token?: string) => fulfilContract(api, who, review.id, asked, token);
    const source = place.split(':')[0] ?? '';
    const tokens: Record<string, string | undefined> = {
      'no token': undefined,
      'a token made up': randomBytes(32).toString('base64url'),
      'an empty token': '',
      'the token of another person': await servedTo(api, ruth, review.id, place),
      'the token of another session': await servedTo(api, await api.again(owen), review.id, place),
      'the token of another run’s page': await servedTo(api, owen, other.id, askedFor(other, what).place ?? ''),
      'the token of another page': await servedTo(api, owen, review.id, `${source}:2`),
      'the token of an absence': await servedTo(api, owen, review.id, `absence:${what.replace('two-keys:', '')}`),
    };
    for (const [whose, token] of Object.entries(tokens))
      expect(await inVain(() => fulfil(owen, token)), whose).toBe('page_not_served');
    const own = await servedTo(api, owen, review.id, place);
    expect(await inVain(() => fulfil(vera, own))).toBe('not_permitted');
    expect(await inVain(() => fulfil(olga, own))).toBe('page_not_served');
    expect(await inVain(() => fulfil(key, own))).not.toBeUndefined();
    expect(await inVain(() => fulfil(undefined, own))).toBe('not_signed_in');
    expect(await servedTo(api, key, review.id, place)).toBeUndefined();
    expect(await inVain(() => fulfilContract(api, owen, other.id, askedFor(other, what), own))).toBe('page_not_served');
    await api.owner`update page_served set at = at - interval '12 hours 1 minute' where person = ${owen.id}`;
    expect(await inVain(() => fulfil(owen, own)), 'a token of yesterday').toBe('page_not_served');
    expect((await fulfil(owen, await servedTo(api, owen, review.id, place))).status).toBe(200);
    const [met] = await api.owner`select evidence from fulfilment where run_id = ${review.runId} and key = ${what}`;
    expect(met?.['evidence']).toMatchObject({ served: place });
  });

  test.each(twoKeys)(
    'has an absent %s confirmed by nobody who looked at a page, or at another review’s proof',
    async (what) => {
      const field = what.replace('two-keys:', '');
      const absent = async () => editedContract(api, owen, await opened(), [{ op: 'say-absent', field }]);
      const [review, other] = [await absent(), await absent()];
      const asked = askedFor(review, what);
      expect(asked.place).toBe(`absence:${field}`);
      const [document] = review.draft.documents;
      const another = field === 'renewalDate' ? 'noticeWindow' : 'renewalDate';
      for (const token of [
        await servedTo(api, owen, review.id, `${document?.source ?? ''}:1`),
        await servedTo(api, owen, other.id, `absence:${field}`),
        await servedTo(api, owen, review.id, `absence:${another}`),
        await servedTo(api, ruth, review.id, `absence:${field}`),
      ])
        expect(await inVain(() => fulfilContract(api, owen, review.id, asked, token))).toBe('page_not_served');
      expect(await metRightly(api, owen, review.id, asked)).toBeUndefined();
    },
  );

  test('of which the review is over takes no confirmation any more', async () => {
    const review = await opened();
    const asked = askedFor(review, twoKeys[0]);
    const token = await servedTo(api, owen, review.id, asked.place ?? '');
    const body = { decision: 'reject', subjectDigest: review.subjectDigest, reason: 'No.' };
    expect((await api.ask(ruth, 'POST', `/api/reviews/${review.id}/decision`, { body })).status).toBe(200);
    expect(await inVain(() => fulfilContract(api, owen, review.id, asked, token))).not.toBeUndefined();
  });
});

describe('a confirmation', () => {
  const confirmed = async () => {
    const review = await opened();
    for (const what of twoKeys) await metRightly(api, owen, review.id, askedFor(review, what));
    return readContract(api, owen, review.id);
  };

  test('survives an edit elsewhere', async () => {
    const before = await confirmed();
    const after = await editedContract(api, olga, before, [
      { op: 'set-vendor', vendor: 'Brightwater' },
      { op: 'set-field', field: 'governingLaw', value: { is: 'words', text: 'The law of England.' } },
    ]);
    expect(after.subjectDigest).not.toBe(before.subjectDigest);
    for (const what of twoKeys) expect(askedFor(after, what).fulfilled).toBe(true);
  });

  test.each([
    ['the value', 'noticeWindow', { is: 'window', count: 91, unit: 'calendar-days', strictly: false }, undefined],
    ['the place alone', 'noticeWindow', undefined, [10, 60]],
    ['the value', 'renewalDate', { is: 'renewal-day', day: '2027-04-01', anchor: 'renewal-date' }, undefined],
    ['the place alone', 'renewalDate', undefined, [10, 60]],
  ] as const)('is void once %s of %s was edited, and the old one is refused', async (_, field, value, place) => {
    const before = await confirmed();
    const asked = askedFor(before, `two-keys:${field}`);
    const source = before.draft.documents[0]?.source ?? '';
    const edit = {
      op: 'set-field',
      field,
      value: value ?? before.draft.fields[field].value,
      ...(place && { quotes: [{ source, from: place[0], to: place[1] }] }),
    };
    const after = await editedContract(api, olga, before, [edit]);
    expect(askedFor(after, `two-keys:${field}`).fulfilled).toBe(false);
    expect(await inVain(() => approve(ruth, after))).toBe('requirements_missing');
    const token = await servedTo(api, owen, before.id, asked.place ?? '');
    expect(await inVain(() => fulfilContract(api, owen, before.id, asked, token))).toBe('stale_subject');
    const other = twoKeys.find((one) => one !== `two-keys:${field}`) ?? '';
    expect(askedFor(after, other).fulfilled).toBe(true);
  });

  test('is void once another reading of the same point came or went', async () => {
    const amendment =
      'AMENDMENT made on 1 June 2026 to the Service Agreement of 1 March 2026. The Agreement shall automatically renew for successive periods of one (1) year each, unless either party gives written notice of its intention not to renew at least thirty (30) days before the end of the then-current term.';
    const review = await opened(cleaningContract.text, amendment);
    const field = review.draft.fields.noticeWindow;
    expect(field.others.length).toBeGreaterThan(0);
    await metRightly(api, owen, review.id, askedFor(review, twoKeys[1]));
    const after = await editedContract(api, owen, review, [{ op: 'take-other', field: 'noticeWindow', other: 0 }]);
    expect(askedFor(after, twoKeys[1]).fulfilled).toBe(false);
  });
});
