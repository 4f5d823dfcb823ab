import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpacked } from '../../api/contract/sources.js';
import { sweepIncoming } from '../../api/uploads.js';
import { filePath } from '../../db/files.js';
import { newId } from '../../db/ids.js';
import { cleaningContract } from '../../workflows/domain/samples/cleaning-contract.js';
import { zipOf, type Packed } from '../support/zips.js';
import { startApi, type ApiUnderTest, type As, type Person } from './api-under-test.js';
import { codeOf, idOf } from './ready-review.js';

let api: ApiUnderTest;
let operator: Person;
beforeAll(async () => {
  api = await startApi();
  operator = await api.person('operator', 'Owen');
});
afterAll(() => api.stop());

const contract = (name: string, vendor = name): Packed => ({
  name,
  bytes: cleaningContract.text.replaceAll('Brightwater', vendor),
});
const leftOver = () => (existsSync(join(api.data, 'uploads')) ? readdirSync(join(api.data, 'uploads')) : []);
const give = (bytes: Uint8Array, who: As) => {
  const form = new FormData();
  form.append('file', new File([Uint8Array.from(bytes)], 'contracts.zip'));
  return api.ask(who, 'POST', '/api/archives', { raw: form });
};
const entriesOf = async (files: readonly Packed[]) => {
  const { status, body } = await give(zipOf(files), operator);
  expect(status).toBe(201);
  return unpacked.parse(body).entries;
};

