import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { inject } from 'vitest';

export type FreshDatabase = {
  name: string;
  ownerUrl: string;
  apiUrl: string;
  workerUrl: string;
  drop: () => Promise<void>;
};

/** A migrated database of one's own, copied from the template; `drop()` also ends whoever is still connected. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = new URL(inject('templateUrl')).pathname.slice(1);
  await asAdmin((sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  return {
    name,
    ownerUrl: inDatabase(inject('templateUrl'), name),
    apiUrl: inDatabase(inject('apiUrl'), name),
    workerUrl: inDatabase(inject('workerUrl'), name),
    drop: async () => {
      await asAdmin((sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}

/** An empty database, for tests of the migrator itself. */
export async function emptyDatabase(): Promise<{ name: string; ownerUrl: string; drop: () => Promise<void> }> {
  const name = `empty_${randomBytes(8).toString('hex')}`;
  await asAdmin((sql) => sql`create database ${sql(name)}`);
  return {
    name,
    ownerUrl: inDatabase(inject('templateUrl'), name),
    drop: async () => {
      await asAdmin((sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}

/** The Temporal server that all test files share: use a task queue of your own, see `freshName`. */
export function temporalAddress(): string {
  return inject('temporalAddress');
}

/** A folder that goes when the test run ends. */
export function freshFolder(prefix = 'data'): string {
  return mkdtempSync(path.join(inject('runFolder'), `${prefix}-`));
}

/** A name nobody else uses, for a task queue or a workflow id. */
export function freshName(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}

/** The same server and person, another database. */
export function inDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function asAdmin(work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(inDatabase(inject('templateUrl'), 'postgres'), { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}
