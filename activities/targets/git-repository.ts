import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitAddress } from '../../workflows/domain/git-address.js';
import { GitFailed, runGit, scrubbed, type GitEnvironment } from './git-run.js';
import { rejection, troubleOf } from './git-trouble.js';

/** What lies at a path of a commit. */
export type Entry = { mode: string; type: string; id: string };
/** What a commit changes: blobs by path, and paths to take out. */
export type Change = { put: ReadonlyMap<string, string>; remove: readonly string[] };
export type CommitText = { message: string; at: string };

/** Fetching and pushing may move much. */
const farLimitMs = 240_000;
const somebody = { name: 'Countersign', email: 'countersign@countersign.invalid' };

/** A bare repository of our own in which commits are made by plumbing: no work tree, no hooks, nothing checked out. */
export class WorkingRepository {
  private constructor(
    private readonly folder: string,
    private readonly env: GitEnvironment,
    private readonly address: GitAddress,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Opens the one of this address below the data folder; makes it where it is not there. */
  static async open(data: string, address: GitAddress, env: GitEnvironment, signal?: AbortSignal) {
    const name = createHash('sha256').update(address.repository).digest('hex').slice(0, 32);
    const folder = join(data, 'git', `${name}.git`);
    await mkdir(join(data, 'git'), { recursive: true });
    const own = await scrubbed(env, address.protocol);
    const args = ['init', '--quiet', '--bare', '--template=', '--object-format=sha1', folder];
    await runGit({ args, env: own, signal });
    return new WorkingRepository(folder, { ...own, GIT_DIR: folder }, address, signal);
  }

  private run(args: string[], more: { input?: string | Uint8Array; limitMs?: number; env?: GitEnvironment } = {}) {
    const env = { ...this.env, ...more.env };
    return runGit({ ...more, args, env, cwd: this.folder, signal: this.signal });
  }

  private async line(args: string[], more: { input?: string | Uint8Array; env?: GitEnvironment } = {}) {
    return (await this.run(args, more)).toString('utf8').trim();
  }

  private get ref(): string {
    return `refs/heads/${this.address.branch}`;
  }

  /** The branch as it is there now; undefined where there is none yet. */
  async fetch(): Promise<string | undefined> {
    const here = `refs/countersign/at/${randomUUID()}`;
    const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--'];
    try {
      await this.run([...args, this.address.repository, `+${this.ref}:${here}`], { limitMs: farLimitMs });
    } catch (error) {
      if (error instanceof GitFailed && /couldn't find remote ref/.test(error.stderr)) return undefined;
      throw error;
    }
    const tip = await this.line(['rev-parse', '--verify', '--quiet', `${here}^{commit}`]);
    // Kept under one name for each branch, so that the next fetch brings only what is new.
    const branch = createHash('sha256').update(this.ref).digest('hex').slice(0, 32);
    await this.run(['update-ref', `refs/countersign/kept/${branch}`, tip]).catch(() => undefined);
    await this.run(['update-ref', '-d', here]);
    return tip;
  }

  /** Commits up to `tip` that carry this trailer, newest first. */
  async carrying(tip: string, trailer: string, value: string): Promise<string[]> {
    const format = `--format=%H %(trailers:key=${trailer},valueonly,separator=%x20)`;
    const text = await this.line(['log', format, '--fixed-strings', `--grep=${trailer}: ${value}`, tip, '--']);
    const lines = text.split('\n').map((line) => line.split(' '));
    return lines.flatMap(([id = '', ...values]) => (values.includes(value) ? [id] : []));
  }

  /** What lies at these paths of a commit, without looking through links. */
  async entries(commit: string, paths: readonly string[]): Promise<Map<string, Entry>> {
    const text = (await this.run(['ls-tree', '-z', '-t', '--full-tree', commit, '--', ...paths])).toString('utf8');
    const found = text.split('\0').flatMap((line): [string, Entry][] => {
      const [, mode, type, id, path] = /^(\d+) (\w+) ([0-9a-f]+)\t([\s\S]*)$/.exec(line) ?? [];
      return mode && type && id && path && paths.includes(path) ? [[path, { mode, type, id }]] : [];
    });
    return new Map(found);
  }

  /** The bytes of a blob. */
  bytes(id: string): Promise<Buffer> {
    return this.run(['cat-file', 'blob', id]);
  }

  /** Keeps bytes as a blob, as they are. */
  blob(bytes: string | Uint8Array): Promise<string> {
    return this.line(['hash-object', '-w', '-t', 'blob', '--no-filters', '--stdin'], { input: bytes });
  }

  /** A commit on `parent` with this change; `parent` itself where it changes nothing. The same input makes the same commit. */
  async commit(parent: string | undefined, { put, remove }: Change, { message, at }: CommitText): Promise<string> {
    const env = { GIT_INDEX_FILE: join(this.folder, `index-${randomUUID()}`) };
    try {
      await this.run(['read-tree', parent ?? '--empty'], { env });
      const lines = [
        ...remove.map((path) => `0 ${'0'.repeat(40)}\t${path}\0`),
        ...[...put].map(([path, id]) => `100644 ${id}\t${path}\0`),
      ];
      await this.run(['update-index', '-z', '--index-info'], { env, input: lines.join('') });
      const tree = await this.line(['write-tree'], { env });
      if (parent !== undefined && tree === (await this.line(['rev-parse', `${parent}^{tree}`]))) return parent;
      const date = `@${Math.floor(Date.parse(at) / 1000)} +0000`;
      const by = (role: string) => ({
        [`GIT_${role}_NAME`]: somebody.name,
        [`GIT_${role}_EMAIL`]: somebody.email,
        [`GIT_${role}_DATE`]: date,
      });
      const onto = parent === undefined ? [] : ['-p', parent];
      return await this.line(['commit-tree', tree, ...onto], {
        input: message,
        env: { ...by('AUTHOR'), ...by('COMMITTER') },
      });
    } finally {
      await Promise.all([env.GIT_INDEX_FILE, `${env.GIT_INDEX_FILE}.lock`].map((file) => rm(file, { force: true })));
    }
  }

  /**
   * Pushes onto exactly this parent. False where somebody else was faster.
   * @throws GitTrouble
   */
  async push(commit: string, parent: string | undefined): Promise<boolean> {
    const lease = `--force-with-lease=${this.ref}:${parent ?? ''}`;
    const args = ['push', '--porcelain', '--no-verify', '--no-follow-tags', '--recurse-submodules=no', lease, '--'];
    try {
      await this.run([...args, this.address.repository, `${commit}:${this.ref}`], { limitMs: farLimitMs });
      return true;
    } catch (error) {
      this.signal?.throwIfAborted();
      const trouble = rejection(error);
      if (trouble !== undefined) throw trouble;
      return false;
    }
  }

  /** Notes that a push of this delivery was begun, so that it is known after a crash that it may have arrived. */
  async note(delivery: string, commit: string): Promise<void> {
    await this.run(['update-ref', `refs/countersign/sent/${delivery}`, commit]);
  }

  /** Takes the note away: it is known what became of the push. */
  async forget(delivery: string): Promise<void> {
    await this.run(['update-ref', '-d', `refs/countersign/sent/${delivery}`]).catch(() => undefined);
  }

  /** Whether a push was begun of which nothing more is known. */
  async noted(delivery: string): Promise<boolean> {
    const args = ['rev-parse', '--verify', '--quiet', `refs/countersign/sent/${delivery}`];
    return this.run(args).then(
      () => true,
      (error: unknown) => {
        if (error instanceof GitFailed && error.why === 'failed') return false;
        throw troubleOf(error);
      },
    );
  }
}
