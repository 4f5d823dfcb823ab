import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { filePath, has, open, putBytes, putStream, putText, read, removeFile, sizeOf } from '../../db/files.js';
import { sha256Hex } from '../../workflows/domain/canonical.js';
import { freshFolder } from '../support/harness.js';

describe('the file store', () => {
  it('names a file by its bytes, and keeps one of the same', async () => {
    const data = freshFolder('files');
    const stored = await Promise.all(Array.from({ length: 8 }, () => putText(data, 'grüße')));
    expect(new Set(stored.map((one) => one.sha256))).toEqual(new Set([sha256Hex('grüße')]));
    expect(stored[0]?.bytes).toBe(7);
    expect(readFileSync(filePath(data, sha256Hex('grüße')), 'utf8')).toBe('grüße');
    expect(readdirSync(join(data, 'files', 'incoming'))).toEqual([]);
  });

  it('leads nowhere but into itself', () => {
    for (const name of ['', '..', '../../etc/passwd', `${'a'.repeat(63)}/`, 'A'.repeat(64), `${'a'.repeat(64)}\n`]) {
      expect(() => filePath('/data', name), name).toThrow(TypeError);
    }
  });

  it('takes streams up to a limit and leaves nothing behind of what is too long or breaks off', async () => {
    const data = freshFolder('files');
    const { sha256 } = await putStream(data, Readable.from([Buffer.from('ab'), Buffer.from('cd')]), 4);
    expect(sha256).toBe(sha256Hex('abcd'));
    await expect(putStream(data, Readable.from([Buffer.from('abcde')]), 4)).rejects.toThrow(RangeError);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('a');
        throw new Error('The line went dead.');
      })(),
    );
    await expect(putStream(data, broken)).rejects.toThrow('dead');
    expect(readdirSync(join(data, 'files', 'incoming'))).toEqual([]);
    expect(await has(data, sha256Hex('a'))).toBe(false);
  });

  it('reads whole files and parts, and forgets on demand', async () => {
    const data = freshFolder('files');
    const { sha256 } = await putBytes(data, Buffer.from('0123456789'));
    const part = await open(data, sha256, { start: 2, end: 4 }).toArray();
    expect(Buffer.concat(part).toString()).toBe('234');
    expect((await read(data, sha256)).toString()).toBe('0123456789');
    expect(await sizeOf(data, sha256)).toBe(10);
    await removeFile(data, sha256);
    expect(await has(data, sha256)).toBe(false);
    await removeFile(data, sha256);
  });
});
