import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../db/ids.js';
import { contractFigures, register, registerDetail } from '../../api/contract/register.js';
import { addDays, civilDayAt } from '../../workflows/domain/contract-summary/civil-day.js';
import { contractWith, publishContract, type Terms } from '../support/published-contract.js';
import { startApi, type ApiUnderTest, type As, type Person } from './api-under-test.js';
import { codeOf } from './ready-review.js';

let api: ApiUnderTest;
let owen: Person;
const today = () => civilDayAt(new Date(), 'UTC');
/** Terms whose last safe day is so many days from today. */
const inDays = (days: number, terms: Terms = {}): Terms => ({ ends: addDays(today(), days + 90), ...terms });

beforeAll(async () => {
  api = await startApi();
  owen = await api.person('operator', 'Owen Tran');
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.owner`truncate publication, decision, review, subject, draft, run cascade`;
});

const publish = (terms: Terms, more: Partial<Parameters<typeof publishContract>[1]> = {}) =>
  publishContract(api.owner, { by: owen.id, contract: contractWith(terms), ...more });
const read = async (query = '', who: As = owen) =>
  register.parse((await api.ask(who, 'GET', `/api/register${query}`)).body);
const detail = async (run: string) => registerDetail.parse((await api.ask(owen, 'GET', `/api/register/${run}`)).body);
const vendors = async (query = '') => (await read(query)).entries.map(({ vendor }) => vendor);

describe('the register', () => {
  test('lists what was published by last safe day, with its page, its receipt and what is none and why', async () => {
    await publish({ vendor: 'None', ends: null });
    await publish(inDays(40, { vendor: 'Later', cap: 50_000 }));
    await publish(inDays(10, { vendor: 'Soon' }));
    await publish(inDays(-5, { vendor: 'Past' }));
    await publish({ vendor: 'Unapproved' }, { state: 'reserved' });
    const { entries, total, samplesOnly } = await read();
    expect(entries.map(({ vendor, state, attention }) => [vendor, state, attention])).toEqual([
      ['Past', 'past', true],
      ['Soon', 'due', true],
      ['Later', 'due', false],
      ['None', 'none', false],
    ]);
    expect([total, samplesOnly]).toEqual([4, false]);
    expect(entries[0]).toMatchObject({ act: { day: addDays(today(), -5), daysLeft: -5 } });
    expect(entries[0]?.next?.daysLeft).toBeGreaterThan(0);
    expect(entries[2]).toMatchObject({
      liabilityCap: { answer: 'stated', words: 'EUR 50,000' },
      noticeWindow: { words: 'at least 90 calendar days before' },
      renewalDate: { words: addDays(today(), 130) },
    });
    expect(entries[2]?.pageUrl).toBe(`/published/${entries[2]?.publicationId ?? ''}`);
    expect(entries[2]?.receiptUrl).toMatch(/^\/api\/published\/.*\/receipt$/);
    expect(entries[3]).toMatchObject({ why: 'no-end', liabilityCap: { answer: 'absent', words: 'Not stated' } });
  });

  test('finds by words, by days to come and by state', async () => {
    await publish(inDays(10, { vendor: 'Ärzte 100% GmbH' }));
    await publish(inDays(40, { vendor: 'Brightwater', title: 'Cleaning the offices' }));
    await publish(inDays(-5, { vendor: 'Past' }));
    expect(await vendors('?q=ärzte')).toEqual(['Ärzte 100% GmbH']);
    expect(await vendors('?q=OFFICES')).toEqual(['Brightwater']);
    expect(await vendors('?due=30')).toEqual(['Ärzte 100% GmbH']);
    expect(await vendors('?due=60')).toEqual(['Ärzte 100% GmbH', 'Brightwater']);
    expect(await vendors('?state=past')).toEqual(['Past']);
    expect(await vendors('?state=attention')).toEqual(['Past', 'Ärzte 100% GmbH']);
    expect(await vendors('?state=none')).toEqual([]);
  });

  test('samples stand in it only while there is nothing else', async () => {
    await publish({ vendor: 'Made up' }, { sample: true });
    expect(await read()).toMatchObject({ samplesOnly: true, entries: [{ vendor: 'Made up', sample: true }] });
    await publish({ vendor: 'Our own' });
    expect(await read()).toMatchObject({ samplesOnly: false, total: 1, entries: [{ vendor: 'Our own' }] });
  });

  test('an entry is superseded when the new one is published, and not before; the old one is its history', async () => {
    const old = await publish(inDays(10, { vendor: 'Brightwater', title: 'Cleaning' }));
    const more = { supersedes: old.run, contract: contractWith(inDays(300, { title: 'Cleaning, amended' })) };
    await publishContract(api.owner, { by: owen.id, ...more, state: 'reserved' });
    expect(await read()).toMatchObject({ entries: [{ runId: old.run, earlier: 0 }] });
    const amended = await publishContract(api.owner, { by: owen.id, ...more });
    expect(await read()).toMatchObject({ total: 1, entries: [{ runId: amended.run, earlier: 1 }] });
    const found = await detail(old.run);
    expect(found).toMatchObject({
      runId: amended.run,
      title: 'Cleaning, amended',
      history: [{ runId: old.run, title: 'Cleaning', otherRun: true, lastSafeDay: addDays(today(), 10) }],
    });
    expect(found.steps.at(-1)).toContain('last safe day');
    expect(found.points.find(({ field }) => field === 'noticeWindow')).toMatchObject({
      quotes: [{ text: 'notice in time', page: 1, document: 'agreement.txt' }],
    });
  });

  test('a repair supersedes by itself', async () => {
    const { run } = await publish(inDays(10));
    await publish(inDays(20), { run });
    expect(await detail(run)).toMatchObject({
      draftVersion: 2,
      act: { daysLeft: 20 },
      history: [{ draftVersion: 1, otherRun: false }],
    });
  });

  test('one that cannot be read any more is said to be unknown, and hides no other', async () => {
    const { run } = await publish(inDays(10, { vendor: 'Whole' }));
    const broken = await publish(inDays(10));
    await api.owner`update draft set payload = '{"a": 1}' where run_id = ${broken.run}`;
    expect(await read()).toMatchObject({ entries: [{ runId: broken.run, state: 'unknown' }, { runId: run }] });
    expect(await detail(broken.run)).toMatchObject({ state: 'unknown', points: [] });
  });
});

