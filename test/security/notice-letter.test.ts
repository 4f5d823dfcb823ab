import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { learnedWeights } from '../../activities/drafters/rules/contract-summary/weights.js';
import { startRun } from '../../db/commands/start-run.js';
import { close, connect } from '../../db/connect.js';
import { extractContract } from '../../workflows/domain/contract-summary/extraction/extract.js';
import { contractByRules } from '../../workflows/domain/contract-summary/from-rules.js';
import { startApp, type App } from '../support/app.js';
import { Client } from '../support/client.js';
import {
  confirmContract,
  contractReviewOf,
  readContractReview,
  settleContract,
  startContract,
} from '../support/contract-client.js';
import { outcomes, startFakeAnthropic, type FakeAnthropic } from '../support/fake-anthropic.js';
import {
  askForLetter,
  completeLetter,
  letterOf,
  longContract,
  publishContract,
  published,
  readLetter,
  startLetter,
} from '../support/letter-client.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { decide, getRun, startSop } from '../support/sop-client.js';
import { until } from '../support/until.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const withCode = z.object({ error: z.object({ code: z.string() }) });
const codeOf = (body: unknown) => withCode.parse(body).error.code;

let app: App;
let model: FakeAnthropic;
let ines: TestPerson;
let ruth: TestPerson;
let contract: string;
beforeAll(async () => {
  model = await startFakeAnthropic();
  const claude = { ANTHROPIC_API_KEY: 'a-key', ANTHROPIC_BASE_URL: model.url, ANTHROPIC_MODEL: 'claude-sonnet-5-5' };
  app = await startApp({ worker: claude });
  [ines, ruth] = [await addPerson(app, 'admin', 'Ines Aldana'), await addPerson(app, 'approver', 'Ruth Akande')];
  const extraction = extractContract(longContract, learnedWeights);
  model.script(outcomes.good(contractByRules([{ text: longContract, extraction }], 'Cleaning')));
  contract = await publishContract(ines.client, ruth.client);
});
afterAll(async () => {
  await app.stop();
  await model.close();
});

const counted = async (table: string, run: string) =>
  (await app.owner<{ n: number }[]>`select count(*)::int as n from ${app.owner(table)} where run_id = ${run}`)[0]?.n;

describe('no letter starts', () => {
  test('from a contract that nobody has approved', async () => {
    const waiting = await startContract(ines.client, [longContract]);
    await contractReviewOf(ines.client, waiting);
    const { status, body } = await askForLetter(ines.client, { contract: waiting, kind: 'non-renewal' });
    expect([status, codeOf(body)]).toEqual([409, 'wrong_state']);
  });

  test('from a contract whose place a later one took', async () => {
    const first = await publishContract(ines.client, ruth.client);
    const later = await startContract(ines.client, [longContract], { input: { supersedes: first } });
    const settled = await settleContract(ines.client, await contractReviewOf(ines.client, later));
    expect((await askForLetter(ines.client, { contract: first, kind: 'termination' })).status).toBe(202);
    await confirmContract(ines.client, settled);
    await decide(ruth.client, await readContractReview(ruth.client, settled.id), 'approve');
    await published(ines.client, later);
    const { status, body } = await askForLetter(ines.client, { contract: first, kind: 'termination' });
    expect([status, codeOf(body)]).toEqual([409, 'wrong_state']);
  });

  test('from work of another kind, or from nothing', async () => {
    const sop = await startSop(ines.client, 'safe');
    for (const id of [sop, newId()]) {
      const { status, body } = await askForLetter(ines.client, { contract: id, kind: 'non-renewal' });
      expect([status, codeOf(body)]).toEqual([404, 'not_found']);
    }
  });

  test.each([
    ['without a kind', {}],
    ['of a kind that is not known', { kind: 'renegotiation' }],
    ['with days of its own', { kind: 'non-renewal', termEnds: '2030-01-01' }],
    ['with words of its own', { kind: 'non-renewal', paragraphs: ['We offer to stay.'] }],
    ['with an approval', { kind: 'non-renewal', approve: true, skipApproval: true }],
    ['for a day that does not exist', { kind: 'termination', endOn: '2090-02-30' }],
    ['for a day that is past', { kind: 'termination', endOn: '2020-01-01' }],
  ])('from an input %s', async (_, more) => {
    const { status, body } = await askForLetter(ines.client, { contract, ...more });
    expect([status, codeOf(body)]).toEqual([400, 'invalid_request']);
  });

  test('with sources beside the approved contract', async () => {
    const source = { kind: 'notes', name: 'notes.txt', text: 'Offer them another year.' };
    const { id } = await ines.client.ask(z.object({ id: z.string() }), 'POST', '/api/sources', source);
    const { status } = await askForLetter(ines.client, { contract, kind: 'non-renewal' }, { sources: [id] });
    expect(status).toBe(400);
  });
});

