import { createHash } from 'node:crypto';
import { chmodSync, cpSync, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';
import { folderArgument } from '../arguments.js';
import type { BinEnv } from '../env.js';
import { say } from '../say.js';
import { Trouble } from '../trouble.js';
import { withDatabase } from '../with-database.js';
import { dataOf, noteFile, NOT_KEPT, PASSING, tableFile, type BackupNote } from './layout.js';
import { tablesInOrder, type Table } from './tables.js';

/** Copies everything that cannot be made again into a new folder that only its owner may read. Works while running. */
export async function backup(env: BinEnv, args: string[]): Promise<void> {
  const out = path.resolve(folderArgument(args, 'out'));
  if (existsSync(out)) throw new Trouble(`${out} exists already: a backup is written into a new folder.`);
  const half = `${out}.partial`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(path.join(half, 'tables'), { recursive: true, mode: 0o700 });
  chmodSync(half, 0o700);
  // Rows first: a file is stored before any row names it, so the files copied after hold all that the rows name.
  const tables = await withDatabase(env, (url) => copyTables(url, half));
  copyData(env.data, dataOf(half));
  const note: BackupNote = { v: 1, madeAt: new Date().toISOString(), tables };
  writeFileSync(noteFile(half), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  renameSync(half, out);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  say(
    `Backed up ${rows} rows of ${tables.length} tables, the files and the keys into ${out}. It holds secrets: keep it where only you can read it.`,
  );
}

/** All tables as of one moment: a reading transaction on a connection of its own, which changes nothing. */
async function copyTables(url: string, folder: string): Promise<BackupNote['tables']> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const one = await sql.reserve();
  try {
    await one`begin isolation level repeatable read read only`;
    const copied: BackupNote['tables'] = [];
    for (const table of await tablesInOrder(one)) {
      if (!PASSING.has(table.name)) copied.push(await copyTable(one, table, tableFile(folder, table.name)));
    }
    await one`commit`;
    return copied;
  } finally {
    one.release();
    await sql.end({ timeout: 3 });
  }
}

async function copyTable(one: postgres.ReservedSql, { name, columns }: Table, file: string) {
  const hash = createHash('sha256');
  let rows = 0;
  // In the text form of COPY each row is one line, whatever it holds.
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === 10) rows += 1;
      done(null, chunk);
    },
  });
  const from = await one`copy ${one(name)} (${one(columns)}) to stdout`.readable();
  await pipeline(from, look, createWriteStream(file, { mode: 0o600 }));
  return { name, columns, rows, sha256: hash.digest('hex') };
}

function copyData(data: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const name of readdirSync(data)) {
    if (!NOT_KEPT.has(name))
      cpSync(path.join(data, name), path.join(to, name), { recursive: true, preserveTimestamps: true });
  }
  const keys = path.join(to, 'keys');
  if (existsSync(keys)) for (const name of readdirSync(keys)) chmodSync(path.join(keys, name), 0o600);
}