describe('the table for a spreadsheet', () => {
  const csv = async (query = '') => (await api.ask(owen, 'GET', `/api/register.csv${query}`)).text;

  test('is RFC 4180, and what a spreadsheet would compute is led by a quote', async () => {
    const vendor = '=HYPERLINK("http://evil.example";"Brightwater")';
    const { publication } = await publish(inDays(10, { vendor, title: 'Cleaning, "deep"' }));
    const { text, bytes } = await api.ask(owen, 'GET', '/api/register.csv');
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(text.startsWith('Vendor,Title,State,Last safe day,')).toBe(true);
    const [, row, end] = text.split('\r\n');
    expect(row).toContain(`"'=HYPERLINK(""http://evil.example"";""Brightwater"")","Cleaning, ""deep""",to come,`);
    expect(row).toContain(`http://countersign.test/published/${publication}`);
    expect(end).toBe('');
  });
  test.each(['+1', '-1+1', '@SUM(A1)', '\uff1d1', ' =1', '\t=1'])(
    'a vendor called %j is no formula',
    async (vendor) => {
      await publish(inDays(10, { vendor }));
      expect((await csv()).split('\r\n')[1]).toMatch(/^"?'/);
    },
  );
  test('holds what is asked for and is neither kept nor shown as a page', async () => {
    await publish(inDays(10, { vendor: 'Soon' }));
    await publish(inDays(80, { vendor: 'Later' }));
    expect((await csv('?due=30')).split('\r\n')).toHaveLength(3);
    const { headers } = await api.ask(owen, 'GET', '/api/register.csv');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(headers.get('cache-control')).toBe('private, no-store');
  });
});

test('how often drafts were wrong is counted over published contracts that are no samples', async () => {
  const drafted = contractWith({ cap: 1 });
  for (let n = 0; n < 4; n += 1) await publish({ cap: 2 }, { drafted });
  await publish({ cap: 2 }, { drafted, sample: true });
  await publish({ cap: 2 }, { drafted, state: 'reserved' });
  const figures = async () =>
    contractFigures.parse((await api.ask(owen, 'GET', '/api/contract-figures')).body).drafters[0];
  const capOf = (found: Awaited<ReturnType<typeof figures>>) =>
    found?.fields.find(({ field }) => field === 'liabilityCap');
  const few = await figures();
  expect(few).toMatchObject({ drafter: 'rules', promptVersion: 'rules-1', n: 4 });
  expect(capOf(few)).toMatchObject({ wrong: 4, leftOpen: 0 });
  expect(capOf(few)?.rate).toBeUndefined();
  await publish({ cap: 1 });
  expect(capOf(await figures())?.rate?.share).toBe(0.8);
});

describe('what a new run says to take the place of', () => {
  const start = (body: object) =>
    api.ask(owen, 'POST', '/api/runs', { body: { sources: [], ...body }, headers: { 'idempotency-key': newId() } });
  test.each([
    ['no id', { track: 'contract-summary', input: { supersedes: 'all of them' } }],
    ['nothing there', { track: 'contract-summary', input: { supersedes: newId() } }],
    ['something else', { track: 'contract-summary', input: { supersedes: { id: newId() } } }],
  ])('is refused: %s', async (_, body) => {
    const { status, body: answer } = await start(body);
    expect([status, codeOf(answer)]).toEqual([400, 'invalid_request']);
  });
  test('is a contract, and only for a contract', async () => {
    const { run } = await publish({});
    const supersedes = { supersedes: run };
    expect((await start({ track: 'sop-drafting', input: supersedes })).status).toBe(400);
    // Let through by this check: what is missing now is the contract itself.
    expect(codeOf((await start({ track: 'contract-summary', input: supersedes })).body)).toBe('document_required');
    await api.owner`update run set track = 'sop-drafting' where id = ${run}`;
    expect(codeOf((await start({ track: 'contract-summary', input: supersedes })).body)).toBe('invalid_request');
  });
});
