import { describe, expect, test } from 'vitest';
import type { UnpackedEntry } from '../../api/contract/sources.js';
import { ApiError } from '../../ui/shared/api.js';
import { ContractBatch, type Effects } from '../../ui/start/contracts/batch.js';
import { contractKind } from '../../ui/start/contracts/kinds.js';
import type { Kept, Memory } from '../../ui/start/contracts/memory.js';
import { progressOf, type Row } from '../../ui/start/contracts/rows.js';
import { until } from '../support/until.js';
import { zipOf } from '../support/zips.js';

type Body = Parameters<Effects['startRun']>[0];

/** A server that reads and starts what it is sent, and can be told to refuse or to be away. */
function server() {
  const runs = new Map<string, { id: string; body: Body }>();
  const sent: string[] = [];
  const away = new Set<string>();
  let going = 0;
  let most = 0;
  let lost = 0;
  const sourceOf = (name: string, text: string) => ({
    ...{ id: `source of ${name}`, sha256: text, warnings: [], kind: 'document' as const },
    ...{ mediaType: 'text/plain', bytes: text.length, name },
  });
  const effects: Effects = {
    send: async (file) => {
      most = Math.max(most, (going += 1));
      const text = await file.text();
      going -= 1;
      sent.push(file.name);
      if (away.delete(file.name)) throw new ApiError('offline', 'The server does not answer.', 0);
      if (text.startsWith('bad')) throw new ApiError('unreadable_source', 'This file is damaged.', 422);
      return sourceOf(file.name, text);
    },
    unpack: (file) => {
      sent.push(file.name);
      const entries: UnpackedEntry[] = ['one', 'two', 'three'].map((name) =>
        name === 'two' ? { name, refused: 'This file is empty.' } : { name, source: sourceOf(name, name) },
      );
      return Promise.resolve(entries);
    },
    startRun: (body, key) => {
      const run = runs.get(key) ?? { id: `run ${String(runs.size + 1)}`, body };
      runs.set(key, run);
      if (lost > 0) {
        lost -= 1;
        return Promise.reject(new ApiError('offline', 'The server does not answer.', 0));
      }
      return Promise.resolve({ id: run.id });
    },
  };
  const bodies = () => [...runs.values()].map((run) => run.body.sources.join(' + '));
  return { effects, sent, away, bodies, most: () => most, loseAnswers: (n: number) => (lost = n) };
}

function memory(kept: Kept = { rows: [], zips: [] }): Memory & { kept: () => Kept } {
  return { read: () => kept, write: (now) => (kept = structuredClone(now)), kept: () => kept };
}

const file = (name: string, text = `words of ${name}`) => new File([text], name);
const named = (batch: ContractBatch, name: string): Row => {
  const row = batch.rows().find((one) => one.name === name);
  if (row === undefined) throw new Error(`There is no row ${name}.`);
  return row;
};
const states = (batch: ContractBatch) => batch.rows().map(({ name, state }) => `${name} ${state.at}`);
const settled = (batch: ContractBatch) =>
  until(() => batch.rows().every(({ state }) => ['started', 'refused', 'read', 'gone'].includes(state.at)), {
    what: 'the end of sending',
  });
const start = async (batch: ContractBatch) => {
  batch.start({ drafter: 'default' });
  await settled(batch);
};

