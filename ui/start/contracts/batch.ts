import type { UnpackedEntry } from '../../../api/contract/index.js';
import { ApiError, sentenceOf } from '../../shared/api.js';
import type { Bodies } from '../../shared/bodies.js';
import { freshKey } from '../idempotency.js';
import { adding, type Added } from './adding.js';
import type { KeptZip, Memory } from './memory.js';
import * as list from './rows.js';
import type { Choice, ReadFile, Row, RowState } from './rows.js';

/** What the list does to the world. */
export type Effects = {
  send: (file: File, progress: (share: number) => void, signal: AbortSignal) => Promise<ReadFile>;
  unpack: (file: File, progress: (share: number) => void, signal: AbortSignal) => Promise<UnpackedEntry[]>;
  startRun: (body: Bodies['post /api/runs'], key: string) => Promise<{ id: string }>;
};

const atOnce = 3;

const didNotArrive = (error: unknown) =>
  !(error instanceof ApiError) ||
  error.code === 'offline' ||
  error.code === 'rate_limited' ||
  error.code === 'not_signed_in' ||
  error.status >= 500;

const sameWords = (name: string) =>
  `The same file as “${name}”, which is in the list already. It is not started twice.`;

/** Contracts that were dropped, and how far each is. It outlives the page that shows it, so that one can look elsewhere meanwhile. */
export class ContractBatch {
  #rows: readonly Row[];
  #zips: readonly KeptZip[];
  readonly #files = new Map<string, File>();
  readonly #stops = new Map<string, AbortController>();
  #adding: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly effects: Effects,
    private readonly memory: Memory,
  ) {
    ({ rows: this.#rows, zips: this.#zips } = memory.read());
    this.#startReady();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  rows = (): readonly Row[] => this.#rows;
  zipName = (id: string): string => this.#zips.find((zip) => zip.id === id)?.name ?? 'a ZIP';

  #put(rows: readonly Row[], keep = true): void {
    this.#rows = rows;
    if (keep) this.memory.write({ rows: [...rows], zips: [...this.#zips] });
    this.#listeners.forEach((listener) => listener());
  }
  #set(id: string, state: RowState): void {
    const keep = state.at !== 'sending' || state.share === 0;
    this.#put(
      this.#rows.map((row) => (row.id === id ? { ...row, state } : row)),
      keep,
    );
  }
  #find = (id: string): Row | undefined => this.#rows.find((row) => row.id === id);

  /** Adds what was dropped. Nothing is sent. Answers with what was there already. */
  add(files: readonly File[]): Promise<Added> {
    // One after the other: what is dropped twice in a hurry is seen twice.
    const turn = this.#adding.then(() => this.#add(files));
    this.#adding = turn.catch(() => undefined);
    return turn;
  }

  async #add(files: readonly File[]): Promise<Added> {
    const found = await adding(files, { rows: this.#rows, zips: this.#zips, files: this.#files });
    found.files.forEach((file, id) => this.#files.set(id, file));
    this.#zips = [...this.#zips, ...found.zips];
    const again = new Set(found.again);
    const back = this.#rows.map((row): Row => (again.has(row.id) ? { ...row, state: { at: 'waiting' } } : row));
    this.#put([...back, ...found.rows]);
    return found;
  }

  /** Says which contract a file changes; without one it is a contract of its own. */
  amend(id: string, of: string | undefined): void {
    const row = this.#find(id);
    if (row === undefined || !list.isMovable(this.#rows, row)) return;
    this.#put(list.withAmends(this.#rows, id, of));
    this.#startReady();
  }

  takeOut(id: string): void {
    this.#keep(list.without(this.#rows, id));
    this.#startReady();
  }

  /** Takes out what is done with. */
  clear(): void {
    this.#keep(this.#rows.filter((row) => row.state.at !== 'started'));
  }

  /** Goes on with these rows alone: nothing that belongs to none of them is sent or held. */
  #keep(rows: readonly Row[]): void {
    const living = new Set(rows.flatMap((row) => [row.id, row.zip?.id ?? row.id]));
    this.#zips = this.#zips.filter((zip) => living.has(zip.id));
    for (const id of this.#files.keys()) if (!living.has(id)) this.#files.delete(id);
    for (const [id, stop] of this.#stops) if (!living.has(id)) stop.abort();
    this.#put(rows);
  }

  /** Another file in the place of one that was refused or is gone. */
  async replace(id: string, file: File): Promise<Added> {
    const rest = { rows: this.#rows.filter((row) => row.id !== id), zips: this.#zips, files: this.#files };
    const found = await adding([file], rest);
    const [fresh] = found.rows;
    if (fresh === undefined) return found;
    found.files.forEach((one, at) => this.#files.set(at, one));
    this.#zips = [...this.#zips, ...found.zips];
    // What changed the old one changes the new one; only a ZIP has several.
    const { amends } = this.#find(id) ?? {};
    this.#keep(
      this.#rows.flatMap((row) => {
        if (row.id === id) return found.rows.map((one) => (amends === undefined ? one : { ...one, amends }));
        return row.amends === id ? { ...row, amends: fresh.id } : row;
      }),
    );
    return found;
  }

  /** Sends again what did not get through. */
  again(id: string): void {
    const row = this.#find(id);
    if (row?.state.at !== 'refused' || !row.state.again) return;
    const { source } = row.state;
    this.#set(id, source === undefined ? { at: 'waiting' } : { at: 'read', source });
    this.#pump();
    this.#startReady();
  }

  /** Starts everything that waits. */
  start(choice: Choice): void {
    const ids = new Set(list.toStart(this.#rows).map((row) => row.id));
    this.#put(this.#rows.map((row) => (ids.has(row.id) ? { ...row, going: choice } : row)));
    this.#pump();
    this.#startReady();
  }

  #pump(): void {
    while (this.#stops.size < atOnce) {
      const next = this.#rows.find(
        (row) => row.going && row.state.at === 'waiting' && this.#files.has(row.zip?.id ?? row.id),
      );
      const file = this.#files.get(next?.zip?.id ?? next?.id ?? '');
      if (next === undefined || file === undefined) return;
      void (next.zip === undefined ? this.#send(next.id, file) : this.#unpack(next.zip.id, file));
    }
  }

  async #job(id: string, work: (signal: AbortSignal) => Promise<void>, failed: (error: unknown) => void) {
    const stop = new AbortController();
    this.#stops.set(id, stop);
    try {
      await work(stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) failed(error);
    } finally {
      this.#stops.delete(id);
      this.#pump();
      this.#startReady();
    }
  }

  #refuse(id: string, error: unknown, source?: ReadFile): void {
    const again = didNotArrive(error);
    this.#set(id, { at: 'refused', words: sentenceOf(error), again, ...(source && { source }) });
  }

  #send(id: string, file: File): Promise<void> {
    this.#set(id, { at: 'sending', share: 0 });
    return this.#job(
      id,
      async (signal) => {
        const progress = (share: number) => {
          if (!signal.aborted) this.#set(id, { at: 'sending', share });
        };
        this.#wasRead(id, await this.effects.send(file, progress, signal));
      },
      (error) => this.#refuse(id, error),
    );
  }

  #wasRead(id: string, { id: source, sha256, warnings }: ReadFile): void {
    const twin = this.#rows.find(
      ({ id: other, state }) => other !== id && 'source' in state && state.source?.sha256 === sha256,
    );
    if (twin) this.#set(id, { at: 'refused', words: sameWords(twin.name), again: false });
    else this.#set(id, { at: 'read', source: { id: source, sha256, warnings } });
  }

  #unpack(zip: string, file: File): Promise<void> {
    const mine = () => this.#rows.filter((row) => row.zip?.id === zip && !('source' in row.state));
    const all = (state: RowState) => mine().forEach((row) => this.#set(row.id, state));
    all({ at: 'sending', share: 0 });
    return this.#job(
      zip,
      async (signal) => {
        const entries = await this.effects.unpack(file, (share) => all({ at: 'sending', share }), signal);
        const listed = this.#zips.find((one) => one.id === zip)?.count === entries.length;
        if (!listed) this.#showEntries(zip, entries);
        for (const [at, entry] of entries.entries()) {
          const row = mine().find((one) => one.zip?.at === at);
          if (row === undefined) continue;
          if ('source' in entry) this.#wasRead(row.id, entry.source);
          else this.#set(row.id, { at: 'refused', words: entry.refused, again: false });
        }
      },
      (error) => mine().forEach((row) => this.#refuse(row.id, error)),
    );
  }

  /** The files of a ZIP that only the server could list. They wait for Start, so that amendments can be marked. */
  #showEntries(zip: string, entries: readonly UnpackedEntry[]): void {
    const shown = entries.map(({ name, ...entry }, at): Row => {
      const size = 'source' in entry ? entry.source.bytes : 0;
      return { id: freshKey(), name, size, zip: { id: zip, at }, state: { at: 'sending', share: 1 } };
    });
    const first = this.#rows.findIndex((row) => row.zip?.id === zip);
    this.#put(this.#rows.filter((row) => row.zip?.id !== zip).toSpliced(Math.max(0, first), 0, ...shown));
  }

  #startReady(): void {
    for (const family of list.startable(this.#rows)) void this.#startRun(family);
  }

  async #startRun([root, ...amendments]: Row[]): Promise<void> {
    if (root === undefined) return;
    const family = [root, ...amendments];
    const { drafter = 'default', supersedes, before = [] } = root.going ?? {};
    const body = {
      track: 'contract-summary' as const,
      sources: [...before, ...family.flatMap(({ state }) => (state.at === 'read' ? [state.source.id] : []))],
      ...(supersedes && { input: { supersedes } }),
      ...(drafter !== 'default' && { drafter }),
    };
    const content = JSON.stringify(body);
    const sentAs = root.sentAs?.content === content ? root.sentAs : { content, key: freshKey() };
    const move = (to: (source: ReadFile) => RowState) => {
      const ids = new Set(family.map((row) => row.id));
      this.#put(
        this.#rows.map((row) =>
          ids.has(row.id) && 'source' in row.state && row.state.source
            ? { ...row, ...(row.id === root.id && { sentAs }), state: to(row.state.source) }
            : row,
        ),
      );
    };
    // Kept before it is asked: a page that is loaded again asks for the very same.
    move((source) => ({ at: 'starting', source }));
    try {
      const { id: run } = await this.effects.startRun(body, sentAs.key);
      family.forEach((row) => this.#files.delete(row.id));
      move((source) => ({ at: 'started', source, run }));
    } catch (error) {
      move((source) => ({ at: 'read', source }));
      const now = this.#find(root.id)?.state;
      this.#refuse(root.id, error, now && 'source' in now ? now.source : undefined);
    }
  }
}
