import { freshKey } from '../idempotency.js';
import { contractKind } from './kinds.js';
import type { KeptZip } from './memory.js';
import type { Row } from './rows.js';
import { sameBytes } from './same.js';
import { zipNames } from './zip-names.js';

type There = { rows: readonly Row[]; zips: readonly KeptZip[]; files: ReadonlyMap<string, File> };

/** What came of files that were dropped. */
export type Added = {
  rows: Row[];
  zips: KeptZip[];
  files: Map<string, File>;
  /** Rows whose file was gone and is here again. */
  again: string[];
  /** Names of files that were in the list already. */
  twice: string[];
};

const alike = (one: { name: string; size: number }, other: { name: string; size: number }) =>
  one.name === other.name && one.size === other.size;

/** Finds out what dropped files are and which are there already. Nothing is sent. */
export async function adding(dropped: readonly File[], there: There): Promise<Added> {
  const added: Added = { rows: [], zips: [], files: new Map(), again: [], twice: [] };
  for (const file of dropped) await addOne(file, there, added);
  return added;
}

async function addOne(file: File, there: There, added: Added): Promise<void> {
  const name = file.name || 'Pasted contract';
  const { size } = file;
  const kind = contractKind({ name, size });
  const rows = [...there.rows, ...added.rows];
  if (typeof kind === 'object') {
    if (rows.some((row) => row.state.at === 'refused' && alike(row, { name, size }))) {
      added.twice.push(name);
      return;
    }
    const state = { at: 'refused' as const, words: kind.refused, again: false };
    added.rows.push({ id: freshKey(), name, size, state });
    return;
  }
  const zips = [...there.zips, ...added.zips];
  const gone = rows.filter((row) => row.state.at === 'gone' && !added.again.includes(row.id));
  const zip = zips.find((one) => alike(one, { name, size }));
  if (kind === 'zip' && zip !== undefined) {
    const back = gone.filter((row) => row.zip?.id === zip.id).map((row) => row.id);
    if (back.length > 0) {
      added.files.set(zip.id, file);
      added.again.push(...back);
      return;
    }
    if (rows.some((row) => row.zip?.id === zip.id)) {
      added.twice.push(name);
      return;
    }
  }
  const back = gone.find((row) => row.zip === undefined && alike(row, { name, size }));
  if (back !== undefined) {
    added.files.set(back.id, file);
    added.again.push(back.id);
    return;
  }
  const known = [...there.files, ...added.files];
  for (const [, other] of known)
    if (await sameBytes(file, other)) {
      added.twice.push(name);
      return;
    }
  const namesake = rows.find((row) => alike(row, { name, size }) && row.state.at !== 'refused');
  const inHand = namesake !== undefined && known.some(([id]) => id === namesake.id);
  // What was started has left the browser: the name and the size have to do.
  if (namesake !== undefined && !inHand) {
    added.twice.push(name);
    return;
  }
  if (kind === 'zip') return addZip(file, { name, size }, added);
  const note = 'Another file has this name and size, and other words.';
  const row: Row = { id: freshKey(), name, size, ...(namesake && { note }), state: { at: 'waiting' } };
  added.files.set(row.id, file);
  added.rows.push(row);
}

async function addZip(file: File, { name, size }: { name: string; size: number }, added: Added): Promise<void> {
  const id = freshKey();
  const listed = await zipNames(file);
  added.files.set(id, file);
  const waiting = { at: 'waiting' as const };
  if (listed === undefined || listed.length === 0) {
    added.zips.push({ id, name, size });
    added.rows.push({ id: freshKey(), name, size, zip: { id }, state: waiting });
    return;
  }
  added.zips.push({ id, name, size, count: listed.length });
  added.rows.push(...listed.map((one, at) => ({ id: freshKey(), ...one, zip: { id, at }, state: waiting })));
}
