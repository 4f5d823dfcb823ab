import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Refusal } from '../../workflows/domain/errors.js';
import { maxSourceBytes } from '../../workflows/domain/sources.js';
import { typeOfDocument } from './document.js';
import type { Unzipped, UnzipRequest, UnzippedEntry } from './unzip.js';
import { openZip, TooLarge, unpackEntry, type OpenZip, type ZipEntry } from './zip.js';

const maxEntries = 200;
const maxTotal = 500 * 1024 * 1024;
/** Text packs to a tenth; what packs to a two-hundredth was made to fill a disk. */
const maxRatio = 200;
const small = 1024 * 1024;

/** Folders, and what a Mac puts beside its files. */
const noFile = /(?:\/|^__MACOSX\/.*|(?:^|\/)\.DS_Store)$/;

/** The last part of a name, for people to read; no path is ever made of it. */
function shownName(name: string): string {
  const last =
    name
      .split(/[/\\]/)
      .filter((part) => part.trim() !== '' && part !== '.' && part !== '..')
      .at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim()
    .slice(0, 150);
  return clean === '' ? 'A file without a name' : clean;
}

async function take({ zip }: OpenZip, { name, entry }: ZipEntry, to: string, left: number): Promise<UnzippedEntry> {
  const shown = shownName(name);
  const refuse = (refusal: string): UnzippedEntry => ({ name: shown, refusal });
  if (entry.isEncrypted()) return refuse('This file is locked with a password. Make the ZIP without one.');
  if (entry.uncompressedSize > small && entry.uncompressedSize > maxRatio * Math.max(1, entry.compressedSize))
    return refuse('This file unpacks to far more than it should, so it was left packed.');
  if (entry.uncompressedSize > left)
    return refuse('The files before this one fill what one ZIP may hold (500 MB). Put it in a ZIP of its own.');
  try {
    const bytes = await unpackEntry(zip, entry, Math.min(maxSourceBytes.document, left));
    if (bytes.length === 0) return refuse('This file is empty.');
    const type = await typeOfDocument(bytes);
    await writeFile(to, bytes, { mode: 0o600, flag: 'wx' });
    return { name: shown, path: to, type, bytes: bytes.length };
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.message);
    return refuse(
      error instanceof TooLarge
        ? `This file is larger than ${maxSourceBytes.document / small} MB. Make it smaller and add it again.`
        : 'This file is damaged in the ZIP. Make the ZIP again.',
    );
  }
}

async function unzip({ path: file, into }: UnzipRequest): Promise<Unzipped> {
  let opened: OpenZip;
  try {
    opened = await openZip(file, maxEntries * 5 + 1);
  } catch {
    return { refusal: 'This ZIP is damaged or is none. Make it again and add that.' };
  }
  if (opened.entries.some(({ name }) => name === '[Content_Types].xml'))
    return { refusal: 'This is an Office file, not a ZIP of contracts. Add it by itself.' };
  const files = opened.entries.filter(({ name }) => !noFile.test(name));
  if (files.length > maxEntries || opened.entries.length > maxEntries * 5)
    return { refusal: `This ZIP holds more than ${maxEntries} files, which is more than one takes. Split it.` };
  if (files.length === 0) return { refusal: 'This ZIP holds no files.' };
  const entries: UnzippedEntry[] = [];
  let left = maxTotal;
  for (const [at, one] of files.entries()) {
    const entry = await take(opened, one, path.join(into, String(at + 1).padStart(3, '0')), left);
    if ('bytes' in entry) left -= entry.bytes;
    entries.push(entry);
  }
  return { entries };
}

// A child of the API: one request on stdin, one answer on stdout, written by unzip.ts of the same build.
const request = JSON.parse(await text(process.stdin)) as UnzipRequest;
process.stdout.write(JSON.stringify(await unzip(request)));
