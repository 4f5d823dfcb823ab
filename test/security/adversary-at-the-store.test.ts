import fc from 'fast-check';
import postgres from 'postgres';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeDrafterDraft } from '../../activities/prepare.js';
import { close, connect, type Db } from '../../db/connect.js';
import { canonicalJson } from '../../workflows/domain/canonical.js';
import { freshDatabase, freshFolder, type FreshDatabase } from '../support/harness.js';
import { hostileSop, marker } from './hostile-sops.js';

const runs = 10_000;
let database: FreshDatabase;
let owner: postgres.Sql;
let worker: Db;

beforeAll(async () => {
  database = await freshDatabase();
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
  worker = connect(database.workerUrl, { name: 'adversary', max: 8 });
});
afterAll(async () => {
  await close(worker);
  await owner.end({ timeout: 2 });
  await database.drop();
});

/** What a draft may touch: itself, its subject, its event, and the notes that its run moved. */
const itsOwn = ['draft', 'subject', 'requirement', 'event', 'stream_head', 'nudge', 'run'];

async function tables(): Promise<string[]> {
  const rows = await owner<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  return rows.map((row) => row.name);
}

async function fingerprints(names: string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const [row] = await owner<{ print: string }[]>`
      select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from ${owner(name)} t`;
    found[name] = row?.print ?? '';
  }
  return found;
}

test(
  `model output is data: ${runs} hostile drafts land each in its own draft and nowhere else`,
  { timeout: 240_000 },
  async () => {
    const data = freshFolder('adversary');
    const ids = Array.from({ length: runs }, () => newId());
    await owner`
      insert into run (id, track, title, slug, state, created_at, moved_at)
      select id, 'sop-drafting', 'A run', 'a-run-' || id, 'drafting', now(), now() from unnest(${ids}::uuid[]) as id`;
    const others = (await tables()).filter((name) => !itsOwn.includes(name));
    const before = await fingerprints(others);
    const sops = fc.sample(hostileSop, { numRuns: runs, seed: 20261123 });

    const given = new Map<string, string>();
    const queue = ids.entries();
    const hand = async () => {
      for (const [at, run] of queue) {
        const payload = canonicalJson(sops[at]);
        given.set(run, payload);
        const drafter = {
          drafter: 'claude',
          model: marker,
          promptVersion: null,
          usage: null,
          costUsd: null,
          seconds: 1,
        };
        await storeDrafterDraft({ db: worker, data }, { run, round: 1, payload, drafter });
      }
    };
    await Promise.all(Array.from({ length: 8 }, hand));

    expect(await fingerprints(others)).toEqual(before);
    const stored = await owner<{ run_id: string; payload: string }[]>`select run_id, payload from draft`;
    expect(stored.length).toBe(runs);
    expect(stored.filter((row) => given.get(row.run_id) !== row.payload)).toEqual([]);
    const [moved] = await owner<
      { count: number }[]
    >`select count(*)::int from run where state <> 'drafting' or title <> 'A run'`;
    expect(moved?.count).toBe(0);
    const events = await owner<
      { kind: string }[]
    >`select distinct kind from event where stream <> 'settings' and stream <> 'people'`;
    expect(events.map((row) => row.kind)).toEqual(['draft-written']);
    const [leaks] = await owner<{ count: number }[]>`
      select count(*)::int from event where position(${marker} in body) > 0 and body::jsonb ->> 'model' <> ${marker}`;
    expect(leaks?.count).toBe(0);
  },
);