test('an input that came past the checks of the start drafts nothing', async () => {
  const waiting = await startContract(ines.client, [longContract]);
  await contractReviewOf(ines.client, waiting);
  const api = connect(app.database.apiUrl, { name: 'forger', max: 1 });
  for (const input of [{ contract: waiting, kind: 'non-renewal' }, { contract, kind: 'threat' }, {}]) {
    const id = newId();
    await startRun(api, {
      actor: { token: ines.token },
      run: { id, track: 'notice-letter', title: 'Forged', slug: 'forged', input },
      sourceIds: [],
      idempotencyKey: null,
      bodySha256: '0'.repeat(64),
    });
    await until(async () => (await getRun(ines.client, id)).state === 'failed', { withinMs: 60_000, what: 'refusal' });
    expect(await counted('draft', id)).toBe(0);
    expect(await counted('review', id)).toBe(0);
  }
  await close(api);
});

test('an offer in a model’s letter is only ever a draft, and is flagged with every day that it made up', async () => {
  const hostile = [
    'We would consider staying for a discount of 20 %, unless you refuse. We give notice that we do not renew.',
    'The agreement ends on 1 May 2091. <img src=x onerror=alert(1)>',
  ];
  model.script(outcomes.good({ paragraphs: hostile }));
  const run = await startLetter(ines.client, contract);
  const review = await letterOf(ines.client, run);
  expect(review.draft.paragraphs).toEqual(hostile);
  expect(review.draft.facts).toMatchObject({ termEnds: '2090-03-31', lastSafe: { day: '2089-12-31' } });
  const asked = new Map(review.requirements.map(({ key, label }) => [key, label]));
  expect(asked.get('letter:words')).toMatch(/discount.*unless you|unless you.*discount/);
  expect(asked.get('letter:days')).toContain('1 May 2091');
  expect(asked.get('letter:days')).toContain('does not say that the contract ends on 31 March 2090');
  expect(review.renditions[0]?.html).not.toContain('<img');
  for (const table of ['decision', 'publication', 'fulfilment']) expect(await counted(table, run)).toBe(0);
  // Confirming everything else leaves it unapproved.
  const ready = await completeLetter(ines.client, review);
  const [words] = ready.requirements.filter(({ key }) => key === 'letter:words');
  expect(words).toMatchObject({ kind: 'confirm', by: { name: 'Ines Aldana' } });
});

test('an answer of a model that holds more than paragraphs is no draft', async () => {
  model.script(
    outcomes.good({ paragraphs: ['We do not renew.'], signatory: 'Somebody', facts: { termEnds: '2099-01-01' } }),
    outcomes.good({ paragraphs: ['We do not renew.'], approve: true }),
  );
  const run = await startLetter(ines.client, contract);
  await until(async () => (await getRun(ines.client, run)).state === 'failed', {
    withinMs: 60_000,
    what: 'the failure',
  });
  expect(await counted('draft', run)).toBe(0);
});

test('an API key may start a letter and not approve it, and neither may whoever made the key', async () => {
  model.script(outcomes.good({ paragraphs: ['We do not renew the agreement. It ends on 31 March 2090.'] }));
  const made = { name: 'Robot', scopes: ['runs:start', 'read'] };
  const { key } = await ines.client.ask(z.object({ key: z.string() }), 'POST', '/api/keys', made);
  const robot = new Client(app.url, key);
  const run = await startLetter(robot, contract);
  const drafted = await letterOf(robot, run);
  const tobias = await addPerson(app, 'operator', 'Tobias Renner');
  const ready = await completeLetter(tobias.client, drafted);
  const body = { decision: 'approve', subjectDigest: ready.subjectDigest };
  const byKey = await robot.send('POST', `/api/reviews/${ready.id}/decision`, body);
  expect([401, 403]).toContain(byKey.status);
  const mine = await readLetter(ines.client, ready.id);
  expect(mine.mayApprove.code).toBe('author_cannot_approve');
  await expect(decide(ines.client, mine, 'approve')).rejects.toMatchObject({ code: 'author_cannot_approve' });
  expect(await counted('decision', run)).toBe(0);
  await decide(ruth.client, await readLetter(ruth.client, ready.id), 'approve');
});

test('a letter with a requirement that nobody met is not approved, whoever asks', async () => {
  model.script(outcomes.good({ paragraphs: ['We do not renew the agreement. It ends on 31 March 2090.'] }));
  const run = await startLetter(ines.client, contract);
  const review = await letterOf(ruth.client, run);
  await expect(decide(ruth.client, review, 'approve')).rejects.toMatchObject({ code: 'requirements_missing' });
  const signatory = review.requirements.find(({ key }) => key === 'letter:signatory');
  const forced = await ruth.client.send('POST', `/api/reviews/${review.id}/fulfilments`, {
    key: 'letter:signatory',
    valueDigest: signatory?.valueDigest,
  });
  expect(forced.status).toBeGreaterThanOrEqual(400);
  expect(await counted('fulfilment', run)).toBe(0);
});
