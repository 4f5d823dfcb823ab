import { chmodSync, cpSync, createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';
import { migrated } from '../addresses.js';
import { folderArgument } from '../arguments.js';
import type { BinEnv } from '../env.js';
import { say } from '../say.js';
import { Trouble } from '../trouble.js';
import { withOwnPostgres } from '../with-database.js';
import { dataOf, digestOf, readNote, tableFile, type BackupNote } from './layout.js';
import { tablesInOrder } from './tables.js';

// What "npm start" and set-up put there before anything was recorded: nothing that a restore could destroy.
const HARMLESS = new Set(['bin', 'run', 'logs']);

/** Puts a backup into an empty data folder and an empty database; refuses over anything that holds something. */
export async function restore(env: BinEnv, args: string[]): Promise<void> {
  const from = path.resolve(folderArgument(args, 'from'));
  const note = readNote(from);
  await checkDigests(from, note);
  refuseFullFolder(env.data);
  const restoring = async (url: string) => {
    await migrated(env, url);
    await fillTables(url, from, note);
    // The words and rules of this version again, over those of the backup's.
    await migrated(env, url);
  };
  try {
    if (env.databaseUrl === undefined) await withOwnPostgres(env, restoring);
    else await restoring(env.databaseUrl);
    copyData(from, env.data);
  } catch (error) {
    emptyAgain(env);
    throw error;
  }
  say(`Restored the backup of ${note.madeAt} into ${env.data}. People sign in again; start with "npm start".`);
}

async function checkDigests(from: string, note: BackupNote): Promise<void> {
  for (const table of note.tables) {
    const file = tableFile(from, table.name);
    if (existsSync(file) && (await digestOf(file)) === table.sha256) continue;
    throw new Trouble(`The backup is damaged: ${file} is not what was written. Use another backup.`);
  }
}

function refuseFullFolder(data: string): void {
  const held = existsSync(data) ? readdirSync(data).filter((name) => !HARMLESS.has(name)) : [];
  if (held.length === 0) return void mkdirSync(data, { recursive: true });
  throw new Trouble(`${data} is not empty: set COUNTERSIGN_DATA to a new folder and restore there.`);
}

/** One transaction on a connection of its own: a restore that is cut off leaves an empty database. */
async function fillTables(url: string, from: string, note: BackupNote): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const one = await sql.reserve();
  try {
    const held = await one`select 1 from event limit 1`;
    if (held.length > 0) throw new Trouble('The database already holds a record: restore into an empty one.');
    const tables = await tablesInOrder(one);
    const known = new Map(note.tables.map((table) => [table.name, table]));
    await one`begin`;
    for (const { name } of tables) await one`alter table ${one(name)} disable trigger user`;
    for (const { name } of [...tables].reverse()) await one`delete from ${one(name)}`;
    for (const { name, columns } of tables) {
      const kept = known.get(name);
      if (!kept) continue;
      const unknown = kept.columns.find((column) => !columns.includes(column));
      if (unknown)
        throw new Trouble(`The backup is of a newer version (it has ${name}.${unknown}): update Countersign first.`);
      const into = await one`copy ${one(name)} (${one(kept.columns)}) from stdin`.writable();
      await pipeline(createReadStream(tableFile(from, name)), into);
    }
    for (const { name } of tables) await one`alter table ${one(name)} enable trigger user`;
    await continueCounting(one);
    await one`commit`;
  } finally {
    one.release();
    await sql.end({ timeout: 3 });
  }
}

/** Identity columns go on after the last restored value. */
async function continueCounting(one: postgres.ReservedSql): Promise<void> {
  const counted = await one<{ table: string; column: string; sequence: string }[]>`
    select table_name as table, column_name as column,
      pg_get_serial_sequence(format('public.%I', table_name), column_name) as sequence
    from information_schema.columns where table_schema = 'public' and is_identity = 'YES'`;
  for (const { table, column, sequence } of counted) {
    await one`select setval(${sequence}::regclass, coalesce((select max(${one(column)}) from ${one(table)}), 0) + 1, false)`;
  }
}

function copyData(from: string, data: string): void {
  cpSync(dataOf(from), data, { recursive: true, preserveTimestamps: true });
  const keys = path.join(data, 'keys');
  if (!existsSync(keys)) return;
  chmodSync(keys, 0o700);
  for (const name of readdirSync(keys)) chmodSync(path.join(keys, name), 0o600);
}

function emptyAgain(env: BinEnv): void {
  for (const name of readdirSync(env.data)) {
    if (!HARMLESS.has(name)) rmSync(path.join(env.data, name), { recursive: true, force: true });
  }
}
