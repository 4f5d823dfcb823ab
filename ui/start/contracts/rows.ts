import type { AskedDrafter } from '../../../workflows/domain/drafters.js';

/** A file that was read: what is needed of the source. */
export type ReadFile = { id: string; sha256: string; warnings: readonly string[] };

/** What a person chose when pressing Start. */
export type Choice = {
  drafter: AskedDrafter;
  /** The run whose contract this one takes the place of or changes. */
  supersedes?: string;
  /** Documents that were read before and are read along, first. */
  before?: readonly string[];
};

export type RowState =
  | { at: 'waiting' }
  | { at: 'sending'; share: number }
  | { at: 'read'; source: ReadFile }
  | { at: 'starting'; source: ReadFile }
  | { at: 'started'; source: ReadFile; run: string }
  /** `again`: it did not get through, so that sending it again may do; `source`: it was read, and not started. */
  | { at: 'refused'; words: string; again: boolean; source?: ReadFile }
  /** The page was loaded again before it was sent, and no page keeps files. */
  | { at: 'gone' };

/** One file: a contract, or what changes one. Its place in the list is its place among a run's documents. */
export type Row = {
  id: string;
  name: string;
  size: number;
  /** The row of the contract that this one changes. */
  amends?: string;
  /** Set once Start was pressed for it. */
  going?: Choice;
  /** The ZIP that it is in, and which file of it; `at` is absent where the browser could not list the ZIP. */
  zip?: { id: string; at?: number };
  /** Something to know about it that stops nothing. */
  note?: string;
  /** What was asked of the server and under which key: the same again is the same run. */
  sentAs?: { content: string; key: string };
  state: RowState;
};

/** A ZIP whose files the browser could not list. */
export const isUnlisted = (row: Row): boolean => row.zip !== undefined && row.zip.at === undefined;

/** The rows of one run: the contract, then what changes it, in order. */
export function familyOf(rows: readonly Row[], root: string): Row[] {
  return rows.filter((row) => row.id === root || row.amends === root);
}

const isOver = ({ state }: Row) => state.at === 'started' || state.at === 'starting';
/** Whether the run was started, nobody here can tell: what belongs to it may not change before that is known. */
const isUnsure = ({ state, sentAs }: Row) => state.at === 'refused' && state.again && sentAs !== undefined;

/** True while it can still be said what the file is. */
export function isMovable(rows: readonly Row[], row: Row): boolean {
  return !isUnlisted(row) && !familyOf(rows, row.amends ?? row.id).some((one) => isOver(one) || isUnsure(one));
}

/** The contracts that a file can be said to change. */
export function amendable(rows: readonly Row[], row: Row): Row[] {
  return rows.filter((other) => other.id !== row.id && other.amends === undefined && isMovable(rows, other));
}

/** The list with a file marked as changing `of`, behind what changes it already; without `of` a contract of its own. */
export function withAmends(rows: readonly Row[], id: string, of: string | undefined): Row[] {
  const row = rows.find((one) => one.id === id);
  if (row === undefined || row.amends === of) return [...rows];
  const { amends, ...alone } = row;
  const group = of ?? amends;
  // What changed this one changes its new contract.
  const moving = [row.id, ...(of === undefined ? [] : familyOf(rows, id).map((one) => one.id))];
  const moved = rows
    .filter((one) => moving.includes(one.id))
    .map((one) => (of === undefined ? alone : { ...one, amends: of }));
  const rest = rows.filter((one) => !moving.includes(one.id));
  const after = rest.findLastIndex((one) => one.id === group || one.amends === group);
  return rest.toSpliced(after + 1, 0, ...moved);
}

/** The list without a row. What changed it is a contract of its own again until it is said otherwise. */
export function without(rows: readonly Row[], id: string): Row[] {
  return rows
    .filter((row) => row.id !== id)
    .map((row) => {
      if (row.amends !== id) return row;
      const { amends: _gone, going: _stop, ...alone } = row;
      return alone;
    });
}

/** Contracts whose files are all read and that Start was pressed for. */
export function startable(rows: readonly Row[]): Row[][] {
  return rows
    .filter((row) => row.amends === undefined && row.state.at === 'read')
    .map((row) => familyOf(rows, row.id))
    .filter((family) => family.every((one) => one.going !== undefined && one.state.at === 'read'));
}

/** What Start would set going. */
export function toStart(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.going === undefined && (row.state.at === 'waiting' || row.state.at === 'read'));
}

/** True while a file or a start is under way, so that closing the page would break it off. */
export function isBusy(rows: readonly Row[]): boolean {
  return rows.some(
    ({ going, state }) =>
      state.at === 'sending' || state.at === 'starting' || (state.at === 'waiting' && going !== undefined),
  );
}

export type Progress = { total: number; read: number; started: number; refused: number };

/** How far everything is that Start was pressed for. */
export function progressOf(rows: readonly Row[]): Progress {
  const going = rows.filter((row) => row.going !== undefined || row.state.at === 'refused');
  const at = (...states: RowState['at'][]) => going.filter(({ state }) => states.includes(state.at)).length;
  return {
    total: going.length,
    read: at('read', 'starting', 'started'),
    started: going.filter((row) => row.amends === undefined && row.state.at === 'started').length,
    refused: at('refused'),
  };
}
