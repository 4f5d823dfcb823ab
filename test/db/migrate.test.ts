import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { functionsAreCurrent, migrate } from '../../db/migrate.js';
import { defaultPolicy } from '../../workflows/domain/policy.js';
import { trackKeys } from '../../workflows/domain/tracks.js';
import { eventVerbs } from '../../workflows/domain/verbs.js';
import { emptyDatabase, freshFolder } from '../support/harness.js';

const passwords = () => ({
  api: decodeURIComponent(new URL(inject('apiUrl')).password),
  worker: decodeURIComponent(new URL(inject('workerUrl')).password),
});

describe('the migrator', () => {
  const open: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });
  async function place() {
    const { ownerUrl, drop } = await emptyDatabase();
    open.push(drop);
    const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
    open.push(() => sql.end({ timeout: 2 }));
    return { ownerUrl, sql };
  }

  it('makes everything from nothing, three at once, and changes nothing the second time', async () => {
    const { ownerUrl, sql } = await place();
    const credentialsFile = join(freshFolder('migrate'), 'credentials.json');
    const options = { ownerUrl, passwords: passwords() };
    await Promise.all([migrate(options), migrate(options), migrate({ ...options, credentialsFile })]);
    const snapshot = async () => [
      await sql`select hash from drizzle.__drizzle_migrations`,
      await sql`select file, sha256, applied_at from applied_functions order by file`,
      await sql`select oid from pg_proc where pronamespace = 'public'::regnamespace order by oid`,
      await sql`select id from target`,
      await sql`select kind, verb from event_kind order by kind`,
    ];
    const before = await snapshot();
    expect(before[3]).toHaveLength(trackKeys.length);
    expect(before[4]).toHaveLength(Object.keys(eventVerbs).length);
    const again = await migrate({ ownerUrl, credentialsFile });
    expect(await snapshot()).toEqual(before);
    expect(JSON.parse(readFileSync(credentialsFile, 'utf8'))).toEqual(again);
    expect(statSync(credentialsFile).mode & 0o777).toBe(0o600);
    const [rule] = await sql`select * from track_rule`;
    expect(rule).toMatchObject({
      mandatory_requirement: 'run-through:',
      needs_source_kind: 'transcript',
      default_policy: defaultPolicy,
    });
  });

  it('stops where the database holds a migration that is not on disk', async () => {
    const { ownerUrl, sql } = await place();
    await migrate({ ownerUrl, passwords: passwords() });
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('from the future', 1)`;
    await expect(migrate({ ownerUrl, passwords: passwords() })).rejects.toThrow('not on disk');
  });

  it('stops where a migration on disk would be skipped because a newer one is applied', async () => {
    const { ownerUrl, sql } = await place();
    const folder = freshFolder('migrations');
    cpSync('db/migrations', folder, { recursive: true });
    const journalFile = join(folder, 'meta', '_journal.json');
    const journal: { entries: { idx: number; when: number; tag: string }[] } = JSON.parse(
      readFileSync(journalFile, 'utf8'),
    );
    const [last] = journal.entries.slice(-1);
    const add = (tag: string, when: number) => {
      writeFileSync(join(folder, `${tag}.sql`), `create table ${tag} (a int);`);
      journal.entries.push({ ...last, idx: journal.entries.length, when, tag });
      writeFileSync(journalFile, JSON.stringify(journal));
    };
    const options = { ownerUrl, passwords: passwords(), migrationsFolder: folder };
    const when = last?.when ?? 0;
    add('newer', when + 2000);
    await migrate(options);
    add('merged_late', when + 1000);
    await expect(migrate(options)).rejects.toThrow('was skipped');
    expect(await sql`select to_regclass('merged_late') as name`).toMatchObject([{ name: null }]);
  });

  it('puts functions and grants back to what is on disk', async () => {
    const { ownerUrl, sql } = await place();
    await migrate({ ownerUrl, passwords: passwords() });
    await sql.unsafe(`create function approve_quietly() returns int language sql as 'select 1'`);
    await sql.unsafe(
      `grant insert on decision to countersign_worker; grant execute on function append_event to countersign_worker`,
    );
    await sql`update applied_functions set sha256 = 'older' where file like '13%'`;
    expect(await functionsAreCurrent(sql)).toBe(false);
    await migrate({ ownerUrl, passwords: passwords() });
    expect(await functionsAreCurrent(sql)).toBe(true);
    expect(await sql`select 1 from pg_proc where proname = 'approve_quietly'`).toHaveLength(0);
    const [held] = await sql`
      select has_table_privilege('countersign_worker', 'decision', 'insert') as writes,
             (select has_function_privilege('countersign_worker', oid, 'execute') from pg_proc where proname = 'append_event') as appends`;
    expect(held).toEqual({ writes: false, appends: false });
  });
});
