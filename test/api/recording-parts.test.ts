import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordingAnswer, runThrough } from '../../api/contract/run-through.js';
import { sweepIncoming } from '../../api/uploads.js';
import { filePath } from '../../db/files.js';
import { unfinishedRunThroughs } from '../../db/queries/run-through.js';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import { startApi, type ApiUnderTest, type As, type Person } from './api-under-test.js';
import { codeOf, idOf, openedReview, readReview, startRun, webm } from './ready-review.js';

let api: ApiUnderTest;
let operator: Person;
let admin: Person;
beforeAll(async () => {
  api = await startApi();
  [operator, admin] = await Promise.all([api.person('operator', 'Owen'), api.person('admin')]);
});
afterAll(() => api.stop());

const first = webm('a first part that broke off');
const second = webm('a second part, to the end');
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const uploads = () => (existsSync(join(api.data, 'uploads')) ? readdirSync(join(api.data, 'uploads')) : []);

async function begun() {
  const review = await openedReview(api, operator);
  const base = `/api/runs/${review.runId}/run-throughs`;
  const rt = idOf((await api.ask(operator, 'POST', base, { body: {} })).body);
  const path = `${base}/${rt}/recording`;
  const send = (part: number, offset: number, bytes: Uint8Array | string, last = false, as: As = operator) =>
    api.ask(as, 'POST', `${path}?part=${part}&offset=${offset}${last ? '&last=true' : ''}`, {
      raw: typeof bytes === 'string' ? bytes : Uint8Array.from(bytes),
      headers: { 'content-type': 'video/webm' },
    });
  const state = async () => recordingAnswer.parse((await api.ask(operator, 'GET', path)).body);
  const tickAll = async () => {
    for (const { key, kind, valueDigest } of review.requirements)
      if (kind === 'run-through') {
        const body = { step: key.replace('run-through:', ''), stepDigest: valueDigest, result: 'as-written' };
        await api.ask(operator, 'PATCH', `${base}/${rt}`, { body });
      }
  };
  const finish = (as: As = operator) => api.ask(as, 'POST', `${base}/${rt}/finish`, { body: {} });
  const view = async () => runThrough.parse((await api.ask(operator, 'GET', `${base}/${rt}`)).body);
  return { review, rt, base, path, send, state, tickAll, finish, view };
}

