import { z } from 'zod';
import { sourceKinds } from '../../workflows/domain/sources.js';
import type { ReadDocument } from '../../workflows/domain/document.js';
import { readingSchema } from '../../workflows/domain/reading.js';
import type { Db } from '../connect.js';
import { doer, doerSql, optional, time } from './shapes.js';

export const sourceSchema = z.object({
  id: z.uuid(),
  kind: z.enum(sourceKinds),
  /** Empty once erased. */
  name: z.string(),
  mediaType: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  reading: z.unknown().transform((value) => readingSchema.safeParse(value).data ?? { kind: 'none' as const }),
  addedBy: doer,
  addedAt: time,
  erasedAt: optional(time),
});
export type SourceRow = z.infer<typeof sourceSchema>;

const plainColumns = (db: Db) => db.sql`
  s.id, s.kind, s.name, s.media_type as "mediaType", s.sha256, s.bytes::float8 as bytes,
  s.created_at as "addedAt", s.erased_at as "erasedAt"`;

/** A document's words are megabytes: here only what it is. */
const columns = (db: Db) => db.sql`
  ${plainColumns(db)},
  case when s.reading ->> 'kind' = 'document' then jsonb_build_object('kind', 'document-facts', 'facts',
    (s.reading -> 'document') - 'text' || jsonb_build_object('pages',
      (select jsonb_agg(p.value - 'runs' - 'from' - 'to' order by p.ordinality)
         from jsonb_array_elements(s.reading -> 'document' -> 'pages') with ordinality p)))
  else s.reading end as reading`;

/** The sources of a run in the order given. */
export async function sourcesOf(db: Db, run: string): Promise<SourceRow[]> {
  const rows = await db.sql`
    select ${columns(db)}, ${doerSql(db, 's.added_by', 's.added_by_key')} as "addedBy"
      from run_source r join source s on s.id = r.source_id where r.run_id = ${run} order by r.ordinal`;
  return z.array(sourceSchema).parse([...rows]);
}

/** One source. */
export async function source(db: Db, id: string): Promise<SourceRow | undefined> {
  const [row] = await db.sql`
    select ${columns(db)}, ${doerSql(db, 's.added_by', 's.added_by_key')} as "addedBy" from source s where s.id = ${id}`;
  return row === undefined ? undefined : sourceSchema.parse(row);
}

/** Sources by id that were not erased; those that do not exist are missing from the answer. */
export async function sourcesById(db: Db, ids: readonly string[]): Promise<SourceRow[]> {
  const rows = await db.sql`
    select ${columns(db)}, ${doerSql(db, 's.added_by', 's.added_by_key')} as "addedBy"
      from source s where s.id = any (${[...ids]}::uuid[]) and s.erased_at is null`;
  return z.array(sourceSchema).parse([...rows]);
}

/** The parts of a run-through's recording in order, erased ones too; one of before there were parts is its only part. */
export async function recordingsOf(db: Db, runThrough: string): Promise<SourceRow[]> {
  const rows = await db.sql`
    select ${columns(db)}, ${doerSql(db, 's.added_by', 's.added_by_key')} as "addedBy"
      from (select coalesce(p.part, 1) as part, coalesce(p.source_id, x.recording_id) as source_id
              from run_through x left join run_through_recording p on p.run_through_id = x.id
             where x.id = ${runThrough}::uuid
            union
            select 1, x.recording_id from run_through x where x.id = ${runThrough}::uuid) r
      join source s on s.id = r.source_id order by r.part`;
  return z.array(sourceSchema).parse([...rows]);
}

const materialSchema = sourceSchema.omit({ addedBy: true });
export type MaterialRow = z.infer<typeof materialSchema>;

/** The sources of a run with all that was read from them, as the worker may read them: without who gave them. */
export async function materialOf(db: Db, run: string): Promise<MaterialRow[]> {
  const rows = await db.sql`
    select ${plainColumns(db)}, s.reading from run_source r join source s on s.id = r.source_id
     where r.run_id = ${run} and s.erased_at is null order by r.ordinal`;
  return z.array(materialSchema).parse([...rows]);
}

/** The whole reading of one document of a review's run, and its bytes' hash; undefined where there is none or it was erased. */
export async function documentOf(
  db: Db,
  review: string,
  source: string,
): Promise<{ document: ReadDocument; sha256: string; mediaType: string } | undefined> {
  const [row] = await db.sql`
    select s.reading, s.sha256, s.media_type as "mediaType" from review v
      join run_source r on r.run_id = v.run_id join source s on s.id = r.source_id
     where v.id = ${review} and s.id = ${source} and s.erased_at is null`;
  if (row === undefined) return undefined;
  const { reading, ...rest } = z.object({ reading: z.unknown(), sha256: z.string(), mediaType: z.string() }).parse(row);
  const read = readingSchema.safeParse(reading).data;
  return read?.kind === 'document' ? { document: read.document, ...rest } : undefined;
}

/** The documents of a review's run with their whole readings, in the order given; erased ones are left out. */
export async function documentsOfReview(db: Db, review: string): Promise<MaterialRow[]> {
  const rows = await db.sql`
    select ${plainColumns(db)}, s.reading from review v
      join run_source r on r.run_id = v.run_id join source s on s.id = r.source_id
     where v.id = ${review} and s.kind = 'document' and s.erased_at is null order by r.ordinal`;
  return z.array(materialSchema).parse([...rows]);
}

/** Whether somebody may be served the bytes of this hash: a live source, or a file of a subject. */
export async function fileIsKnown(db: Db, sha256: string): Promise<{ mediaType: string } | undefined> {
  const [row] = await db.sql`
    select media_type as "mediaType" from source where sha256 = ${sha256} and erased_at is null limit 1`;
  return row === undefined ? undefined : z.object({ mediaType: z.string() }).parse(row);
}
