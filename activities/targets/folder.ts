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

/** Makes the folders of a path one by one and refuses a link on the way: links can lead out. */
async function folderFor(root: string, path: string): Promise<{ folder: string; made: string[] }> {
  let folder = root;
  const made: string[] = [];
  for (const part of partsOf(path).slice(0, -1)) {
    const parent = folder;
    folder = join(folder, part);
    await mkdir(folder).then(
      () => made.push(parent),
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
    const found = await lstat(folder);
    if (!found.isDirectory()) throw new InTheWay(`“${relative(root, folder)}” is not a folder.`);
  }
  return { folder, made };
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
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP' || code === 'EISDIR') throw new InTheWay(`“${path}” is not a file.`);
    throw error;
  }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
}

type Placed = { commit(): Promise<void>; folders: string[] };

/** Writes beside its final place and syncs; `commit` renames. Nothing to do where the same bytes lie there already. */
async function stage(root: string, path: string, bytes: Uint8Array, publicationId: string): Promise<Placed> {
  const { folder, made } = await folderFor(root, path);
  const found = await existing(root, path);
  if (found !== undefined) {
    if (Buffer.compare(found, bytes) === 0) return { commit: async () => undefined, folders: [folder] };
    throw new InTheWay(`Another “${path}” is there already. It was not overwritten.`);
  }
  // Named for the publication, so that a try cut short is cleared away by the next.
  const draft = join(folder, `.${publicationId}.${posix.basename(path)}.part`);
  await rm(draft, { force: true });
  await writeFile(draft, bytes, { flag: 'wx', mode: 0o644, flush: true });
  return { commit: () => rename(draft, join(root, path)), folders: [folder, ...made] };
}

/** The receipt of an earlier try keeps its moment, so that a retry writes the same bytes. */
async function receiptFor(root: string, path: string, delivery: Delivery): Promise<string> {
  const found = await existing(root, path);
  if (found === undefined) return delivery.receiptAt(new Date().toISOString());
  const earlier = receiptSchema.safeParse(parsed(found.toString('utf8')));
  if (earlier.success) {
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
  const { made } = await folderFor(root, page.path);
  const receiptPath = receiptPathOf(page.path);
  const receipt = await receiptFor(root, receiptPath, delivery);
  const beside = (path: string) => posix.join(posix.dirname(page.path), ...partsOf(path));
  // One after another where folders are made, so that two files do not race for one folder.
  const staged: Placed[] = [];
  for (const asset of assets) staged.push(await stage(root, beside(asset.path), asset.bytes, id));
  staged.push(await stage(root, page.path, page.bytes, id));
  staged.push(await stage(root, receiptPath, Buffer.from(receipt, 'utf8'), id));
  // Pictures, page, receipt: a receipt never lies there without its page.
  for (const file of staged) await file.commit();
  await Promise.all([...new Set([...made, ...staged.flatMap((file) => file.folders)])].map(sync));
  return { receipt, receiptPath };
}

/** What a person can do about a full or closed disk, without the machine's own words. */
function words(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk of the published folder is full.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'The published folder cannot be written to.';
  return `The published folder did not take the file (${code}).`;
}

async function placeReceipt(root: string, delivery: Delivery): Promise<{ receipt: string; receiptPath: string }> {
  const receiptPath = receiptPathOf(delivery.page.path);
  await folderFor(root, receiptPath);
  const receipt = await receiptFor(root, receiptPath, delivery);
  const staged = await stage(root, receiptPath, Buffer.from(receipt, 'utf8'), delivery.publicationId);
  await staged.commit();
  await Promise.all(staged.folders.map(sync));
  return { receipt, receiptPath };
}

type Work = (root: string, delivery: Delivery) => Promise<{ receipt: string; receiptPath: string }>;

/** The published folder. `data` is where a relative address starts. */
export function folderTarget(data: string): Target {
  const doing =
    (work: Work) =>
    async (delivery: Delivery): Promise<Outcome> => {
      try {
        const root = resolve(data, delivery.address);
        await mkdir(root, { recursive: true });
        const { receipt, receiptPath } = await work(await realpath(root), delivery);
        const address = isAbsolute(delivery.address) ? delivery.address : posix.normalize(delivery.address);
        return { outcome: 'published', receipt, receiptPath: posix.join(address, receiptPath) };
      } catch (error) {
        if (error instanceof InTheWay) return { outcome: 'failed', trouble: error.message, again: false };
        return { outcome: 'failed', trouble: words(error), again: true };
      }
    };
  return { deliver: doing(place), acknowledge: doing(placeReceipt) };
}
