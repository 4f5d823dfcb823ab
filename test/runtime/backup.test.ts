import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { backup } from '../../bin/backup/backup.js';
import { restore } from '../../bin/backup/restore.js';
import { readEnv } from '../../bin/env.js';
import { emptyDatabase, freshDatabase, freshFolder, inDatabase } from '../support/harness.js';

/** A database with an owner and a few events, and a data folder with a file and a key. */
async function lived() {
  const database = await freshDatabase();
  const data = freshFolder('lived');
  mkdirSync(path.join(data, 'keys'));
  mkdirSync(path.join(data, 'files', 'ab'), { recursive: true });
  mkdirSync(path.join(data, 'logs'));
  writeFileSync(path.join(data, 'keys', 'signing-ed25519.pem'), 'a key', { mode: 0o600 });
  writeFileSync(path.join(data, 'files', 'ab', 'cdef'), 'bytes');
  writeFileSync(path.join(data, 'credentials.json'), '{}');
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  const [user] = await sql`
    insert into "user" (id, name, email) values (gen_random_uuid(), ${'Ann\tO\\Neil\n2'}, 'ann@example.com') returning id`;
  const noted = (kind: string) =>
    sql`select append_event('people', ${`person:${String(user?.['id'])}`}, ${kind}, ${sql.json({ user: String(user?.['id']) })})`;
  await noted('role-set');
  await noted('role-set');
  return { database, data, sql, env: envOf(data, database) };
}

const envOf = (data: string, database: { ownerUrl: string; apiUrl: string; workerUrl: string }) =>
  readEnv({
    COUNTERSIGN_DATA: data,
    DATABASE_URL: database.ownerUrl,
    DATABASE_API_URL: database.apiUrl,
    DATABASE_WORKER_URL: database.workerUrl,
  });

const record = (sql: postgres.Sql) => sql`select * from event order by position`;

test('a backup restored elsewhere holds the same record, files and keys, and the record goes on from there', async () => {
  const from = await lived();
  const out = path.join(freshFolder('backup'), 'one');
  await backup(from.env, ['--out', out]);
  expect(statSync(out).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(out, 'data', 'keys', 'signing-ed25519.pem')).mode & 0o777).toBe(0o600);
  expect(existsSync(path.join(out, 'data', 'credentials.json'))).toBe(false);

  const empty = await emptyDatabase();
  const data = path.join(freshFolder('restored'), 'data');
  const into = {
    ownerUrl: empty.ownerUrl,
    apiUrl: inDatabase(from.database.apiUrl, empty.name),
    workerUrl: inDatabase(from.database.workerUrl, empty.name),
  };
  await restore(envOf(data, into), ['--from', out]);
  const sql = postgres(empty.ownerUrl, { max: 1, onnotice: () => undefined });
  const before = await record(from.sql);
  expect(await record(sql)).toEqual(before);
  expect(await sql`select name, email from "user"`).toEqual(await from.sql`select name, email from "user"`);
  expect(readFileSync(path.join(data, 'files', 'ab', 'cdef'), 'utf8')).toBe('bytes');
  expect(statSync(path.join(data, 'keys', 'signing-ed25519.pem')).mode & 0o777).toBe(0o600);
  // The next event takes the next position and chains to the restored one.
  await sql`select append_event('people', 'system', 'role-set', '{}'::jsonb)`;
  const [next] = await sql`select prev, position from event order by position desc limit 1`;
  expect(next?.['prev']).toBe(before.at(-1)?.['hash']);
  // The record cannot be changed here either.
  await expect(sql`update event set body = '{}'`.execute()).rejects.toThrow();
  await Promise.all([sql.end(), from.sql.end()]);
  await Promise.all([empty.drop(), from.database.drop()]);
});

test('a restore refuses a folder or a database that holds something, and a backup that was changed', async () => {
  const from = await lived();
  const out = path.join(freshFolder('backup'), 'one');
  await backup(from.env, ['--out', out]);
  await expect(backup(from.env, ['--out', out])).rejects.toThrow(/exists already/);
  await expect(restore(from.env, ['--from', out])).rejects.toThrow(/is not empty/);
  const elsewhere = path.join(freshFolder('elsewhere'), 'data');
  await expect(restore(envOf(elsewhere, from.database), ['--from', out])).rejects.toThrow(/already holds a record/);
  const events = path.join(out, 'tables', 'event.copy');
  writeFileSync(events, readFileSync(events, 'utf8').replace('role-set', 'role-put'));
  await expect(restore(envOf(elsewhere, from.database), ['--from', out])).rejects.toThrow(/damaged/);
  await from.sql.end();
  await from.database.drop();
});
