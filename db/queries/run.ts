import { z } from 'zod';
import { askedDrafters } from '../../workflows/domain/drafters.js';
import { publicationStates, reviewStates, runStates, type RunState } from '../../workflows/domain/states.js';
import { trackKeys, type TrackKey } from '../../workflows/domain/tracks.js';
import type { Db } from '../connect.js';
import { cursorOf, page, placeOf } from './cursor.js';
import { decisionsOf } from './decisions.js';
import { nextVersion, versions } from './drafts.js';
import { doer, doerSql, optional, time } from './shapes.js';
import { sourcesOf } from './sources.js';

const publicationSchema = z.object({
  id: z.uuid(),
  /** The target's name. */
  target: z.string(),
  address: z.string(),
  state: z.enum(publicationStates),
  attempts: z.int(),
  settledAt: optional(z.string()),
  trouble: optional(z.string()),
  /** True once there is a receipt to fetch. */
  hasReceipt: z.boolean(),
});

export const runSummarySchema = z.object({
  id: z.uuid(),
  track: z.enum(trackKeys),
  title: z.string(),
  slug: z.string(),
  state: z.enum(runStates),
  round: z.int(),
  /** The open review, or else the last one. */
  reviewId: optional(z.uuid()),
  draftVersion: optional(z.int()),
  publications: z.array(publicationSchema),
  sample: z.boolean(),
  startedBy: doer,
  /** Which drafter a person asked for. */
  drafter: z.enum(askedDrafters),
  createdAt: time,
  movedAt: time,
  kept: optional(z.object({ rule: z.string(), label: z.string(), words: z.string() })),
  trouble: optional(
    z.object({ code: z.string(), words: z.string(), since: optional(z.string()), attempts: optional(z.int()) }),
  ),
  /** As it was given: whoever shows it reads it first. */
  recordingLink: optional(z.string()),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

const summary = (db: Db) => db.sql`
  r.id, r.track, r.title, r.slug, r.state, r.round, r.sample, r.drafter, r.created_at as "createdAt", r.moved_at as "movedAt",
  case when r.state = 'kept-human' then r.kept end as kept, r.trouble,
  r.input ->> 'recordingLink' as "recordingLink",
  ${doerSql(db, 'r.created_by', 'r.created_by_key')} as "startedBy",
  (select v.id from review v where v.run_id = r.id order by (v.state = 'open') desc, v.round desc limit 1) as "reviewId",
  (select max(d.version) from draft d where d.run_id = r.id and not d.alternative) as "draftVersion",
  (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'target', coalesce(t.name, ''), 'address', p.address,
            'state', p.state, 'attempts', p.attempts, 'trouble', p.trouble, 'hasReceipt', p.receipt is not null,
            'settledAt', to_char(p.settled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
            order by p.created_at, p.address), '[]')
     from publication p left join target t on t.id = p.target_id where p.run_id = r.id) as publications`;

export type RunFilter = {
  track?: TrackKey | undefined;
  states?: readonly RunState[] | undefined;
  /** Started in [from, to). */
  from?: Date | undefined;
  to?: Date | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** Runs, newest first. */
export async function runs(db: Db, filter: RunFilter = {}): Promise<{ runs: RunSummary[]; next?: string }> {
  const limit = filter.limit ?? 50;
  const after = filter.cursor === undefined ? undefined : placeOf(filter.cursor);
  const rows = await db.sql`
    select ${summary(db)} from run r
     where (${filter.track ?? null}::text is null or r.track = ${filter.track ?? null}::text)
       and (${filter.states ? [...filter.states] : null}::text[] is null or r.state = any (${filter.states ? [...filter.states] : null}::text[]))
       and (${filter.from ?? null}::timestamptz is null or r.created_at >= ${filter.from ?? null}::timestamptz)
       and (${filter.to ?? null}::timestamptz is null or r.created_at < ${filter.to ?? null}::timestamptz)
       and (${after?.at ?? null}::timestamptz is null
            or (r.created_at, r.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     order by r.created_at desc, r.id desc limit ${limit + 1}`;
  const { items, next } = page(z.array(runSummarySchema).parse([...rows]), limit, (run) =>
    cursorOf(run.createdAt, run.id),
  );
  return { runs: items, ...(next === undefined ? {} : { next }) };
}

/** Runs that need a person and have no review to show for it. */
export async function runsNeedingAttention(db: Db): Promise<RunSummary[]> {
  const rows = await db.sql`
    select ${summary(db)} from run r
     where r.state in ('kept-human', 'uncertain', 'failed') or (r.state = 'drafting' and r.trouble is not null)
     order by r.moved_at, r.id limit 100`;
  return z.array(runSummarySchema).parse([...rows]);
}

/** One run in short. */
export async function runSummary(db: Db, id: string): Promise<RunSummary | undefined> {
  const [row] = await db.sql`select ${summary(db)} from run r where r.id = ${id}`;
  return row === undefined ? undefined : runSummarySchema.parse(row);
}

const reviewRoundSchema = z.object({
  id: z.uuid(),
  round: z.int(),
  state: z.enum(reviewStates),
  openedAt: time,
  closedAt: optional(time),
});
const restSchema = z.object({
  feedback: optional(z.string()),
  input: z.record(z.string(), z.unknown()),
});

/** One run with all that belongs to it. */
export async function runDetail(db: Db, id: string) {
  const found = await runSummary(db, id);
  if (found === undefined) return undefined;
  const [rest, reviews, sources, allVersions, decisions, next] = await Promise.all([
    db.sql`select feedback, input from run where id = ${id}`,
    db.sql`select id, round, state, opened_at as "openedAt", closed_at as "closedAt" from review
            where run_id = ${id} order by round`,
    sourcesOf(db, id),
    versions(db, id),
    decisionsOf(db, id),
    nextVersion(db, id),
  ]);
  return {
    ...found,
    ...restSchema.parse(rest[0]),
    reviews: z.array(reviewRoundSchema).parse([...reviews]),
    sources,
    versions: allVersions,
    decisions,
    nextVersion: next,
  };
}
export type RunDetail = NonNullable<Awaited<ReturnType<typeof runDetail>>>;
