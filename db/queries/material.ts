import { z } from 'zod';
import { activeMs } from '../../workflows/domain/active-time.js';
import { askedDrafters } from '../../workflows/domain/drafters.js';
import { runStepSchema, revisionFactSchema, type SopFacts } from '../../workflows/domain/sop-drafting/facts.js';
import type { Db } from '../connect.js';
import { observationsOf, type ObservationRow } from './observations.js';

const uuid = z.uuid();
const subjectRow = z.object({
  id: uuid,
  track: z.string(),
  slug: z.string(),
  round: z.int(),
  version: z.int().nullable(),
  payload: z.string().nullable(),
  next_version: z.int(),
  targets: z.array(z.object({ id: uuid, kind: z.string(), name: z.string(), address: z.string() })),
  /** Versions published before, oldest first. */
  revisions: z.array(revisionFactSchema.extend({ note: z.string().nullable() })),
  roster: z.array(z.string()),
  ran: z.array(
    runStepSchema
      .omit({ activeMs: true, parts: true })
      .extend({ moments: z.array(z.string()), parts: z.int().nullable() }),
  ),
  /** Of the open review. */
  subject: z.string().nullable(),
  images: z.array(z.object({ sourceId: uuid, sha256: z.string(), mediaType: z.string(), bytes: z.coerce.number() })),
});

/** What a subject of a run is rendered from: its current version, its targets, its pictures and what is on the record. */
export type SubjectMaterial = z.infer<typeof subjectRow> & { observations: ObservationRow[] };

/** Null where there is no such run. `targets` is empty where no active target takes the track. */
export async function subjectMaterial(db: Db, run: string): Promise<SubjectMaterial | null> {
  const [found] = await db.sql`
    select r.id, r.track, r.slug, r.round, d.version, d.payload,
           (select coalesce(max(version), 0) + 1 from draft where run_id = r.id) as next_version,
           (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'name', t.name, 'address', t.address)
                     order by t.id), '[]')
              from target t where t.active and (t.track = r.track or t.track is null)) as targets,
           (select coalesce(jsonb_agg(jsonb_build_object('version', o.draft_version,
                     'publishedAt', to_char(o.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'approvedBy', o.name,
                     'note', o.note) order by o.draft_version), '[]')
              from (select s.draft_version, min(p.settled_at) as at, min(u.name) as name,
                           min(x.payload::jsonb ->> 'revision') as note
                      from publication p join subject s on s.digest = p.subject_digest
                      join decision e on e.id = p.decision_id join "user" u on u.id = e.person
                      join draft x on x.run_id = r.id and x.version = s.draft_version
                     where p.run_id = r.id and p.state = 'published' and p.settled_at is not null
                     group by s.draft_version) o) as revisions,
           (select coalesce(jsonb_agg(u.name order by u.name), '[]') from member m join "user" u on u.id = m.user_id
             where m.active) as roster,
           (select coalesce(jsonb_agg(jsonb_build_object('step', substr(f.key, length('run-through:') + 1),
                     'stepDigest', f.value_digest, 'runThroughId', t.id, 'person', u.name,
                     'finishedAt', to_char(t.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                     'moments', (select jsonb_agg(to_char(m.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
                        from (select t.started_at as at union all select t.finished_at
                              union all select k.at from tick k where k.run_through_id = t.id) m),
                     'version', t.draft_version,
                     'parts', (select nullif(greatest(count(*), 1), 1) from run_through_recording c
                                where c.run_through_id = t.id)) order by f.at, f.key), '[]')
              from fulfilment f join run_through t on t.id = f.run_through_id join "user" u on u.id = f.person
             where f.run_id = r.id and starts_with(f.key, 'run-through:')) as ran,
           (select v.subject_digest from review v where v.run_id = r.id and v.state = 'open') as subject,
           (select coalesce(jsonb_agg(jsonb_build_object('sourceId', s.id, 'sha256', s.sha256,
                     'mediaType', s.media_type, 'bytes', s.bytes) order by l.ordinal), '[]')
              from run_source l join source s on s.id = l.source_id
             where l.run_id = r.id and s.kind = 'screenshot' and s.erased_at is null) as images
      from run r
      left join lateral (select version, payload from draft
                          where run_id = r.id and not alternative order by version desc limit 1) d on true
     where r.id = ${run}`;
  return found === undefined ? null : { ...subjectRow.parse(found), observations: await observationsOf(db, run) };
}

/** What is on the record about an SOP, as its page and its requirements take it; `finishing` is a run-through that ends now. */
export function factsOf({ ran, revisions, roster, observations }: SubjectMaterial, finishing?: string): SopFacts {
  const told = observations.filter((one) => one.finished || one.runThroughId === finishing);
  const steps = ran.map(({ moments, parts, ...step }) => ({
    ...step,
    activeMs: activeMs(moments),
    ...(parts !== null && { parts }),
  }));
  return {
    ran: steps,
    observations: told.map(({ finished: _, ...one }) => one),
    revisions: revisions.map((one) => ({ ...one, note: one.note ?? '' })),
    roster,
  };
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
  drafter: z.enum(askedDrafters),
  feedback: z.string().nullable(),
  /** The parts that the feedback is about; null means the whole draft. */
  about: z.array(z.string()).nullable(),
  /** Every version of the rounds before that counted, oldest first. */
  history: z.array(z.object({ payload: z.string(), byPerson: z.boolean() })),
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
    select r.title, r.drafter, r.feedback, r.feedback_about as about, r.trouble ->> 'code' as trouble,
           (select coalesce(jsonb_agg(jsonb_build_object('payload', d.payload, 'byPerson', d.author_id is not null)
                                      order by d.version), '[]')
              from draft d where d.run_id = r.id and not d.alternative and d.round < ${round}) as history,
           (select d.payload from draft d where d.run_id = r.id and not d.alternative and d.round < ${round}
             order by d.version desc limit 1) as previous,
           exists (select from draft d where d.run_id = r.id and d.round = ${round} and d.author_id is null) as drafted
      from run r where r.id = ${run}`;
  return found === undefined ? null : draftingRow.parse(found);
}
