import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unzipInChild } from '../../activities/readers/unzip.js';
import { pdf, put } from '../support/pdfs.js';
import { docxOf, zipOf, type Packed } from '../support/zips.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unzip-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function unzip(bytes: Uint8Array) {
  const path = `${folder}.zip`;
  await writeFile(path, bytes);
  try {
    return await unzipInChild({ path, into: folder });
  } finally {
    await rm(path);
  }
}
const words = (entries: Awaited<ReturnType<typeof unzip>>) =>
  entries.map((entry) => ('refusal' in entry ? [entry.name, entry.refusal] : [entry.name, entry.type]));

describe('a ZIP of contracts', () => {
  test('gives each contract by what it is, and of what is none says why, without stopping', async () => {
    const contract = await pdf((d) => put(d, 'A contract', 50, 50));
    const files: Packed[] = [
      { name: 'vendors/Acme.pdf', bytes: contract },
      { name: 'vendors/', bytes: '' },
      { name: '__MACOSX/vendors/._Acme.pdf', bytes: 'x' },
      { name: 'Globex.docx', bytes: docxOf('<w:p><w:r><w:t>Words</w:t></w:r></w:p>') },
      { name: 'Initech.txt', bytes: 'The parties agree.' },
      { name: 'inner.zip', bytes: zipOf([{ name: 'a.pdf', bytes: contract }]) },
      { name: 'picture.png', bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
      { name: 'locked.pdf', bytes: contract, flags: 1 },
      { name: 'empty.pdf', bytes: '' },
      { name: 'lies.pdf', bytes: contract, claims: 10 },
      { name: 'bomb.txt', bytes: Buffer.alloc(30 * 1024 * 1024, 'a') },
    ];
    const entries = await unzip(zipOf(files));
    expect(words(entries)).toEqual([
      ['Acme.pdf', 'pdf'],
      ['Globex.docx', 'docx'],
      ['Initech.txt', 'text'],
      ['inner.zip', expect.stringContaining('ZIP file, not a contract')],
      ['picture.png', expect.stringContaining('of type png')],
      ['locked.pdf', expect.stringContaining('locked with a password')],
      ['empty.pdf', expect.stringContaining('empty')],
      ['lies.pdf', expect.stringContaining('damaged in the ZIP')],
      ['bomb.txt', expect.stringContaining('far more than it should')],
    ]);
    const [first] = entries;
    if (first === undefined || !('path' in first)) throw new Error('The first file was not unpacked.');
    expect(await readFile(first.path)).toEqual(contract);
  });

  test('never writes outside its folder, whatever its names say', async () => {
    const names = [
      '../../outside.txt',
      '/etc/outside.txt',
      'C:\\outside.txt',
      '..\\..\\outside.txt',
      '\u202eexe.txt',
      '..',
      'a\nb.txt',
    ];
    const entries = await unzip(zipOf(names.map((name) => ({ name, bytes: 'The parties agree.' }))));
    for (const entry of entries) {
      expect(entry.name).not.toMatch(/[/\\\n\u202e]|^\.\.$/);
      if ('path' in entry) expect(dirname(entry.path)).toBe(folder);
    }
    expect(entries).toHaveLength(names.length);
    expect((await readdir(folder)).sort()).toEqual(names.map((_, at) => String(at + 1).padStart(3, '0')));
    expect(existsSync(join(folder, '../../outside.txt'))).toBe(false);
  });

  test('is refused where it holds too much, is no ZIP, or is a Word file', async () => {
    const many = Array.from({ length: 201 }, (_, at) => ({ name: `${at}.txt`, bytes: 'x' }));
    await expect(unzip(zipOf(many))).rejects.toThrow('more than 200 files');
    await expect(unzip(Buffer.from('no zip at all'))).rejects.toThrow('damaged or is none');
    await expect(unzip(docxOf(''))).rejects.toThrow('Add it by itself');
    await expect(unzip(zipOf([]))).rejects.toThrow('holds no files');
    expect(await readdir(folder)).toEqual([]);
  });
});
