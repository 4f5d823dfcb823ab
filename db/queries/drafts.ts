import { z } from 'zod';
import type { Db } from '../connect.js';
import { optional, person, personSql, time } from './shapes.js';

/** Which drafter wrote a version, and what it took. */
const drafterSchema = z.looseObject({
  drafter: z.string(),
  model: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  promptVersion: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  costUsd: z
    .number()
    .nullish()
    .transform((value) => value ?? null),
  seconds: z
    .number()
    .nullish()
    .transform((value) => value ?? null),
});

export const versionSchema = z.object({
  version: z.int(),
  round: z.int(),
  baseVersion: optional(z.int()),
  author: optional(person),
  drafter: optional(drafterSchema),
  alternative: z.boolean(),
  createdAt: time,
});
/** One immutable version of a run's payload, without the payload. */
export type Version = z.infer<typeof versionSchema>;

const columns = (db: Db) => db.sql`
  d.version, d.round, d.base_version as "baseVersion", ${personSql(db, 'd.author_id')} as author, d.drafter,
  d.alternative, d.created_at as "createdAt"`;

/** All versions of a run, oldest first. */
export async function versions(db: Db, run: string): Promise<Version[]> {
  const rows = await db.sql`select ${columns(db)} from draft d where d.run_id = ${run} order by d.version`;
  return z.array(versionSchema).parse([...rows]);
}

const draftSchema = versionSchema.extend({
  /** The stored text. */
  payload: z.string(),
  /** The newest subject of this version. */
  subjectDigest: optional(z.string()),
});
export type DraftRow = z.infer<typeof draftSchema>;

/** One version with its payload; the current one where none is named. */
export async function draft(db: Db, run: string, version?: number): Promise<DraftRow | undefined> {
  const [row] = await db.sql`
    select ${columns(db)}, d.payload,
           (select s.digest from subject s where s.run_id = d.run_id and s.draft_version = d.version
             order by s.created_at desc, s.digest limit 1) as "subjectDigest"
      from draft d
     where d.run_id = ${run}
       and case when ${version ?? null}::int is null then not d.alternative else d.version = ${version ?? null}::int end
     order by d.version desc limit 1`;
  return row === undefined ? undefined : draftSchema.parse(row);
}

/** The number that the next version of a run must have, in its manifest too. */
export async function nextVersion(db: Db, run: string): Promise<number> {
  const [row] = await db.sql`select coalesce(max(version), 0) + 1 as next from draft where run_id = ${run}`;
  return z.int().parse(row?.['next']);
}

/** The last version of a drafter that counted, up to a version: what an approval's kept share is measured against. */
export async function lastDrafterDraft(db: Db, run: string, upTo: number): Promise<DraftRow | undefined> {
  const [row] = await db.sql`
    select version from draft
     where run_id = ${run} and author_id is null and not alternative and version <= ${upTo} order by version desc limit 1`;
  return row === undefined ? undefined : draft(db, run, z.int().parse(row['version']));
}

const subjectSchema = z.object({ digest: z.string(), runId: z.uuid(), draftVersion: z.int(), manifest: z.string() });
export type SubjectRow = z.infer<typeof subjectSchema>;

/** A subject by its digest. */
export async function subject(db: Db, digest: string): Promise<SubjectRow | undefined> {
  const [row] = await db.sql`
    select digest, run_id as "runId", draft_version as "draftVersion", manifest from subject where digest = ${digest}`;
  return row === undefined ? undefined : subjectSchema.parse(row);
}
