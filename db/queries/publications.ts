import { z } from 'zod';
import { publicationStates } from '../../workflows/domain/states.js';
import { trackKeys, type TrackKey } from '../../workflows/domain/tracks.js';
import type { Db } from '../connect.js';
import { cursorOf, page, placeOf } from './cursor.js';
import { containing, optional, person, personSql, time } from './shapes.js';

const itemSchema = z.object({
  publicationId: z.uuid(),
  runId: z.uuid(),
  track: z.enum(trackKeys),
  title: z.string(),
  draftVersion: z.int(),
  target: z.string(),
  address: z.string(),
  publishedAt: time,
  approvedBy: person,
  singlePerson: z.boolean(),
  sample: z.boolean(),
  /** The version in force, where it is a later one than this. */
  supersededBy: optional(z.object({ publicationId: z.uuid(), draftVersion: z.int() })),
});
export type PublishedItem = z.infer<typeof itemSchema>;

const item = (db: Db) => db.sql`
  p.id as "publicationId", p.run_id as "runId", r.track, r.title, r.slug, s.draft_version as "draftVersion",
  coalesce(t.name, '') as target, p.address, p.settled_at as "publishedAt", ${personSql(db, 'd.person')} as "approvedBy",
  d.single_person as "singlePerson", r.sample,
  (select jsonb_build_object('publicationId', np.id, 'draftVersion', ns.draft_version)
     from publication np join subject ns on ns.digest = np.subject_digest
    where np.run_id = p.run_id and np.state = 'published' and ns.draft_version > s.draft_version
    order by ns.draft_version desc, (np.target_id = p.target_id) desc, np.id limit 1) as "supersededBy"`;
const from = (db: Db) => db.sql`
  publication p join run r on r.id = p.run_id join decision d on d.id = p.decision_id
  join subject s on s.digest = p.subject_digest left join target t on t.id = p.target_id`;

export type PublishedFilter = {
  track?: TrackKey | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** What was published, newest first. `q` looks in titles. */
export async function publishedItems(
  db: Db,
  filter: PublishedFilter = {},
): Promise<{ items: PublishedItem[]; next?: string }> {
  const limit = filter.limit ?? 50;
  const after = filter.cursor === undefined ? undefined : placeOf(filter.cursor);
  const words = filter.q === undefined ? null : containing(filter.q);
  const rows = await db.sql`
    select ${item(db)} from ${from(db)}
     where p.state = 'published'
       and (${filter.track ?? null}::text is null or r.track = ${filter.track ?? null}::text)
       and (${words}::text is null or r.title ilike ${words}::text)
       and (${after?.at ?? null}::timestamptz is null
            or (p.settled_at, p.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     order by p.settled_at desc, p.id desc limit ${limit + 1}`;
  return page(z.array(itemSchema).parse([...rows]), limit, (one) => cursorOf(one.publishedAt, one.publicationId));
}

const detailSchema = itemSchema.extend({
  slug: z.string(),
  publishedAt: optional(time),
  state: z.enum(publicationStates),
  attempts: z.int(),
  trouble: optional(z.string()),
  decisionId: z.uuid(),
  subjectDigest: z.string(),
  renditionSha256: z.string(),
  manifest: z.string(),
  signedText: z.string(),
  signature: z.string(),
  keyId: z.string(),
  publicKey: optional(z.string()),
  receipt: optional(z.string()),
  receiptPath: optional(z.string()),
});
export type PublicationDetail = z.infer<typeof detailSchema> & {
  versions: { publicationId: string; draftVersion: number; publishedAt: string }[];
};

/** One publication in any state, with all that is needed to check it again. */
export async function publicationDetail(db: Db, id: string): Promise<PublicationDetail | undefined> {
  const [row] = await db.sql`
    select ${item(db)}, p.state, p.attempts, p.trouble, p.decision_id as "decisionId", p.subject_digest as "subjectDigest",
           p.rendition_sha256 as "renditionSha256", s.manifest, d.signed_text as "signedText", d.signature,
           d.key_id as "keyId", k.public_key as "publicKey", p.receipt, p.receipt_path as "receiptPath"
      from ${from(db)} left join signing_key k on k.key_id = d.key_id where p.id = ${id}`;
  if (row === undefined) return undefined;
  const detail = detailSchema.parse(row);
  const others = await db.sql`
    select p.id as "publicationId", s.draft_version as "draftVersion", p.settled_at as "publishedAt"
      from publication p join subject s on s.digest = p.subject_digest
     where p.run_id = ${detail.runId} and p.state = 'published' order by s.draft_version, p.id`;
  const version = z.object({ publicationId: z.uuid(), draftVersion: z.int(), publishedAt: time });
  return { ...detail, versions: z.array(version).parse([...others]) };
}

const publicationSchema = z.object({
  id: z.uuid(),
  runId: z.uuid(),
  decisionId: z.uuid(),
  subjectDigest: z.string(),
  renditionSha256: z.string(),
  targetId: z.uuid(),
  address: z.string(),
  state: z.enum(publicationStates),
  attempts: z.int(),
  createdAt: time,
  receipt: optional(z.string()),
});
export type PublicationRow = z.infer<typeof publicationSchema>;

/** One publication as stored. */
export async function publication(db: Db, id: string): Promise<PublicationRow | undefined> {
  const [row] = await db.sql`
    select id, run_id as "runId", decision_id as "decisionId", subject_digest as "subjectDigest",
           rendition_sha256 as "renditionSha256", target_id as "targetId", address, state, attempts,
           created_at as "createdAt", receipt from publication where id = ${id}`;
  return row === undefined ? undefined : publicationSchema.parse(row);
}
