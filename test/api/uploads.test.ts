import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordingAnswer, runThroughFinished } from '../../api/contract/run-through.js';
import { sourceAdded } from '../../api/contract/sources.js';
import { filePath } from '../../db/files.js';
import { pdf, put } from '../support/pdfs.js';
import { until } from '../support/until.js';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import { startApi, type ApiUnderTest, type Person } from './api-under-test.js';
import { codeOf, draftAndOpen, idOf, openedReview, readReview, startRun, transcript, webm } from './ready-review.js';

let api: ApiUnderTest;
let operator: Person;
let admin: Person;
beforeAll(async () => {
  api = await startApi();
  [operator, admin] = await Promise.all([api.person('operator', 'Owen'), api.person('admin')]);
});
afterAll(() => api.stop());

const png = Buffer.from(visitorLogSample.screenshots[0]?.base64 ?? '', 'base64');
const leftOver = () => (existsSync(join(api.data, 'uploads')) ? readdirSync(join(api.data, 'uploads')) : []);

function form(parts: [string, string | File][]): { raw: FormData } {
  const data = new FormData();
  for (const [name, value] of parts) data.append(name, value);
  return { raw: data };
}
const file = (bytes: Uint8Array, name: string, type = 'application/octet-stream') =>
  new File([Uint8Array.from(bytes)], name, { type });
const add = (parts: [string, string | File][]) => api.ask(operator, 'POST', '/api/sources', form(parts));

describe('a file that is given', () => {
  test('is stored under its hash, its type told from its bytes and not believed', async () => {
    const { status, body } = await add([
      ['kind', 'screenshot'],
      ['file', file(png, 'shot.html', 'text/html')],
    ]);
    expect(status).toBe(201);
    const stored = sourceAdded.parse(body);
    expect(stored).toMatchObject({ mediaType: 'image/png', bytes: png.length, kind: 'screenshot' });
    expect(stored.sha256).toBe(createHash('sha256').update(png).digest('hex'));
    expect(existsSync(filePath(api.data, stored.sha256))).toBe(true);
    expect(leftOver()).toEqual([]);
  });

  test('is refused where it is not of its kind, and nothing of it is kept', async () => {
    const wrong: [string, Uint8Array][] = [
      ['screenshot', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
      ['recording', png],
      ['transcript', png],
      ['document', png],
      ['screenshot', new Uint8Array(0)],
    ];
    const before = await api.events();
    for (const [kind, bytes] of wrong) {
      const { status, body } = await add([
        ['kind', kind],
        ['file', file(bytes, 'x')],
      ]);
      expect([kind, status, codeOf(body)]).toEqual([kind, 422, 'unreadable_source']);
    }
    expect(await api.events()).toBe(before);
    expect(leftOver()).toEqual([]);
  });

  test('as a contract is kept with its words, their places and what was hidden in it', async () => {
    const bytes = await pdf((d) => {
      put(d, 'Either party may end this agreement.', 60, 100);
      put(d.fillColor('white'), 'Nobody sees this.', 60, 200);
    });
    const { status, body } = await add([
      ['kind', 'document'],
      ['file', file(bytes, 'contract.docx')],
    ]);
    expect(status).toBe(201);
    const stored = sourceAdded.parse(body);
    expect(stored).toMatchObject({ kind: 'document', mediaType: 'application/pdf' });
    const hidden = [{ page: 1, how: 'background-colour', text: 'Nobody sees this.' }];
    const seen = await api.ask(operator, 'GET', `/api/sources/${stored.id}`);
    // Its words are asked for page by page, in a review; here only what it is.
    expect(seen.body).toMatchObject({
      reading: { kind: 'document-facts', facts: { pages: [{ words: 'text' }], hidden } },
    });
    expect(JSON.stringify(seen.body)).not.toContain('Either party');
    const [kept] = await api.owner`select reading from source where id = ${stored.id}`;
    expect(kept?.['reading']).toMatchObject({
      kind: 'document',
      document: { text: 'Either party may end this agreement.', pages: [{ words: 'text', from: 0, to: 36 }], hidden },
    });
  });

  test('is refused at its kind’s limit, while it streams', async () => {
    const { status, body } = await add([
      ['kind', 'transcript'],
      ['file', file(new Uint8Array(10 * 1024 * 1024 + 1), 't')],
    ]);
    expect([status, codeOf(body)]).toEqual([413, 'too_large']);
    expect(leftOver()).toEqual([]);
  });

  test('needs its kind first, and comes alone', async () => {
    const shot = file(png, 'shot.png');
    const forms: [string, string | File][][] = [
      [['file', shot]],
      [
        ['file', shot],
        ['kind', 'screenshot'],
      ],
      [
        ['kind', 'spell'],
        ['file', shot],
      ],
      [['kind', 'screenshot']],
    ];
    for (const parts of forms) {
      const { status, body } = await add(parts);
      expect([status, codeOf(body)]).toEqual([400, 'invalid_request']);
    }
    expect(leftOver()).toEqual([]);
  });

  test('that breaks off is refused and leaves nothing', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const raw =
      '--b\r\ncontent-disposition: form-data; name="kind"\r\n\r\nnotes\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="n"\r\n\r\nhalf';
    expect((await api.ask(operator, 'POST', '/api/sources', { raw, headers })).status).toBe(400);
    // The answer may come before the file system is done with the removal.
    await until(() => leftOver().length === 0, { what: 'the removal of the broken-off upload' });
  });

  test('as text in JSON is the same, and a transcript that cannot be read says where', async () => {
    expect((await api.ask(operator, 'POST', '/api/sources', { body: transcript })).status).toBe(201);
    const broken = { ...transcript, text: 'WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n' };
    expect(codeOf((await api.ask(operator, 'POST', '/api/sources', { body: broken })).body)).toBe('unreadable_source');
  });
});

