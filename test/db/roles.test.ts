import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRoles, directWrites, executable, type AppRole } from '../../db/migrate/grants.js';
import { openKit, type Kit } from './kit.js';

type Fn = { name: string; types: string[]; called: boolean; api: boolean; worker: boolean };

describe('each database role', () => {
  let kit: Kit;
  let clients: Record<AppRole, postgres.Sql>;
  let functions: Fn[];
  let tables: string[];
  beforeAll(async () => {
    kit = await openKit();
    clients = { countersign_api: kit.api.sql, countersign_worker: kit.worker.sql };
    functions = await kit.owner<Fn[]>`
      select p.proname as name, p.prorettype <> 'trigger'::regtype and not p.proisstrict as called,
             has_function_privilege('countersign_api', p.oid, 'execute') as api,
             has_function_privilege('countersign_worker', p.oid, 'execute') as worker,
             array(select format_type(t.oid, null) from unnest(p.proargtypes) with ordinality a(oid, place)
                     join pg_type t on t.oid = a.oid order by a.place) as types
        from pg_proc p where p.pronamespace = 'public'::regnamespace order by 1`;
    const rows = await kit.owner<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public' order by 1`;
    tables = rows.map((row) => row.name);
  });
  afterAll(() => kit.close());

  /** Postgres' code for a statement that is refused, or `done`. */
  async function outcome(sql: postgres.Sql, statement: string): Promise<string> {
    try {
      await sql.unsafe(statement);
      return 'done';
    } catch (error) {
      if (error instanceof postgres.PostgresError) return error.code;
      throw error;
    }
  }
  const denied = '42501';

  it('executes what it was given and nothing else', async () => {
    expect(functions.length).toBeGreaterThan(80);
    for (const role of appRoles) {
      const may: readonly string[] = executable[role];
      for (const { name, types, called, ...granted } of functions) {
        const held = role === 'countersign_api' ? granted.api : granted.worker;
        expect(`${role} ${name} ${held}`).toBe(`${role} ${name} ${may.includes(name)}`);
        // A strict function of nulls is not called at all.
        if (!called) continue;
        const call = `select ${name}(${types.map((type) => `null::${type}`).join(', ')})`;
        const found = await outcome(clients[role], call);
        if (may.includes(name)) expect(`${role} ${name} ${found}`).not.toContain(denied);
        else expect(`${role} ${name} ${found}`).toBe(`${role} ${name} ${denied}`);
      }
    }
  });

  it('has its own part of the gate: no function decides for both', () => {
    const both = executable.countersign_api.filter((name) =>
      (executable.countersign_worker as readonly string[]).includes(name),
    );
    expect(both).toEqual(['make_notice']);
    for (const name of ['decide', 'put_draft', 'fulfil', 'set_role', 'resolve_publication', 'undo_decision']) {
      expect(executable.countersign_worker).not.toContain(name);
    }
    for (const name of ['open_review', 'reserve_publication', 'settle_publication']) {
      expect(executable.countersign_api).not.toContain(name);
    }
  });

  it('writes no table directly, but for the sign-in tables of the api', async () => {
    for (const role of appRoles) {
      for (const table of tables) {
        const [column] = await kit.owner`
          select column_name as name from information_schema.columns where table_schema = 'public' and table_name = ${table} and is_identity = 'NO' limit 1`;
        const name = String(column?.['name']);
        const writes: Record<string, string> = {
          insert: `insert into "${table}" default values`,
          update: `update "${table}" set "${name}" = "${name}" where false`,
          delete: `delete from "${table}" where false`,
          truncate: `truncate "${table}"`,
        };
        const granted =
          role === 'countersign_api' ? Object.entries(directWrites).find(([key]) => key === table)?.[1] : undefined;
        for (const [kind, statement] of Object.entries(writes)) {
          const found = await outcome(clients[role], statement);
          const may = granted?.split(', ').includes(kind) === true;
          if (may) expect(`${role} ${kind} ${table} ${found}`).not.toContain(denied);
          else expect(`${role} ${kind} ${table} ${found}`).toBe(`${role} ${kind} ${table} ${denied}`);
        }
      }
    }
  });

  it('reads, as the worker, nothing that would let it act as somebody', async () => {
    for (const table of ['session', 'account', 'verification', 'apikey', 'invitation', 'idempotency']) {
      expect(await outcome(clients.countersign_worker, `select * from "${table}"`)).toBe(denied);
    }
    expect(await outcome(clients.countersign_worker, 'select id, name, email from "user"')).toBe('done');
    expect(await outcome(clients.countersign_worker, 'select image from "user"')).toBe(denied);
    for (const table of tables)
      expect(await outcome(clients.countersign_api, `select 1 from "${table}" limit 0`)).toBe('done');
  });

  it('makes nothing, owns nothing and becomes nobody else', async () => {
    for (const role of appRoles) {
      for (const statement of [
        'create table public.own (a int)',
        'create function public.decide() returns int language sql as $$ select 1 $$',
        'create schema own',
        'alter table event disable trigger all',
        `set role ${role === 'countersign_api' ? 'countersign_worker' : 'countersign_api'}`,
        'create role another',
      ]) {
        expect(`${statement}: ${await outcome(clients[role], statement)}`).toBe(`${statement}: ${denied}`);
      }
    }
  });

  it('cannot bend a function by tables or functions of its own', async () => {
    const sql = await clients.countersign_api.reserve();
    try {
      await sql.unsafe(`create temporary table member (user_id uuid, role text, active boolean)`);
      await sql.unsafe(`create temporary table session (token text, user_id uuid, expires_at timestamptz)`);
      await sql.unsafe(`insert into session values ('mine', gen_random_uuid(), now() + interval '1 day')`);
      const [row] = await sql.unsafe(`select set_role('mine', gen_random_uuid(), 'admin') as answer`);
      expect(row?.['answer']).toMatchObject({ ok: false, code: 'not_signed_in' });
      await sql.unsafe('drop table pg_temp.member, pg_temp.session');
    } finally {
      sql.release();
    }
  });

  it('cannot change an event even as the owner, without first taking the guard away', async () => {
    for (const statement of [
      "update event set body = '{}'",
      'delete from event',
      'truncate event',
      'truncate event cascade',
    ]) {
      expect(await outcome(kit.owner, statement)).toBe('P0001');
    }
  });
});
