import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorBody } from '../../api/contract/common.js';
import { runDetail, runList } from '../../api/contract/runs.js';
import { newId } from '../../db/ids.js';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { addTranscript, codeOf, idOf } from './ready-review.js';

const link = 'https://www.loom.com/share/0a1b2c3d';
let api: ApiUnderTest;
let operator: Person;
beforeAll(async () => {
  api = await startApi();
  operator = await api.person('operator');
});
afterAll(() => api.stop());

async function begin(input: unknown, as: Person | { key: string } = operator) {
  const body = { track: 'sop-drafting', title: 'Linked', sources: [await addTranscript(api, operator)], input };
  return api.ask(as, 'POST', '/api/runs', { body, headers: { 'idempotency-key': newId() } });
}
const runsThere = async () => (await api.owner`select count(*)::int as n from run`)[0]?.['n'];

describe('a run started with a link to its recording', () => {
  test('keeps the link with the run and shows it, and no event holds it', async () => {
    const { status, body } = await begin({ recordingLink: link });
    expect(status).toBe(202);
    const id = idOf(body);
    const [stored] = await api.owner`select input from run where id = ${id}`;
    expect(stored?.['input']).toEqual({ recordingLink: link });
    const shown = runDetail.parse((await api.ask(operator, 'GET', `/api/runs/${id}`)).body);
    expect(shown.recordingLink).toBe(link);
    const list = runList.parse((await api.ask(operator, 'GET', '/api/runs')).body);
    expect(list.runs.find((run) => run.id === id)?.recordingLink).toBe(link);
    const events = await api.owner`select body from event where stream = ${`run:${id}`}`;
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain('loom');
  });

  test('may be started by a key, by the same rules', async () => {
    const { key } = await api.key(await api.person('admin'), ['runs:start']);
    expect((await begin({ recordingLink: link }, { key })).status).toBe(202);
    expect((await begin({ recordingLink: 'javascript:alert(1)' }, { key })).status).toBe(400);
  });

  test.each([
    ['javascript:alert(1)', 'begins with https://'],
    ['data:text/html,<script>alert(1)</script>', 'begins with https://'],
    ['http://www.loom.com/share/1', 'Plain http'],
    ['https://owen:secret@www.loom.com/share/1', 'user names and passwords'],
    ['https://www.loom.com/share/1\r\nSet-Cookie: a=b', 'cannot be seen'],
    ['https://www.loom.com/<b>1</b>', 'quotation marks'],
    [`https://www.loom.com/${'a'.repeat(500)}`, 'at most 500'],
  ])('is refused in words, and nothing is started: %j', async (recordingLink, words) => {
    const before = await runsThere();
    const { status, body } = await begin({ recordingLink });
    expect([status, codeOf(body)]).toEqual([400, 'invalid_request']);
    const { error } = errorBody.parse(body);
    expect(error.message).toContain(words);
    expect(error.details).toEqual({
      fields: [{ path: 'input.recordingLink', words: expect.stringContaining(words) }],
    });
    expect(await runsThere()).toBe(before);
  });

  test.each([[null], [1], [[link]], [{ url: link }]])('is refused where the link is no text: %j', async (given) => {
    const { status, body } = await begin({ recordingLink: given });
    expect([status, codeOf(body)]).toEqual([400, 'invalid_request']);
  });

  test('shows nothing where what is stored is no link, however it came there', async () => {
    const id = idOf((await begin({ recordingLink: link })).body);
    for (const planted of ['javascript:alert(1)', ['https://www.loom.com/'], 7]) {
      await api.owner`update run set input = ${api.owner.json({ recordingLink: planted })} where id = ${id}`;
      const { body } = await api.ask(operator, 'GET', `/api/runs/${id}`);
      expect(runDetail.parse(body).recordingLink).toBeUndefined();
    }
  });
});