describe('a ZIP of contracts', () => {
  test('makes a source of each file, in its order, and each can start a run of its own', async () => {
    const entries = await entriesOf([contract('brook.txt', 'Brook'), contract('2026/ash.txt', 'Ash')]);
    expect(entries.map(({ name }) => name)).toEqual(['brook.txt', 'ash.txt']);
    for (const entry of entries) {
      if (!('source' in entry)) throw new Error(entry.refused);
      expect(entry.source).toMatchObject({ kind: 'document', mediaType: 'text/plain' });
      expect(existsSync(filePath(api.data, entry.source.sha256))).toBe(true);
      const started = await api.ask(operator, 'POST', '/api/runs', {
        body: { track: 'contract-summary', sources: [entry.source.id] },
        headers: { 'idempotency-key': newId() },
      });
      expect([started.status, typeof idOf(started.body)]).toEqual([202, 'string']);
    }
    expect(leftOver()).toEqual([]);
  });

  test('with bad files says of each what is wrong, and takes the others', async () => {
    const entries = await entriesOf([
      contract('good.txt', 'Good'),
      { name: 'broken.pdf', bytes: '%PDF-1.7\nand then nothing' },
      { name: 'picture.png', bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
      { name: 'empty.txt', bytes: '' },
      { ...contract('locked.txt', 'Locked'), flags: 1 },
      contract('also-good.txt', 'Also'),
    ]);
    expect(entries.map((entry) => [entry.name, 'source' in entry])).toEqual([
      ['good.txt', true],
      ['broken.pdf', false],
      ['picture.png', false],
      ['empty.txt', false],
      ['locked.txt', false],
      ['also-good.txt', true],
    ]);
    for (const entry of entries) if ('refused' in entry) expect(entry.refused).toMatch(/\.$/);
    expect(leftOver()).toEqual([]);
  });

  test('that unpacks to far more than it should is not unpacked, and what is beside it is taken', async () => {
    const bomb = { name: 'bomb.txt', bytes: Buffer.alloc(40 * 1024 * 1024) };
    const liar = { name: 'liar.txt', bytes: Buffer.alloc(60 * 1024 * 1024, 'a'), claims: 100 };
    const entries = await entriesOf([bomb, contract('calm.txt', 'Calm'), liar]);
    expect(entries.map((entry) => 'source' in entry)).toEqual([false, true, false]);
    expect(leftOver()).toEqual([]);
  });

  test('with names that lead elsewhere writes nothing elsewhere', async () => {
    const names = ['../../escape.txt', '/tmp/escape.txt', '..\\..\\escape.txt', 'a/../../../escape.txt'];
    const entries = await entriesOf(names.map((name, at) => contract(name, `Vendor ${String(at)}`)));
    expect(entries.map(({ name }) => name)).toEqual(names.map(() => 'escape.txt'));
    const there = readdirSync(api.data, { recursive: true }).map(String);
    expect(there.filter((path) => path.includes('escape'))).toEqual([]);
    expect(existsSync(join(api.data, '..', 'escape.txt'))).toBe(false);
    expect(existsSync('/tmp/escape.txt')).toBe(false);
    expect(leftOver()).toEqual([]);
  });

  test('that is empty, or is no ZIP, or holds nothing but a Word file’s parts is refused whole', async () => {
    const before = await api.events();
    const word = zipOf([{ name: '[Content_Types].xml', bytes: '<Types/>' }]);
    for (const bytes of [zipOf([]), Buffer.from('no ZIP'), new Uint8Array(0), word]) {
      const { status, body } = await give(bytes, operator);
      expect([status, codeOf(body)]).toEqual([422, 'unreadable_source']);
    }
    expect(await api.events()).toBe(before);
    expect(leftOver()).toEqual([]);
  });

  test('comes as a form with one file, or is told how', async () => {
    const json = await api.ask(operator, 'POST', '/api/archives', { body: {} });
    expect([json.status, codeOf(json.body)]).toEqual([415, 'unsupported_media']);
    const empty = await api.ask(operator, 'POST', '/api/archives', { raw: new FormData() });
    expect([empty.status, codeOf(empty.body)]).toEqual([400, 'invalid_request']);
    expect(leftOver()).toEqual([]);
  });

  test('is taken from operators and from keys that may start runs, and from nobody else', async () => {
    const zip = zipOf([contract('one.txt', 'One')]);
    const admin = await api.person('admin');
    const asked: [As, number][] = [
      [undefined, 401],
      [await api.person('viewer'), 403],
      [await api.key(admin, ['read']), 403],
      [await api.key(admin, ['runs:start']), 201],
      [operator, 201],
    ];
    for (const [who, status] of asked) expect((await give(zip, who)).status).toBe(status);
    expect(leftOver()).toEqual([]);
  });

  test('whose unpacking a crash broke off is swept away with all that it was unpacked to', async () => {
    const folder = join(api.data, 'uploads');
    const half = join(folder, `${newId()}.unpacked`);
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, '001'), 'half');
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await sweepIncoming(folder);
    expect(existsSync(half)).toBe(true);
    utimesSync(half, old, old);
    await sweepIncoming(folder);
    expect(existsSync(half)).toBe(false);
  });
});

test('a reader that crashes refuses its own file, and the others of its ZIP as well as everything after are read', async () => {
  const crashing = new URL('../../.cache/crashing-reader.mjs', import.meta.url).pathname;
  mkdirSync(join(crashing, '..'), { recursive: true });
  // Crashes on one file as a reader would that a file gets the better of, and reads the others.
  writeFileSync(
    crashing,
    `import { text } from 'node:stream/consumers';
     const { name } = JSON.parse(await text(process.stdin));
     if (name === 'crash.txt') process.kill(process.pid, 'SIGKILL');
     const answer = { mediaType: 'text/plain', reading: { kind: 'none' }, warnings: [] };
     process.stdout.write(JSON.stringify({ answer }));`,
  );
  const other = await startApi({ readerFile: crashing });
  const owen = await other.person('operator');
  const form = new FormData();
  const files = ['a.txt', 'crash.txt', 'b.txt', 'c.txt'].map((name) => contract(name));
  form.append('file', new File([Uint8Array.from(zipOf(files))], 'x.zip'));
  const { body } = await other.ask(owen, 'POST', '/api/archives', { raw: form });
  expect(unpacked.parse(body).entries.map((entry) => 'source' in entry)).toEqual([true, false, true, true]);
  await other.stop();
});
