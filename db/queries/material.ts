import { z } from 'zod';
import type { Db } from '../connect.js';

const uuid = z.uuid();
const subjectRow = z.object({
  id: uuid,
  track: z.string(),
  slug: z.string(),
  round: z.int(),
  version: z.int().nullable(),
  payload: z.string().nullable(),
  next_version: z.int(),
  target: z.object({ id: uuid, name: z.string(), address: z.string() }).nullable(),
  images: z.array(z.object({ sourceId: uuid, sha256: z.string(), mediaType: z.string(), bytes: z.coerce.number() })),
});

/** What a subject of a run is rendered from: its current version, its target and its pictures. */
export type SubjectMaterial = z.infer<typeof subjectRow>;

/** Null where there is no such run. `target` is null where no active target takes the track. */
export async function subjectMaterial(db: Db, run: string): Promise<SubjectMaterial | null> {
  const [found] = await db.sql`
    select r.id, r.track, r.slug, r.round, d.version, d.payload,
           (select coalesce(max(version), 0) + 1 from draft where run_id = r.id) as next_version,
           (select jsonb_build_object('id', t.id, 'name', t.name, 'address', t.address) from target t
             where t.active and (t.track = r.track or t.track is null)
             order by t.track nulls last, t.changed_at, t.id limit 1) as target,
           (select coalesce(jsonb_agg(jsonb_build_object('sourceId', s.id, 'sha256', s.sha256,
                     'mediaType', s.media_type, 'bytes', s.bytes) order by l.ordinal), '[]')
              from run_source l join source s on s.id = l.source_id
             where l.run_id = r.id and s.kind = 'screenshot' and s.erased_at is null) as images
      from run r
      left join lateral (select version, payload from draft
                          where run_id = r.id and not alternative order by version desc limit 1) d on true
     where r.id = ${run}`;
  return found === undefined ? null : subjectRow.parse(found);
}

const screenRow = z.object({
  title: z.string(),
  input: z.unknown(),
  readings: z.array(z.unknown()),
});

/** All the words a run brings, before any drafter sees them. */
export async function screenMaterial(db: Db, run: string): Promise<z.infer<typeof screenRow> | null> {
  const [found] = await db.sql`
    select r.title, r.input,
           (select coalesce(jsonb_agg(s.reading order by l.ordinal), '[]') from run_source l
              join source s on s.id = l.source_id
             where l.run_id = r.id and s.reading is not null) as readings
      from run r where r.id = ${run}`;
  return found === undefined ? null : screenRow.parse(found);
}

const draftingRow = z.object({
  title: z.string(),
  drafter: z.enum(['default', 'rules']),
  feedback: z.string().nullable(),
  /** The version that was reviewed before this round. */
  previous: z.string().nullable(),
  /** True where a drafter has written its version of this round. */
  drafted: z.boolean(),
  /** Code of the trouble that drafting is in. */
  trouble: z.string().nullable(),
});

/** What a round of drafting starts from; null where there is no such run. */
export async function draftingMaterial(
  db: Db,
  run: string,
  round: number,
): Promise<z.infer<typeof draftingRow> | null> {
  const [found] = await db.sql`
    select r.title, r.drafter, r.feedback, r.trouble ->> 'code' as trouble,
           (select d.payload from draft d where d.run_id = r.id and not d.alternative and d.round < ${round}
             order by d.version desc limit 1) as previous,
           exists (select from draft d where d.run_id = r.id and d.round = ${round} and d.author_id is null) as drafted
      from run r where r.id = ${run}`;
  return found === undefined ? null : draftingRow.parse(found);
}
