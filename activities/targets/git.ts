import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { readGitAddress, type GitAddress } from '../../workflows/domain/git-address.js';
import { visibleOnly } from '../../workflows/domain/invisible.js';
import { receiptPathOf, receiptSchema, type Receipt } from '../../workflows/domain/receipt.js';
import { WorkingRepository, type Change, type Entry } from './git-repository.js';
import type { GitEnvironment } from './git-run.js';
import { GitTrouble, troubleOf } from './git-trouble.js';
import type { Delivery, Outcome, Target } from './target.js';

/** Names the decision in a commit; a retry looks for it. */
export const trailer = 'Countersign-Decision';
/** How often a commit is made anew where others push at the same time. */
const maxRounds = 6;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The files of a delivery by their path in the repository, and its receipt as it lies there. */
type Files = { folder: string; bytes: Map<string, Uint8Array>; page: string; receipt: string; own: Receipt };

function filesOf({ folder }: GitAddress, delivery: Delivery): Files {
  const { page, assets } = delivery;
  const at = (path: string) => {
    const odd = path.split('/').some((part) => !/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(part));
    if (odd) throw new GitTrouble(`“${path}” does not lie inside the item’s folder.`, false);
    return posix.join(folder, path);
  };
  for (const file of [page, ...assets]) {
    if (sha256(file.bytes) !== file.sha256) throw new GitTrouble(`“${file.path}” is not what was approved.`, false);
  }
  const item = posix.dirname(page.path);
  if (item === '.') throw new GitTrouble(`“${page.path}” has no folder of its own.`, false);
  // Without the moment of delivery, so that a retry makes the same bytes: in a repository the push tells it.
  const text = delivery.receiptAt(undefined);
  const receipt = at(receiptPathOf(page.path));
  const bytes = new Map<string, Uint8Array>([
    ...assets.map(({ path, bytes }): [string, Uint8Array] => [at(posix.join(item, path)), bytes]),
    [at(page.path), page.bytes],
    [receipt, Buffer.from(text, 'utf8')],
  ]);
  return { folder: at(item), bytes, page: at(page.path), receipt, own: receiptSchema.parse(JSON.parse(text)) };
}

/** From the approved page alone: nothing that nobody approved gets into a history. */
function messageOf({ page, version, decision }: Delivery): string {
  const heading = /^# (.+)$/m.exec(Buffer.from(page.bytes).toString('utf8'))?.[1] ?? posix.basename(page.path);
  const title = [...visibleOnly(heading.replace(/\\(.)/g, '$1')).text.replace(/\s+/g, ' ').trim()]
    .slice(0, 120)
    .join('');
  return `${title}, version ${version}\n\n${trailer}: ${decision.id}\n`;
}

const inTheWay = (path: string) =>
  new GitTrouble(`Another “${path}” is in the repository already. It was not overwritten.`, false);

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Refuses whatever is neither a plain file nor a folder on the way: links and submodules lead elsewhere. */
function refuseOdd(entries: Map<string, Entry>, files: readonly string[]): void {
  for (const [path, { mode, type }] of entries) {
    const file = files.includes(path);
    const plain = file ? type === 'blob' && (mode === '100644' || mode === '100755') : type === 'tree';
    if (!plain) throw new GitTrouble(`“${path}” in the repository is not a ${file ? 'file' : 'folder'}.`, false);
  }
}