describe('contracts that are dropped', () => {
  test('are not sent before Start, then three at once, and each starts its own run', async () => {
    const { effects, sent, bodies, most } = server();
    const batch = new ContractBatch(effects, memory());
    await batch.add(Array.from({ length: 40 }, (_, at) => file(`c${String(at)}.txt`)));
    expect(sent).toEqual([]);
    await start(batch);
    expect(bodies()).toHaveLength(40);
    expect(most()).toBe(3);
    expect(progressOf(batch.rows())).toEqual({ total: 40, read: 40, started: 40, refused: 0, broken: 0 });
  });

  test('stop at their own trouble: a bad one is refused, and the others start', async () => {
    const { effects, bodies } = server();
    const batch = new ContractBatch(effects, memory());
    await batch.add([file('a.txt'), file('b.txt', 'bad'), file('scan.png'), file('c.txt')]);
    await start(batch);
    expect(states(batch)).toEqual(['a.txt started', 'b.txt refused', 'scan.png refused', 'c.txt started']);
    expect(bodies()).toHaveLength(2);
    const others = batch.rows().filter((row) => row.name !== 'b.txt');
    await batch.replace(named(batch, 'b.txt').id, file('b2.txt'));
    expect(batch.rows().filter((row) => row.name !== 'b2.txt')).toEqual(others);
    await start(batch);
    expect(bodies()).toHaveLength(3);
  });

  test('are said to be there already where their bytes or their name and size are', async () => {
    const { effects } = server();
    const batch = new ContractBatch(effects, memory());
    const [{ twice: none }, { twice }] = [
      await batch.add([file('a.txt', 'aaaa'), file('b.txt', 'bbbb')]),
      await batch.add([file('copy of a.txt', 'aaaa'), file('b.txt', 'bbbb')]),
    ];
    expect([none, twice]).toEqual([[], ['copy of a.txt', 'b.txt']]);
    await batch.add([file('a.txt', 'AAAA')]);
    expect(batch.rows().map((row) => row.note !== undefined)).toEqual([false, false, true]);
    await start(batch);
    expect((await batch.add([file('a.txt', 'aaaa')])).twice).toEqual(['a.txt']);
  });

  test('are tried again where a refused one is dropped again, once Start is pressed', async () => {
    const { effects, sent } = server();
    const batch = new ContractBatch(effects, memory());
    await batch.add([file('b.txt', 'bad')]);
    await start(batch);
    const { twice } = await batch.add([file('b.txt', 'bad')]);
    expect([twice, states(batch), sent]).toEqual([[], ['b.txt waiting'], ['b.txt']]);
  });

  test('are read with their amendments, in the order in which these stand, once all are there', async () => {
    const { effects, bodies } = server();
    const batch = new ContractBatch(effects, memory());
    await batch.add([file('second.txt'), file('main.txt'), file('first.txt'), file('other.txt')]);
    const main = named(batch, 'main.txt').id;
    batch.amend(named(batch, 'first.txt').id, main);
    batch.amend(named(batch, 'second.txt').id, main);
    await start(batch);
    expect(bodies().sort()).toEqual([
      'source of main.txt + source of first.txt + source of second.txt',
      'source of other.txt',
    ]);
  });

  test('wait for an amendment that was refused, and start without it once it is taken out', async () => {
    const { effects, bodies } = server();
    const batch = new ContractBatch(effects, memory());
    await batch.add([file('main.txt'), file('amendment.txt', 'bad')]);
    batch.amend(named(batch, 'amendment.txt').id, named(batch, 'main.txt').id);
    await start(batch);
    expect(states(batch)).toEqual(['main.txt read', 'amendment.txt refused']);
    expect(bodies()).toEqual([]);
    batch.takeOut(named(batch, 'amendment.txt').id);
    await until(() => named(batch, 'main.txt').state.at === 'started');
    expect(bodies()).toEqual(['source of main.txt']);
  });

  test('are started once however often they are sent: after a lost answer and after the page is loaded again', async () => {
    const { effects, bodies, away, loseAnswers } = server();
    const kept = memory();
    const batch = new ContractBatch(effects, kept);
    await batch.add([file('a.txt'), file('b.txt'), file('c.txt')]);
    away.add('b.txt');
    loseAnswers(2);
    await start(batch);
    expect(states(batch)).toEqual(['a.txt refused', 'b.txt refused', 'c.txt refused']);
    const after = new ContractBatch(effects, memory(kept.kept()));
    expect(states(after)).toEqual(['a.txt refused', 'b.txt gone', 'c.txt refused']);
    after.rows().forEach((row) => after.again(row.id));
    await settled(after);
    await after.add([file('b.txt')]);
    await start(after);
    expect(states(after)).toEqual(['a.txt started', 'b.txt started', 'c.txt started']);
    expect(bodies()).toHaveLength(3);
  });

  test('go on by themselves after the page is loaded again where they were being started', async () => {
    const { effects, bodies } = server();
    const kept = memory();
    const never = new ContractBatch({ ...effects, startRun: () => new Promise(() => undefined) }, kept);
    await never.add([file('a.txt'), file('b.txt')]);
    never.start({ drafter: 'default' });
    await until(() => never.rows().every(({ state }) => state.at === 'starting'));
    const after = new ContractBatch(effects, memory(kept.kept()));
    await settled(after);
    expect(states(after)).toEqual(['a.txt started', 'b.txt started']);
    expect(bodies()).toHaveLength(2);
  });

  test('of a ZIP are shown before it is sent, can be marked, and start like the others', async () => {
    const { effects, sent, bodies } = server();
    const batch = new ContractBatch(effects, memory());
    const packed = ['a/one', 'two', 'three'].map((name) => ({ name, bytes: name }));
    const folder = { name: '__MACOSX/._one', bytes: 'x' };
    await batch.add([new File([Uint8Array.from(zipOf([...packed, folder]))], 'all.zip')]);
    expect(batch.rows().map((row) => row.name)).toEqual(['one', 'two', 'three']);
    expect(sent).toEqual([]);
    batch.amend(named(batch, 'three').id, named(batch, 'one').id);
    await start(batch);
    expect(states(batch)).toEqual(['one started', 'three started', 'two refused']);
    expect(bodies()).toEqual(['source of one + source of three']);
  });

  test('of a ZIP that the browser cannot list are shown once it is unpacked, and then wait for Start', async () => {
    const { effects, bodies } = server();
    const batch = new ContractBatch(effects, memory());
    await batch.add([file('odd.zip', 'no list in here')]);
    await start(batch);
    expect(states(batch)).toEqual(['one read', 'two refused', 'three read']);
    expect(bodies()).toEqual([]);
    await start(batch);
    expect(bodies()).toEqual(['source of one', 'source of three']);
  });
});

test.each([
  ['a.pdf', 'document'],
  ['a.DOCX', 'document'],
  ['a.txt', 'document'],
  ['all.ZIP', 'zip'],
])('%s can be dropped', (name, kind) => {
  expect(contractKind({ name, size: 10 })).toBe(kind);
});

test.each([
  ['old.doc', 10, '.docx'],
  ['scan.jpg', 10, 'PDF'],
  ['a.exe', 10, 'neither'],
  ['a.pdf', 0, 'empty'],
  ['a.pdf', 60 * 1024 * 1024, 'at most 50.0 MB'],
])('%s of %i bytes is refused in a sentence that says what to do', (name, size, words) => {
  expect(contractKind({ name, size })).toEqual({ refused: expect.stringContaining(words) });
});
