import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { recordingAnswer, runThrough } from '../../api/contract/run-through.js';
import { filePath } from '../../db/files.js';
import { visitorLogSample } from '../../workflows/domain/samples/visitor-log.js';
import { startApp, type App } from '../support/app.js';
import type { Client } from '../support/client.js';
import { addPerson, type TestPerson } from '../support/people.js';
import { confirmAll, decide, openReview, startSop, type ReviewView } from '../support/sop-client.js';
import { until } from '../support/until.js';

let app: App;
let owen: TestPerson;
let mallory: TestPerson;
let tobias: TestPerson;
beforeAll(async () => {
  app = await startApp();
  [owen, mallory, tobias] = await Promise.all([
    addPerson(app, 'operator', 'Owen Tran'),
    addPerson(app, 'operator', 'Mallory'),
    addPerson(app, 'approver', 'Tobias Renner'),
  ]);
});
afterAll(() => app.stop());

const film = Buffer.from(visitorLogSample.recordingBase64, 'base64');
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytes = { 'content-type': 'application/octet-stream' };

async function begun(topic: string): Promise<{ review: ReviewView; base: string; rt: string }> {
  const review = await openReview(owen.client, await startSop(owen.client, topic));
  const base = `/api/runs/${review.runId}/run-throughs`;
  const { id } = await owen.client.ask(z.object({ id: z.string() }), 'POST', base, {});
  return { review, base, rt: id };
}
const chunk = (client: Client, path: string, part: number, offset: number, body: Uint8Array, last = false) =>
  client.send('POST', `${path}?part=${part}&offset=${offset}${last ? '&last=true' : ''}`, body, bytes);

async function tickAll(client: Client, review: ReviewView, through: string): Promise<void> {
  for (const { key, kind, valueDigest } of review.requirements)
    if (kind === 'run-through')
      await client.send('PATCH', through, {
        ...{ step: key.replace('run-through:', ''), stepDigest: valueDigest, result: 'as-written' },
      });
}

describe('the door for what a browser records', () => {
  test('lets nobody else record, tick, finish or lend a recording, and nothing is approved past it', async () => {
    const { review, base, rt } = await begun('ledger');
    const through = `${base}/${rt}`;
    const path = `${through}/recording`;
    const foreign = await begun('petty cash');
    await chunk(owen.client, `${foreign.base}/${foreign.rt}/recording`, 1, 0, film, true);
    const [lent] = await app.owner`select source_id from run_through_recording`;
    const tries: [number, Promise<{ status: number }>][] = [
      [403, chunk(mallory.client, path, 1, 0, film, true)],
      [403, mallory.client.send('POST', `${through}/finish`, {})],
      [403, mallory.client.send('POST', path, { sourceId: String(lent?.['source_id']) })],
      [409, owen.client.send('POST', path, { sourceId: String(lent?.['source_id']) })],
      [401, chunk(app.anonymous(), path, 1, 0, film, true)],
      [404, chunk(owen.client, `${foreign.base}/${rt}/recording`, 1, 0, film, true)],
      [422, chunk(owen.client, path, 1, 0, Buffer.from('%PDF-1.7 no film, only words'), true)],
      [409, chunk(owen.client, path, 1, 10, film, true)],
      [409, chunk(owen.client, path, 2, 0, film, true)],
      [400, chunk(owen.client, path, -1, 0, film, true)],
      [400, owen.client.send('POST', `${path}?part=1e9x&offset=0`, film, bytes)],
    ];
    for (const [status, trying] of tries) expect((await trying).status).toBe(status);
    await tickAll(owen.client, review, through);
    expect((await owen.client.send('POST', `${through}/finish`, {})).status).toBe(422);
    await confirmAll(owen.client, review);
    await expect(decide(tobias.client, review, 'approve')).rejects.toThrow(/requirements_missing/);
    const met = await app.owner`select 1 from fulfilment where run_id = ${review.runId} and run_through_id is not null`;
    expect(met).toHaveLength(0);
  });

  test('takes many of the same and of different chunks at once, and keeps them in order', async () => {
    const { base, rt } = await begun('stock room');
    const path = `${base}/${rt}/recording`;
    const half = film.length >> 1;
    await chunk(owen.client, path, 1, 0, film.subarray(0, half));
    const rush = Array.from({ length: 12 }, (_, n) =>
      chunk(
        owen.client,
        path,
        1,
        n % 2 === 0 ? half : 0,
        n % 2 === 0 ? film.subarray(half) : film.subarray(0, half),
        n === 4,
      ),
    );
    expect(new Set((await Promise.all(rush)).map((one) => one.status))).toEqual(new Set([200]));
    const done = await owen.client.ask(runThrough, 'GET', `${base}/${rt}`);
    expect(done.recordings.map((part) => part.sha256)).toEqual([sha(film)]);
  });

  test('loses nothing that it acknowledged when the server is killed', async () => {
    const { review, base, rt } = await begun('key safe');
    const path = `${base}/${rt}/recording`;
    const step = Math.ceil(film.length / 12);
    let acknowledged = 0;
    for (let at = 0; at < film.length; at += step) {
      const sending = chunk(owen.client, path, 1, at, film.subarray(at, at + step)).catch(() => undefined);
      if (at === step * 6) {
        app.processes.api.kill('SIGKILL');
        await until(() => app.processes.api.signalCode !== null);
        await sending;
        break;
      }
      if ((await sending)?.status === 200) acknowledged = Math.min(at + step, film.length);
    }
    await app.restart('api');
    const state = recordingAnswer.parse((await owen.client.send('GET', path)).body);
    expect(state.received).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBe(step * 6);
    await tickAll(owen.client, review, `${base}/${rt}`);
    expect((await owen.client.send('POST', `${base}/${rt}/finish`, {})).status).toBe(200);
    const { recordings } = await owen.client.ask(runThrough, 'GET', `${base}/${rt}`);
    const stored = readFileSync(filePath(app.data, recordings[0]?.sha256 ?? ''));
    expect(stored.equals(film.subarray(0, stored.length))).toBe(true);
    expect(stored.length).toBeGreaterThanOrEqual(acknowledged);
  });
});
