import { z } from 'zod';
import { trackPolicySchema, defaultPolicy, type TrackPolicy } from '../../workflows/domain/policy.js';
import { trackKeys, type TrackKey } from '../../workflows/domain/tracks.js';
import type { Db } from '../connect.js';
import { optional, time } from './shapes.js';

/** One setting's value, or `undefined` where it was never set. */
export async function setting<T extends z.ZodType>(db: Db, key: string, schema: T): Promise<z.output<T> | undefined> {
  const [row] = await db.sql`select value from setting where key = ${key}`;
  return row === undefined ? undefined : schema.parse(row['value']);
}

/** All settings by key. */
export async function settings(db: Db): Promise<Map<string, unknown>> {
  const rows = await db.sql<{ key: string; value: unknown }[]>`select key, value from setting`;
  return new Map(rows.map((row) => [row.key, row.value]));
}

/** What is set for the whole house, with what holds where nothing was set. */
export type HouseSettings = { organisation: string; timeZone: string; singleKeys: boolean };

/** Reads the house's settings; `timeZone` holds where none was set. */
export async function houseSettings({ db, timeZone }: { db: Db; timeZone: string }): Promise<HouseSettings> {
  const values = await settings(db);
  return {
    organisation: z.string().catch('').parse(values.get('organisation')),
    timeZone: z.string().catch(timeZone).parse(values.get('time-zone')),
    singleKeys: z.boolean().catch(true).parse(values.get('single-keys')),
  };
}

/** How reviews of a track are held as things stand now. */
export async function trackPolicy(db: Db, track: TrackKey): Promise<TrackPolicy> {
  return (await setting(db, `policy:${track}`, trackPolicySchema)) ?? defaultPolicy;
}

/** Whether a second person would be asked for in a review of this track that opened now. */
export async function secondPersonNow(db: Db, track: TrackKey): Promise<boolean> {
  const { secondPerson } = await trackPolicy(db, track);
  if (secondPerson !== 'where-there-is-one') return secondPerson === 'always';
  const rows = await db.sql`select 1 from member where active and role in ('approver', 'admin') limit 2`;
  return rows.length === 2;
}

const targetSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['folder', 'git']),
  name: z.string(),
  address: z.string(),
  track: optional(z.enum(trackKeys)),
  active: z.boolean(),
  changedAt: time,
});
export type TargetRow = z.infer<typeof targetSchema>;

/** All publish targets, by name. */
export async function targets(db: Db): Promise<TargetRow[]> {
  const rows = await db.sql`
    select id, kind, name, address, track, active, changed_at as "changedAt" from target order by name, id`;
  return z.array(targetSchema).parse([...rows]);
}

/** The target that a track's drafts are rendered for now: its oldest active one. */
export async function targetOf(db: Db, track: TrackKey): Promise<TargetRow | undefined> {
  const rows = await db.sql`
    select id, kind, name, address, track, active, changed_at as "changedAt" from target
     where track = ${track} and active order by id limit 1`;
  return rows[0] === undefined ? undefined : targetSchema.parse(rows[0]);
}
