import { z } from 'zod';
import type { Db } from '../connect.js';
import { optional, person, personSql, time } from './shapes.js';
import { recordingsOf, type SourceRow } from './sources.js';

const tickSchema = z.object({
  step: z.string(),
  stepDigest: z.string(),
  result: z.enum(['as-written', 'differed', 'exception']),
  note: z.string(),
  at: z.string(),
  /** True while the step still reads as it did when it was ticked. */
  current: z.boolean(),
});
const runThroughSchema = z.object({
  id: z.uuid(),
  runId: z.uuid(),
  draftVersion: z.int(),
  person,
  startedAt: time,
  finishedAt: optional(time),
  recordingId: optional(z.uuid()),
  ticks: z.array(tickSchema),
});
/** `recordings` are its parts in order; empty where nothing was recorded or attached. */
export type RunThroughRow = z.infer<typeof runThroughSchema> & { recordings: SourceRow[] };

function read(db: Db, where: { run: string } | { id: string }) {
  const run = 'run' in where ? where.run : null;
  const id = 'id' in where ? where.id : null;
  return db.sql`
    select x.id, x.run_id as "runId", x.draft_version as "draftVersion", ${personSql(db, 'x.person')} as person,
           x.started_at as "startedAt", x.finished_at as "finishedAt", x.recording_id as "recordingId",
           (select coalesce(jsonb_agg(jsonb_build_object('step', t.step, 'stepDigest', t.step_digest, 'result', t.result,
                      'note', t.note, 'at', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                      'current', exists (select from requirement q
                         where q.subject_digest = v.subject_digest and q.key = 'run-through:' || t.step
                           and q.value_digest = t.step_digest)) order by t.at, t.step), '[]')
              from tick t where t.run_through_id = x.id) as ticks
      from run_through x
      left join lateral (select subject_digest from review where run_id = x.run_id order by round desc limit 1) v on true
     where (${run}::uuid is null or x.run_id = ${run}::uuid) and (${id}::uuid is null or x.id = ${id}::uuid)
     order by x.started_at, x.id`;
}

async function withRecordings(db: Db, row: z.infer<typeof runThroughSchema>): Promise<RunThroughRow> {
  return { ...row, recordings: row.recordingId === undefined ? [] : await recordingsOf(db, row.id) };
}

/** All run-throughs of a run, oldest first. `current` is measured against its newest review's subject. */
export async function runThroughsOf(db: Db, run: string): Promise<RunThroughRow[]> {
  const rows = z.array(runThroughSchema).parse([...(await read(db, { run }))]);
  return Promise.all(rows.map((row) => withRecordings(db, row)));
}

/** One run-through. */
export async function runThrough(db: Db, id: string): Promise<RunThroughRow | undefined> {
  const [row] = await read(db, { id });
  return row === undefined ? undefined : withRecordings(db, runThroughSchema.parse(row));
}

/** Run-throughs that somebody may still go on with: what came in of their recordings is not swept away. */
export async function unfinishedRunThroughs(db: Db): Promise<string[]> {
  const rows = await db.sql`
    select x.id from run_through x
     where x.finished_at is null and exists (select from review v where v.run_id = x.run_id and v.state = 'open')`;
  return rows.map((row) => z.uuid().parse(row['id']));
}
