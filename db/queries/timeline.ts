import { z } from 'zod';
import { eventVerbs, verbs, type EventKind, type Verb } from '../../workflows/domain/verbs.js';
import { trackKeys } from '../../workflows/domain/tracks.js';
import type { Db } from '../connect.js';
import { doer, optional } from './shapes.js';

const kinds = z.enum(Object.keys(eventVerbs));
/** The database refuses an unlisted kind; Object.keys alone loses the type. */
const kind = kinds.transform((value) => value as EventKind);

const eventSchema = z.object({
  position: z.coerce.number().int(),
  stream: z.string(),
  seq: z.coerce.number().int(),
  at: z.string(),
  actor: z.string(),
  by: doer,
  verb: z.enum(verbs),
  kind,
  runId: optional(z.uuid()),
  title: optional(z.string()),
  track: optional(z.enum(trackKeys)),
  body: z.record(z.string(), z.unknown()),
  /** Names of the people whose ids stand in the body. */
  names: z.record(z.string(), z.string()),
  /** Beside the event, until they are erased. */
  words: optional(z.string()),
  hash: z.string(),
});
export type TimelineEvent = z.infer<typeof eventSchema>;

export type TimelineFilter = {
  /** In [from, to). */
  from?: Date | undefined;
  to?: Date | undefined;
  stream?: string | undefined;
  verb?: Verb | undefined;
  /** The position that the last page ended at. */
  after?: number | undefined;
  limit?: number | undefined;
};

/** The record writes microseconds; a bound in milliseconds sorts right before the first of them. */
const bound = (at: Date | undefined) => (at === undefined ? null : at.toISOString().slice(0, -1));

function matching(db: Db, filter: TimelineFilter) {
  const [from, to] = [bound(filter.from), bound(filter.to)];
  return db.sql`
    (${from}::text is null or e.at >= ${from}::text) and (${to}::text is null or e.at < ${to}::text)
    and (${filter.stream ?? null}::text is null or e.stream = ${filter.stream ?? null}::text)`;
}

/** Events in order, a page at a time. */
export async function timeline(db: Db, filter: TimelineFilter): Promise<{ events: TimelineEvent[]; next?: number }> {
  const limit = filter.limit ?? 100;
  const rows = await db.sql`
    select e.position, e.stream, e.seq, e.at, e.actor, e.kind, k.verb, e.body::jsonb as body, e.hash,
           r.id as "runId", r.title, r.track,
           case when e.kind in ('problem-reported', 'run-repair-opened') then
             (select nullif(q.words, '') from reason q where q.stream = e.stream and q.seq = e.seq) end as words,
           case split_part(e.actor, ':', 1)
             when 'person' then jsonb_build_object('kind', 'person', 'id', split_part(e.actor, ':', 2),
               'name', coalesce((select u.name from "user" u where u.id::text = split_part(e.actor, ':', 2)), ''))
             when 'key' then jsonb_build_object('kind', 'key', 'id', split_part(e.actor, ':', 2),
               'name', coalesce((select a.name from apikey a where a.id::text = split_part(e.actor, ':', 2)), 'API key'))
             else jsonb_build_object('kind', 'product', 'name', e.actor) end as by,
           (select coalesce(jsonb_object_agg(u.id, u.name), '{}') from "user" u
             where u.id::text in (select t.value #>> '{}' from jsonb_each(e.body::jsonb) t where jsonb_typeof(t.value) = 'string')) as names
      from event e join event_kind k on k.kind = e.kind
      left join run r on e.stream = 'run:' || r.id
     where ${matching(db, filter)} and e.position > ${filter.after ?? 0}
       and (${filter.verb ?? null}::text is null or k.verb = ${filter.verb ?? null}::text)
     order by e.position limit ${limit + 1}`;
  const events = z.array(eventSchema).parse([...rows.slice(0, limit)]);
  const last = events.at(-1);
  return rows.length > limit && last !== undefined ? { events, next: last.position } : { events };
}

/** How many events of each verb there are in the whole span. */
export async function timelineCounts(db: Db, filter: TimelineFilter): Promise<Record<Verb, number>> {
  const rows = await db.sql`
    select k.verb, count(*)::int as count from event e join event_kind k on k.kind = e.kind
     where ${matching(db, filter)} group by k.verb`;
  const found = z.array(z.object({ verb: z.enum(verbs), count: z.int() })).parse([...rows]);
  const counts: Record<Verb, number> = {
    ingest: 0,
    analyze: 0,
    predict: 0,
    generate: 0,
    execute: 0,
    people: 0,
    system: 0,
  };
  for (const { verb, count } of found) counts[verb] = count;
  return counts;
}

/** The streams that an event of the span stands in: their chains are what `verified` speaks of. */
export async function streamsIn(db: Db, filter: TimelineFilter): Promise<string[]> {
  const rows = await db.sql`select distinct e.stream from event e where ${matching(db, filter)} order by 1`;
  return z
    .array(z.object({ stream: z.string() }))
    .parse([...rows])
    .map((row) => row.stream);
}