describe('what a browser records', () => {
  test('comes in order at its exact place; a chunk sent again is answered alike, and mends one that was half written', async () => {
    const { send, state, rt, view } = await begun();
    expect((await send(1, 0, first.subarray(0, 40))).status).toBe(200);
    expect((await send(1, 0, first.subarray(0, 40))).body).toMatchObject({ received: 40, part: 1 });
    expect((await send(1, 50, first.subarray(50))).body).toMatchObject({
      error: { code: 'wrong_state', details: { received: 40, part: 1 } },
    });
    expect(codeOf((await send(1, 10, Buffer.alloc(10, 9))).body)).toBe('wrong_state');
    // The server was killed half-way through a chunk.
    appendFileSync(join(api.data, 'uploads', `${rt}.part-1.recording`), first.subarray(40, 44));
    expect((await send(1, 40, first.subarray(40))).body).toMatchObject({ received: first.length });
    expect(await state()).toMatchObject({ received: first.length, part: 1, parts: [] });
    const last = recordingAnswer.parse((await send(1, first.length, new Uint8Array(0), true)).body);
    expect(last.parts.map((part) => part.sha256)).toEqual([sha(first)]);
    expect(readFileSync(filePath(api.data, sha(first)))).toEqual(Buffer.from(first));
    // The last answer was lost.
    expect((await send(1, first.length, new Uint8Array(0), true)).body).toEqual(last);
    expect((await send(1, 40, first.subarray(40))).status).toBe(200);
    expect(codeOf((await send(1, first.length, 'more')).body)).toBe('wrong_state');
    expect((await view()).recordings).toHaveLength(1);
    expect(uploads().filter((name) => name.startsWith(rt))).toEqual([]);
  });

  test('after a crash is sealed with what came when the next part begins, and the rest when the run-through is finished', async () => {
    const { send, state, tickAll, finish, view, review } = await begun();
    await send(1, 0, first.subarray(0, 60));
    await tickAll();
    expect(codeOf((await send(3, 0, second)).body)).toBe('wrong_state');
    expect(codeOf((await send(2, 5, second.subarray(5))).body)).toBe('wrong_state');
    expect((await send(2, 0, second)).body).toMatchObject({ received: second.length, part: 2 });
    expect(await state()).toMatchObject({
      received: second.length,
      part: 2,
      parts: [{ sha256: sha(first.subarray(0, 60)) }],
    });
    expect((await finish()).status).toBe(200);
    const { recording, recordings } = await view();
    expect(recordings.map((part) => part.sha256)).toEqual([sha(first.subarray(0, 60)), sha(second)]);
    expect(recording).toEqual(recordings[0]);
    const attached = await api.owner`select body from event
      where stream = ${`run:${review.runId}`} and kind = 'recording-attached' order by seq`;
    expect(attached.map((row) => JSON.parse(String(row['body'])))).toMatchObject([
      { part: 1, source: recordings[0]?.id },
      { part: 2, source: recordings[1]?.id },
    ]);
    const { renditions } = await readReview(api, operator, review.id);
    const page = readFileSync(filePath(api.data, renditions[0]?.sha256 ?? ''), 'utf8');
    expect(page).toContain('on a recording in 2 parts');
  });

  test('does not finish a run-through that has none, and an erased part does not count', async () => {
    const { send, tickAll, finish, view } = await begun();
    await tickAll();
    expect(codeOf((await finish()).body)).toBe('recording_required');
    const only = webm('the only part, to be erased');
    await send(1, 0, only, true);
    const [part] = (await view()).recordings;
    await api.ask(admin, 'POST', `/api/sources/${part?.id ?? ''}/erase`, { body: { reason: 'Asked for.' } });
    expect(existsSync(filePath(api.data, sha(only)))).toBe(false);
    expect(codeOf((await finish()).body)).toBe('recording_required');
    await send(2, 0, second);
    expect((await finish()).status).toBe(200);
    const after = await view();
    expect(after.recordings.map((one) => one.erasedAt === undefined)).toEqual([false, true]);
  });

  test('goes together with a file: the file is the part after it', async () => {
    const { send, path, view } = await begun();
    await send(1, 0, first.subarray(0, 50));
    const film = Buffer.from(visitorLogSample.recordingBase64, 'base64');
    const file = { raw: Uint8Array.from(film), headers: { 'content-type': 'video/webm' } };
    const whole = await api.ask(operator, 'POST', `${path}?offset=0&last=true`, file);
    expect(whole.status).toBe(200);
    expect((await api.ask(operator, 'POST', `${path}?offset=0&last=true`, file)).body).toEqual(whole.body);
    expect((await view()).recordings.map((part) => part.sha256)).toEqual([sha(first.subarray(0, 50)), sha(film)]);
  });

  test('is refused from another person, for another run, without a sign-in, once finished, and where it is no video', async () => {
    const { send, path, rt, tickAll, finish, view } = await begun();
    for (const no of [
      'no film at all, only words',
      '<html><script>1</script></html>',
      Buffer.from(visitorLogSample.screenshots[0]?.base64 ?? '', 'base64'),
    ])
      expect(codeOf((await send(1, 0, no)).body)).toBe('unreadable_source');
    expect(codeOf((await send(1, 0, first, true, admin)).body)).toBe('not_permitted');
    const nobody = await api.ask(undefined, 'POST', `${path}?part=1&offset=0`, { raw: Uint8Array.from(first) });
    expect(codeOf(nobody.body)).toBe('not_signed_in');
    const { key } = await api.key(admin, ['read', 'runs:start']);
    expect([401, 403]).toContain((await send(1, 0, first, true, { key })).status);
    expect(codeOf((await send(1, 5, first.subarray(5))).body)).toBe('wrong_state');
    expect(codeOf((await send(2, 0, first)).body)).toBe('wrong_state');
    expect(codeOf((await send(0, 0, first)).body)).toBe('invalid_request');
    expect(codeOf((await send(1, 0, Buffer.concat([first, Buffer.alloc(16 * 1024 * 1024)]))).body)).toBe('too_large');
    const other = await startRun(api, operator);
    const elsewhere = `/api/runs/${other}/run-throughs/${rt}/recording?part=1&offset=0`;
    expect((await api.ask(operator, 'POST', elsewhere, { raw: Uint8Array.from(first) })).status).toBe(404);
    expect(uploads().filter((name) => name.startsWith(rt))).toEqual([]);

    await send(1, 0, first);
    expect(codeOf((await finish(admin)).body)).toBe('not_permitted');
    expect((await view()).recordings).toEqual([]);
    await tickAll();
    await finish();
    expect(codeOf((await send(2, 0, second)).body)).toBe('wrong_state');
    expect((await view()).recordings).toHaveLength(1);
  });

  test('is not tied to a run-through past the one who made it, by any of the database’s own doors', async () => {
    const { send, rt } = await begun();
    const { rt: mine } = await begun();
    await send(1, 0, webm('tied once'), true);
    const [tied] = await api.owner`select source_id from run_through_recording where run_through_id = ${rt}`;
    const asked = (token: string, through: string, part: number) =>
      api.db
        .sql`select seal_recording(${token}, ${through}::uuid, ${part}::int, ${String(tied?.['source_id'])}::uuid) as answer`;
    const code = (rows: readonly Record<string, unknown>[]) => rows[0]?.['answer'];
    expect(code(await asked(operator.token, mine, 1))).toMatchObject({ code: 'already_used' });
    expect(code(await asked(operator.token, mine, 2))).toMatchObject({ code: 'wrong_state' });
    expect(code(await asked(admin.token, mine, 1))).toMatchObject({ code: 'not_permitted' });
    expect(code(await asked('nobody', mine, 1))).toMatchObject({ code: 'not_signed_in' });
    await expect(
      api.db
        .sql`insert into run_through_recording values (${mine}::uuid, 1, ${String(tied?.['source_id'])}::uuid, now())`,
    ).rejects.toThrow(/permission denied/);
  });

  test('is kept for as long as its run-through can go on', async () => {
    const { send, rt } = await begun();
    await send(1, 0, first);
    const month = Date.now() + 31 * 24 * 60 * 60 * 1000;
    const folder = join(api.data, 'uploads');
    await sweepIncoming(folder, month, await unfinishedRunThroughs(api.db));
    expect(uploads().filter((name) => name.startsWith(rt))).toHaveLength(1);
    await sweepIncoming(folder, month);
    expect(uploads().filter((name) => name.startsWith(rt))).toEqual([]);
  });
});
