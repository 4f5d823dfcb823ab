import type postgres from 'postgres';
import { functionFiles } from './folders.js';
import { appRoles, directWrites, executable, hiddenFromWorker } from './grants.js';

/** True where the database runs exactly the functions on disk. */
export async function functionsAreCurrent(sql: postgres.Sql): Promise<boolean> {
  const applied = await sql<{ file: string; sha256: string }[]>`select file, sha256 from applied_functions`;
  const known = new Map(applied.map((row) => [row.file, row.sha256]));
  const files = functionFiles();
  return files.length === known.size && files.every((file) => known.get(file.file) === file.sha256);
}

async function applyFunctions(tx: postgres.TransactionSql): Promise<void> {
  // All are dropped first: a function that is no longer on disk must not stay behind as a second door.
  const old = await tx<{ signature: string }[]>`
    select p.oid::regprocedure::text as signature from pg_proc p
     where p.pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;
  for (const { signature } of old) await tx.unsafe(`drop function if exists ${signature} cascade`);
  await tx`delete from applied_functions`;
  // Bodies may name functions of later files.
  await tx`set local check_function_bodies = off`;
  for (const { file, text, sha256 } of functionFiles()) {
    await tx.unsafe(text);
    await tx`insert into applied_functions (file, sha256, applied_at) values (${file}, ${sha256}, now())`;
  }
}

/** An executable function must run as the owner under a pinned search path, or a caller could bend what it means. */
async function refuseLooseFunctions(tx: postgres.TransactionSql): Promise<void> {
  const names = [...new Set(appRoles.flatMap((role) => [...executable[role]]))];
  const found = await tx<{ name: string; pinned: boolean }[]>`
    select p.proname as name, p.prosecdef and p.proconfig = array['search_path=public, pg_temp'] as pinned
      from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname in ${tx(names)}`;
  const pinned = new Set(found.filter((row) => row.pinned).map((row) => row.name));
  const loose = names.filter((name) => !pinned.has(name));
  if (loose.length > 0 || found.length !== names.length) {
    throw new Error(`These functions are missing, doubled or not pinned: ${loose.join(', ')}.`);
  }
}

async function grant(tx: postgres.TransactionSql): Promise<void> {
  const everybody = appRoles.join(', ');
  await tx.unsafe(`
    revoke create on schema public from public;
    revoke all on all tables in schema public from public, ${everybody};
    revoke all on all sequences in schema public from public, ${everybody};
    revoke all on all functions in schema public from public, ${everybody};
    alter default privileges in schema public revoke execute on functions from public;
    grant usage on schema public to ${everybody};
    grant select on all tables in schema public to ${everybody};
    revoke select on ${hiddenFromWorker.map((table) => `"${table}"`).join(', ')} from countersign_worker;
    grant select (id, name, email) on "user" to countersign_worker;`);
  for (const [table, writes] of Object.entries(directWrites)) {
    await tx.unsafe(`grant ${writes} on "${table}" to countersign_api`);
  }
  for (const role of appRoles) {
    for (const name of executable[role]) await tx.unsafe(`grant execute on function ${name} to ${role}`);
  }
}

/** Brings functions and grants to what is on disk; one transaction, so that no caller sees half of it. */
export async function applyFunctionsAndGrants(sql: postgres.Sql): Promise<void> {
  const current = await functionsAreCurrent(sql);
  await sql.begin(async (tx) => {
    if (!current) await applyFunctions(tx);
    await refuseLooseFunctions(tx);
    await grant(tx);
  });
}
