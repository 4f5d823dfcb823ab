import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { close, connect } from '../db/connect.js';
import {
  exportedDecisions,
  exportedEvents,
  exportedSeals,
  exportedSubjects,
  withSnapshot,
} from '../db/queries/export.js';
import { folderArgument } from './arguments.js';
import type { BinEnv } from './env.js';
import { say } from './say.js';
import { Trouble } from './trouble.js';
import { withDatabase } from './with-database.js';

const README = `This is the record of a Countersign: who decided what, when, on which exact bytes.

record.jsonl       every event in order, chained by hash within its stream; no text of drafts or sources
checkpoints.jsonl  signed statements of where every stream stood at a moment
decisions.jsonl    every decision with the text that was signed and its signature
subjects.jsonl     the manifest of everything that was put before a person; its SHA-256 is what was approved
keys.json          the public keys (Ed25519) that signed

npm run countersign -- verify FOLDER [--key FILE] checks all of it and needs no database. With --key it trusts the
public key in that file only; without, the keys in this folder, which whoever made the folder could have replaced.
`;

/** Writes the record into a new folder, for \`verify\`. Works while Countersign runs. */
export async function exportRecord(env: BinEnv, args: string[]): Promise<void> {
  const out = path.resolve(folderArgument(args, 'out'));
  if (existsSync(out)) throw new Trouble(`${out} exists already: an export is written into a new folder.`);
  const half = `${out}.partial`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  await withDatabase(env, (url) => writeRecord(url, half));
  writeFileSync(path.join(half, 'README.txt'), README);
  renameSync(half, out);
  say(`The record is in ${out}. Check it with: npm run countersign -- verify ${out}`);
}

async function writeRecord(url: string, folder: string): Promise<void> {
  const db = connect(url, { name: 'countersign export', max: 1 });
  const write = (name: string, rows: Iterable<unknown> | AsyncIterable<unknown>) =>
    pipeline(Readable.from(lines(rows)), createWriteStream(path.join(folder, name), { mode: 0o600 }));
  try {
    await withSnapshot(db, async (snapshot) => {
      const { checkpoints, keys } = await exportedSeals(snapshot);
      await write('record.jsonl', exportedEvents(snapshot));
      await write('decisions.jsonl', await exportedDecisions(snapshot));
      await write('subjects.jsonl', await exportedSubjects(snapshot));
      await write('checkpoints.jsonl', checkpoints);
      writeFileSync(path.join(folder, 'keys.json'), `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
    });
  } finally {
    await close(db);
  }
}

async function* lines(rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}
