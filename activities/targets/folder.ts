import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, resolve } from 'node:path';
import { receiptPathOf, receiptSchema } from '../../workflows/domain/receipt.js';
import type { Delivery, Outcome, Target } from './target.js';

/** Something lies in the way that trying again does not move; the words are for a person. */
class InTheWay extends Error {}

/** A path below a folder, in its parts; refuses whatever could lead out of it. */
function partsOf(path: string): string[] {
  const parts = path.split('/');
  const odd = parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part));
  if (odd || isAbsolute(path)) throw new InTheWay(`“${path}” does not lie inside the folder.`);
  return parts;
}

/** Folders of one delivery: those that were looked at, and those whose entries changed and must be synced. */
type Folders = { root: string; sure: Set<string>; changed: Set<string> };

/** Makes the folders of a path one by one and refuses a link on the way: links can lead out. */
async function folderFor(folders: Folders, path: string): Promise<string> {
  let folder = folders.root;
  for (const part of partsOf(path).slice(0, -1)) {
    const parent = folder;
    folder = join(folder, part);
    if (folders.sure.has(folder)) continue;
    if (await madeFolder(folder)) folders.changed.add(parent);
    else if (!(await lstat(folder)).isDirectory()) {
      throw new InTheWay(`“${relative(folders.root, folder)}” is not a folder.`);
    }
    folders.sure.add(folder);
  }
  return folder;
}

async function madeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** The bytes that lie at a path, or undefined; never through a link. */
async function existing(root: string, path: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      if (!(await handle.stat()).isFile()) throw new InTheWay(`“${path}” is not a file.`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP' || code === 'EISDIR') throw new InTheWay(`“${path}” is not a file.`);
    throw error;
  }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
}

/** Writes beside its final place and syncs; answers how to rename. Nothing to do where the same bytes lie there already. */
async function stage(folders: Folders, path: string, bytes: Uint8Array, id: string): Promise<() => Promise<void>> {
  const folder = await folderFor(folders, path);
  folders.changed.add(folder);
  const found = await existing(folders.root, path);
  if (found !== undefined) {
    if (Buffer.compare(found, bytes) === 0) return async () => undefined;
    throw new InTheWay(`Another “${path}” is there already. It was not overwritten.`);
  }
  // Named for the publication, so that a try cut short is cleared away by the next.
  const draft = join(folder, `.${id}.${posix.basename(path)}.part`);
  await writeFresh(draft, bytes);
  return () => rename(draft, join(folders.root, path));
}

async function writeFresh(file: string, bytes: Uint8Array): Promise<void> {
  const write = () => writeFile(file, bytes, { flag: 'wx', mode: 0o644, flush: true });
  await write().catch(async (error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
    await rm(file, { force: true });
    await write();
  });
}

/** The receipt of an earlier try keeps its moment, so that a retry writes the same bytes. */
async function receiptFor(root: string, path: string, delivery: Delivery): Promise<string> {
  const found = await existing(root, path);
  if (found === undefined) return delivery.receiptAt(new Date().toISOString());
  const earlier = receiptSchema.safeParse(parsed(found.toString('utf8')));
  if (earlier.success && earlier.data.deliveredAt !== undefined) {
    const text = delivery.receiptAt(earlier.data.deliveredAt);
    if (text === found.toString('utf8')) return text;
  }
  throw new InTheWay(`Another “${path}” is there already. It was not overwritten.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function place(root: string, delivery: Delivery): Promise<{ receipt: string; receiptPath: string }> {
  const { page, assets, publicationId: id } = delivery;
  for (const file of [page, ...assets]) {
    const digest = createHash('sha256').update(file.bytes).digest('hex');
    if (digest !== file.sha256) throw new InTheWay(`“${file.path}” is not what was approved.`);
  }
  const folders: Folders = { root, sure: new Set(), changed: new Set() };
  const beside = (path: string) => posix.join(posix.dirname(page.path), ...partsOf(path));
  // Folders first and one after another, so that two files do not race for one.
  for (const path of [page.path, ...assets.map((asset) => beside(asset.path))]) await folderFor(folders, path);
  const receiptPath = receiptPathOf(page.path);
  const receipt = await receiptFor(root, receiptPath, delivery);
  const commits = await Promise.all([
    ...assets.map((asset) => stage(folders, beside(asset.path), asset.bytes, id)),
    stage(folders, page.path, page.bytes, id),
    stage(folders, receiptPath, Buffer.from(receipt, 'utf8'), id),
  ]);
  // Pictures, page, receipt: a receipt never lies there without its page.
  for (const commit of commits) await commit();
  await Promise.all([...folders.changed].map(sync));
  return { receipt, receiptPath };
}

async function placeReceipt(root: string, delivery: Delivery): Promise<{ receipt: string; receiptPath: string }> {
  const folders: Folders = { root, sure: new Set(), changed: new Set() };
  const receiptPath = receiptPathOf(delivery.page.path);
  await folderFor(folders, receiptPath);
  const receipt = await receiptFor(root, receiptPath, delivery);
  await (
    await stage(folders, receiptPath, Buffer.from(receipt, 'utf8'), delivery.publicationId)
  )();
  await Promise.all([...folders.changed].map(sync));
  return { receipt, receiptPath };
}

/** What a person can do about a full or closed disk, without the machine's own words. */
function words(error: unknown): string {
  const code = codeOf(error) ?? 'unknown';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk of the published folder is full.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'The published folder cannot be written to.';
  return `The published folder did not take the file (${code}).`;
}

/** The folder itself may be a link: whoever set the address meant it so. */
async function rootOf(root: string): Promise<string> {
  return realpath(root).catch(async (error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    await mkdir(root, { recursive: true });
    return realpath(root);
  });
}

type Work = (root: string, delivery: Delivery) => Promise<{ receipt: string; receiptPath: string }>;

/** The published folder. `data` is where a relative address starts. */
export function folderTarget(data: string): Target {
  const doing =
    (work: Work) =>
    async (delivery: Delivery): Promise<Outcome> => {
      try {
        const root = resolve(data, delivery.address);
        const { receipt, receiptPath } = await work(await rootOf(root), delivery);
        const address = isAbsolute(delivery.address) ? delivery.address : posix.normalize(delivery.address);
        return { outcome: 'published', receipt, receiptPath: posix.join(address, receiptPath) };
      } catch (error) {
        if (error instanceof InTheWay) return { outcome: 'failed', trouble: error.message, again: false };
        return { outcome: 'failed', trouble: words(error), again: true };
      }
    };
  return { deliver: doing(place), acknowledge: doing(placeReceipt) };
}
