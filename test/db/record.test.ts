import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkExport } from '../../bin/verify/export.js';
import { verify } from '../../bin/verify/verify.js';
import { erasedReasons, exportTo, publishedRun } from './record-kit.js';
import { seal } from '../../db/record.js';
import { verifyRecord } from '../../db/queries/record.js';
import { eventHash } from '../../workflows/domain/record/hash.js';
import { freshFolder } from '../support/harness.js';
import { member, openKit, type Kit } from './kit.js';

type Line = Record<string, unknown>;

describe('the exported record', () => {
  let kit: Kit;
  let data: string;
  let whole: string;
  let folder: string;
  beforeAll(async () => {
    kit = await openKit();
    data = freshFolder('record');
    const operator = await member(kit, 'operator');
    const approver = await member(kit, 'approver');
    await publishedRun(kit, operator, approver);
    await seal(kit.api, { sealer: kit.sealer, dataFolder: data });
    await publishedRun(kit, operator, approver);
    await seal(kit.api, { sealer: kit.sealer, dataFolder: data });
    await publishedRun(kit, operator, approver);
    whole = join(data, 'whole');
    await exportTo(kit, whole);
  });
  afterAll(() => kit.close());
  beforeEach(() => {
    folder = freshFolder('tampered');
    for (const file of ['record.jsonl', 'checkpoints.jsonl', 'decisions.jsonl', 'subjects.jsonl', 'keys.json']) {
      writeFileSync(join(folder, file), readFileSync(join(whole, file)));
    }
  });

  const read = (file: string): Line[] =>
    readFileSync(join(folder, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): Line => JSON.parse(line));
  const write = (file: string, lines: readonly Line[]) =>
    writeFileSync(join(folder, file), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const change = (file: string, edit: (lines: Line[]) => Line[]) => write(file, edit(read(file)));
  const check = () => checkExport(folder, undefined, undefined);

  /** What somebody would do who knows how the chain is made: every hash computed anew. */
  function rechained(lines: readonly Line[]): Line[] {
    const heads = new Map<string, { seq: number; hash: string }>();
    return lines.map((line, index) => {
      const stream = String(line['stream']);
      const head = heads.get(stream) ?? { seq: 0, hash: '0'.repeat(64) };
      const text = (name: string) => String(line[name]);
      const event = {
        stream,
        seq: head.seq + 1,
        at: text('at'),
        actor: text('actor'),
        kind: text('kind'),
        body: text('body'),
      };
      const hash = eventHash({ ...event, prev: head.hash });
      heads.set(stream, { seq: event.seq, hash });
      return { position: index + 1, ...event, prev: head.hash, hash };
    });
  }
  const isSealed = (line: Line, index: number, lines: Line[]) =>
    lines.slice(index).some((later) => later['kind'] === 'checkpoint-sealed') && line['stream'] !== 'checkpoints';

  it('is whole, and says so', () => {
    expect(check()).toMatch(
      /^\d+ events in \d+ streams are whole\. 3 decisions .*; 3 publications .* 2 checkpoints hold/,
    );
  });

  it('shows an edited event', () => {
    change('record.jsonl', (lines) =>
      lines.map((line) => (line['kind'] === 'decided' ? { ...line, actor: 'person:somebody-else' } : line)),
    );
    expect(check).toThrow(/^Event \d+ of run:\S+ is not as it was written\.$/);
  });

  it('shows an event whose time alone was changed', () => {
    change('record.jsonl', (lines) =>
      lines.map((line, n) => (n === 3 ? { ...line, at: '2026-01-01T00:00:00.000000Z' } : line)),
    );
    expect(check).toThrow(/is not as it was written/);
  });

  it('shows every single deleted event that a checkpoint or a later event covers', () => {
    const lines = read('record.jsonl');
    for (const [index, line] of lines.entries()) {
      const later = lines.slice(index + 1).some((other) => other['stream'] === line['stream']);
      if (!later && !isSealed(line, index, lines)) continue;
      write(
        'record.jsonl',
        lines.filter((_, n) => n !== index),
      );
      expect(check, `without event ${index}`).toThrow();
    }
  });

  it('shows an inserted event, also where the chain was computed anew', () => {
    const lines = read('record.jsonl');
    const decidedAt = lines.findIndex((line) => line['kind'] === 'decided');
    const forged = { ...lines[decidedAt], kind: 'requirement-met', body: '{}' };
    const inserted = [...lines.slice(0, decidedAt), forged, ...lines.slice(decidedAt)];
    write(
      'record.jsonl',
      inserted.map((line, n) => ({ ...line, position: n + 1 })),
    );
    expect(check).toThrow();
    write('record.jsonl', rechained(inserted));
    expect(check).toThrow(/is another than checkpoint 1 saw/);
  });

  it('shows another order, also where the chain was computed anew', () => {
    const lines = read('record.jsonl');
    const of = (kind: string) => lines.findIndex((line) => line['kind'] === kind);
    const [a, b] = [of('draft-written'), of('review-opened')];
    const swapped = lines.map((line, n) => (n === a ? lines[b] : n === b ? lines[a] : line) ?? line);
    write('record.jsonl', swapped);
    expect(check).toThrow(/out of order|missing/);
    write(
      'record.jsonl',
      swapped.map((line, n) => ({ ...line, position: n + 1 })),
    );
    expect(check).toThrow(/is missing|does not follow/);
    write('record.jsonl', rechained(swapped));
    expect(check).toThrow(/is another than checkpoint/);
  });

  it('shows that it was cut off anywhere before its last checkpoint', () => {
    const lines = read('record.jsonl');
    const last = lines.map((line) => line['kind']).lastIndexOf('checkpoint-sealed');
    for (let end = 0; end <= last; end += 1) {
      write('record.jsonl', lines.slice(0, end));
      expect(check, `after ${end} events`).toThrow();
    }
  });

  it('shows a cut that took the checkpoints too, against the copies that left the database', () => {
    const lines = read('record.jsonl');
    const first = lines.findIndex((line) => line['kind'] === 'checkpoint-sealed');
    write('record.jsonl', lines.slice(0, first + 1));
    change('checkpoints.jsonl', (rows) => rows.slice(0, 1));
    const kept = new Set(
      lines
        .slice(0, first + 1)
        .filter((line) => line['kind'] === 'decided')
        .map((line) => JSON.parse(String(line['body'])).decisionId),
    );
    change('decisions.jsonl', (rows) => rows.filter((row) => kept.has(row['id'])));
    expect(check()).toMatch(/1 checkpoints hold/);
    expect(() => checkExport(folder, undefined, join(data, 'published', 'checkpoints'))).toThrow(
      /Checkpoint 2 .* cut off or replaced/,
    );
  });

  it('shows a decision that is missing, altered, or was never signed', () => {
    const rows = read('decisions.jsonl');
    write('decisions.jsonl', rows.slice(1));
    expect(check).toThrow(/^Decision \S+ .* is missing/);
    const forged = (edit: Line) =>
      write(
        'decisions.jsonl',
        rows.map((row, n) => (n === 0 ? { ...row, ...edit } : row)),
      );
    for (const edit of [
      { person: rows[0]?.['runId'] },
      { decision: 'reject' },
      { singlePerson: true },
      { undone: true },
      { signature: 'A'.repeat(86) },
    ]) {
      forged(edit);
      expect(check, JSON.stringify(edit)).toThrow();
    }
    forged({ signedText: String(rows[0]?.['signedText']).replace('approve', 'reject') });
    expect(check).toThrow(/signature of decision \S+ is not valid/);
  });

  it('shows another manifest than was approved, and a publication without its approval', () => {
    change('subjects.jsonl', (rows) =>
      rows.map((row) => ({ ...row, manifest: String(row['manifest']).replace('.md', '.txt') })),
    );
    expect(check).toThrow(/The manifest of subject \S+ is not as it was approved/);
    writeFileSync(join(folder, 'subjects.jsonl'), readFileSync(join(whole, 'subjects.jsonl')));
    // Nothing after the last checkpoint is sealed, so only the gate's own rules can see this.
    const lines = read('record.jsonl');
    const last = lines.map((line) => line['kind']).lastIndexOf('decided');
    const decision = JSON.parse(String(lines[last]?.['body'])).decisionId;
    write('record.jsonl', rechained(lines.filter((_, n) => n !== last)));
    change('decisions.jsonl', (rows) => rows.filter((row) => row['id'] !== decision));
    expect(check).toThrow(/^Publication \S+ has no decision\.$/);
  });

  it('shows a checkpoint that was changed or signed by another key', () => {
    change('checkpoints.jsonl', (rows) =>
      rows.map((row, n) => (n === 0 ? { ...row, body: String(row['body']).replace('"events":', '"events": ') } : row)),
    );
    expect(check).toThrow(/^Checkpoint 1 is not as it was written/);
    writeFileSync(join(folder, 'checkpoints.jsonl'), readFileSync(join(whole, 'checkpoints.jsonl')));
    expect(() => checkExport(folder, ['A'.repeat(43)], undefined)).toThrow(/is not among the keys to check with/);
    expect(checkExport(folder, [kit.sealer.publicKey], undefined)).toContain('the key you gave');
  });

  it('is checked by a command that answers 0 or 1', async () => {
    expect(await verify([whole])).toBe(0);
    change('record.jsonl', (lines) => lines.slice(1));
    expect(await verify([folder])).toBe(1);
    rmSync(join(folder, 'keys.json'));
    expect(await verify([folder])).toBe(1);
    expect(await verify([])).toBe(1);
    mkdirSync(join(folder, 'empty'));
    expect(await verify([join(folder, 'empty')])).toBe(1);
  });

  it('stays whole when reasons and sources are erased', async () => {
    await erasedReasons(kit);
    const after = join(freshFolder('erased'), 'export');
    await exportTo(kit, after);
    expect(checkExport(after, undefined, undefined)).toContain('are whole');
  });

  it('is recomputed by the timeline too: tampering in the database itself is seen', async () => {
    expect(await verifyRecord(kit.api)).toMatchObject({ verified: true });
    await kit.owner.unsafe('alter table event disable trigger all');
    await kit.owner`update event set body = '{}' where position = 5`;
    const [row] = await kit.owner<[{ stream: string; seq: string }]>`select stream, seq from event where position = 5`;
    expect(await verifyRecord(kit.api)).toMatchObject({
      verified: false,
      broken: { stream: row.stream, seq: Number(row.seq) },
    });
    expect((await verifyRecord(kit.api, [row.stream])).verified).toBe(false);
    await kit.owner`delete from event where stream = ${row.stream}`;
    expect((await verifyRecord(kit.api)).verified).toBe(false);
  });
});