function parsed(text: string): Receipt | undefined {
  try {
    return receiptSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

class GitDelivery {
  constructor(
    private readonly repository: WorkingRepository,
    private readonly delivery: Delivery,
    private readonly files: Files,
    private readonly blobs: ReadonlyMap<string, string>,
  ) {}

  /** The commit by which this very delivery came into the branch, if it did. */
  async found(tip: string): Promise<string | undefined> {
    const commits = await this.repository.carrying(tip, trailer, this.delivery.decision.id);
    for (const commit of commits) if (await this.holds(commit)) return commit;
    return undefined;
  }

  private async holds(commit: string): Promise<boolean> {
    const entries = await this.repository.entries(commit, [...this.blobs.keys()]);
    return [...this.blobs].every(([path, id]) => entries.get(path)?.id === id);
  }

  /** What the receipt at `tip` says lies there, by path: only that may be replaced. */
  private async earlier(entries: Map<string, Entry>): Promise<Map<string, string>> {
    const entry = entries.get(this.files.receipt);
    if (entry === undefined) return new Map();
    const receipt = parsed((await this.repository.bytes(entry.id)).toString('utf8'));
    const { own, receipt: path } = this.files;
    if (receipt === undefined || receipt.runId !== own.runId) throw inTheWay(path);
    if (Date.parse(receipt.decision.decidedAt) > Date.parse(own.decision.decidedAt)) {
      throw new GitTrouble('A newer version is in the repository already. It was not overwritten.', false);
    }
    const assets = receipt.assets.filter((asset) =>
      /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(asset.path),
    );
    return new Map([
      ...assets.map((asset): [string, string] => [posix.join(this.files.folder, asset.path), asset.sha256]),
      [this.files.page, receipt.renditionSha256],
    ]);
  }

  private async changeAt(tip: string): Promise<Change> {
    const { receipt } = this.files;
    const ours = [...this.blobs.keys()];
    const above = (paths: string[]) => [...new Set(paths.flatMap(foldersAbove))];
    const entries = await this.repository.entries(tip, [...above(ours), ...ours]);
    refuseOdd(entries, ours);
    const earlier = await this.earlier(entries);
    const gone = [...earlier.keys()].filter((path) => !this.blobs.has(path));
    const left =
      gone.length === 0 ? new Map<string, Entry>() : await this.repository.entries(tip, [...above(gone), ...gone]);
    refuseOdd(left, gone);
    const known = async (path: string, { id }: Entry) => {
      const digest = earlier.get(path);
      return digest !== undefined && sha256(await this.repository.bytes(id)) === digest;
    };
    for (const [path, id] of this.blobs) {
      const there = entries.get(path);
      if (there === undefined || there.id === id || path === receipt) continue;
      if (!(await known(path, there))) throw inTheWay(path);
    }
    const remove: string[] = [];
    for (const path of gone) {
      const there = left.get(path);
      if (there !== undefined && (await known(path, there))) remove.push(path);
    }
    return { put: this.blobs, remove };
  }

  /** The commit that delivers it: one that is there already, or one that is pushed onto the newest. */
  async arrive(): Promise<string> {
    const { publicationId, decision } = this.delivery;
    for (let round = 0; round < maxRounds; round += 1) {
      const tip = await this.repository.fetch();
      const found = tip === undefined ? undefined : await this.found(tip);
      if (found !== undefined) return found;
      // It was looked: whatever was begun before has not arrived.
      await this.repository.forget(publicationId);
      const change = tip === undefined ? { put: this.blobs, remove: [] } : await this.changeAt(tip);
      const text = { message: messageOf(this.delivery), at: decision.decidedAt };
      const commit = await this.repository.commit(tip, change, text);
      if (commit === tip) return commit;
      await this.repository.note(publicationId, commit);
      if (await this.repository.push(commit, tip)) return commit;
    }
    throw new GitTrouble('Others push to this branch all the time. It is tried again.', true);
  }

  /** After a person found that it had arrived: the commit, where it can be found. */
  async look(): Promise<string | undefined> {
    const tip = await this.repository.fetch();
    return tip === undefined ? undefined : this.found(tip);
  }
}

type Work = (it: GitDelivery) => Promise<string | undefined>;

async function prepared(
  data: string,
  env: GitEnvironment,
  address: GitAddress,
  delivery: Delivery,
  signal?: AbortSignal,
) {
  const files = filesOf(address, delivery);
  const repository = await WorkingRepository.open(data, address, env, signal);
  const blobs = new Map<string, string>();
  for (const [path, bytes] of files.bytes) blobs.set(path, await repository.blob(bytes));
  return { repository, it: new GitDelivery(repository, delivery, files, blobs) };
}

/** A branch of a git repository: one commit for each decision. `data` is where the working repositories lie. */
export function gitTarget(data: string, env: GitEnvironment): Target {
  const doing = async (work: Work, delivery: Delivery, signal?: AbortSignal): Promise<Outcome> => {
    const read = readGitAddress(delivery.address);
    if (!read.ok) return { outcome: 'failed', trouble: read.words, again: false };
    let repository: WorkingRepository | undefined;
    try {
      const ready = await prepared(data, env, read.address, delivery, signal);
      repository = ready.repository;
      const commit = await work(ready.it);
      await repository.forget(delivery.publicationId);
      const receiptPath = posix.join(read.address.folder, receiptPathOf(delivery.page.path));
      const receipt = delivery.receiptAt(new Date().toISOString(), commit);
      return { outcome: 'published', receipt, receiptPath };
    } catch (error) {
      signal?.throwIfAborted();
      const { message: trouble, again } = troubleOf(error);
      // A push that was begun may have arrived though no answer came.
      const rejected = error instanceof GitTrouble && !again;
      if (rejected) await repository?.forget(delivery.publicationId);
      const unsure = !rejected && (await repository?.noted(delivery.publicationId).catch(() => true)) === true;
      return { outcome: 'failed', trouble, again, ...(unsure && { unsure }) };
    }
  };
  return {
    far: true,
    deliver: (delivery, signal) => doing((it) => it.arrive(), delivery, signal),
    acknowledge: (delivery, signal) => doing((it) => it.look().catch(() => undefined), delivery, signal),
  };
}