describe('the bytes of a source', () => {
  test('are served to look at or to save, in a sandbox, in parts, and not at all once erased', async () => {
    const shot = sourceAdded.parse(
      (
        await add([
          ['kind', 'screenshot'],
          ['file', file(png, 's.png')],
        ])
      ).body,
    );
    const notes = await api.ask(operator, 'POST', '/api/sources', {
      body: { kind: 'notes', name: 'n.html', text: '<script>alert(1)</script>' },
    });
    const page = await api.ask(operator, 'GET', `/api/files/${sourceAdded.parse(notes.body).sha256}`);
    expect(page.headers.get('content-type')).toBe('application/octet-stream');
    expect(page.headers.get('content-disposition')).toContain('attachment');

    const path = `/api/files/${shot.sha256}`;
    const { headers, status } = await api.ask(operator, 'GET', path);
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'image/png',
      'inline',
    ]);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const part = await api.ask(operator, 'GET', path, { headers: { range: 'bytes=0-3' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 0-3/${png.length}`]);

    for (const id of (await api.owner`select id from source where sha256 = ${shot.sha256}`).map((row) =>
      String(row['id']),
    ))
      expect(
        (await api.ask(admin, 'POST', `/api/sources/${id}/erase`, { body: { reason: 'Asked for.' } })).status,
      ).toBe(200);
    expect((await api.ask(operator, 'GET', path)).status).toBe(404);
    expect(existsSync(filePath(api.data, shot.sha256))).toBe(false);
  });

  test('of a hash that no source has are not there', async () => {
    const review = await openedReview(api, operator);
    const rendition = review.renditions[0]?.sha256 ?? '';
    expect(existsSync(filePath(api.data, rendition))).toBe(true);
    expect((await api.ask(operator, 'GET', `/api/files/${rendition}`)).status).toBe(404);
  });
});

describe('a recording', () => {
  const bytes = webm('in three chunks');
  const chunkType = { 'content-type': 'video/webm' };

  async function begun() {
    const review = await openedReview(api, operator);
    const base = `/api/runs/${review.runId}/run-throughs`;
    const rt = idOf((await api.ask(operator, 'POST', base, { body: {} })).body);
    return { review, rt, path: `${base}/${rt}/recording`, finish: `${base}/${rt}/finish`, base };
  }
  const send = (path: string, from: number, to: number, query = '') =>
    api.ask(operator, 'POST', `${path}?offset=${from}${query}`, { raw: bytes.subarray(from, to), headers: chunkType });

  test('comes in chunks, goes on where it broke off, and a chunk sent twice does no harm', async () => {
    const { path, rt, base, review, finish } = await begun();
    expect(codeOf((await api.ask(operator, 'POST', finish, { body: {} })).body)).toBe('recording_required');
    await send(path, 0, 20);
    await send(path, 0, 20);
    const gap = await send(path, 40, 60);
    expect(gap.body).toMatchObject({ error: { code: 'wrong_state', details: { received: 20 } } });
    expect(recordingAnswer.parse((await api.ask(operator, 'GET', path)).body).received).toBe(20);
    await send(path, 10, 50);
    const last = recordingAnswer.parse((await send(path, 50, bytes.length, '&last=true')).body);
    expect(last.recording?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    // The answer to the last chunk was lost: it is sent again.
    expect(recordingAnswer.parse((await send(path, 50, bytes.length, '&last=true')).body)).toEqual(last);

    for (const { key, kind, valueDigest } of review.requirements)
      if (kind === 'run-through') {
        const body = { step: key.replace('run-through:', ''), stepDigest: valueDigest, result: 'as-written' };
        await api.ask(operator, 'PATCH', `${base}/${rt}`, { body });
      }
    const { met, open } = runThroughFinished.parse((await api.ask(operator, 'POST', finish, { body: {} })).body);
    expect(met).toHaveLength(2);
    expect(open.map(({ key }) => key)).toEqual(['exception:d-00000001']);
    expect((await readReview(api, operator, review.id)).runThroughs[0]?.recording?.url).toContain('/api/files/');
  });

  test('is refused from anybody but the person who runs it through, and of another run', async () => {
    const { path, rt } = await begun();
    const foreign = await api.ask(admin, 'POST', `${path}?offset=0`, { raw: bytes, headers: chunkType });
    expect(codeOf(foreign.body)).toBe('not_permitted');
    const other = await startRun(api, operator);
    const elsewhere = `/api/runs/${other}/run-throughs/${rt}/recording?offset=0`;
    expect((await api.ask(operator, 'POST', elsewhere, { raw: bytes, headers: chunkType })).status).toBe(404);
  });

  test('that is none is refused when it is whole, and another can be sent', async () => {
    const { path } = await begun();
    const fake = await api.ask(operator, 'POST', `${path}?offset=0&last=true`, { raw: 'no film', headers: chunkType });
    expect(codeOf(fake.body)).toBe('unreadable_source');
    expect(recordingAnswer.parse((await send(path, 0, bytes.length, '&last=true')).body).recording).toBeDefined();
  });

  test('of the sample goes with the sample’s run and with no other', async () => {
    const { path } = await begun();
    const sample = { body: { sample: true } };
    expect(codeOf((await api.ask(operator, 'POST', path, sample)).body)).toBe('not_permitted');
    const run = idOf((await api.ask(operator, 'POST', '/api/samples', { body: {} })).body);
    await draftAndOpen(api, run);
    const rt = idOf((await api.ask(operator, 'POST', `/api/runs/${run}/run-throughs`, { body: {} })).body);
    const answer = await api.ask(operator, 'POST', `/api/runs/${run}/run-throughs/${rt}/recording`, sample);
    expect(recordingAnswer.parse(answer.body).recording?.mediaType).toBe('video/webm');
  });
});
