import { z } from 'zod';
import { families, type Family } from '../../workflows/domain/contract-summary/families.js';
import { contractSchema, type Contract } from '../../workflows/domain/contract-summary/schema.js';
import type { Db } from '../connect.js';
import { optional, time } from './shapes.js';

const versionSchema = z.object({
  runId: z.uuid(),
  publicationId: z.uuid(),
  title: z.string(),
  sample: z.boolean(),
  draftVersion: z.int(),
  publishedAt: time,
  hasReceipt: z.boolean(),
});
/** One published version of a contract's one-pager. */
export type PublishedContract = z.infer<typeof versionSchema>;

/** An entry of the register: what is in force, and what it took the place of. */
export type RegisterRow = PublishedContract & {
  /** As approved; null where what is stored cannot be read any more. */
  contract: Contract | null;
  earlier: PublishedContract[];
};

async function publishedVersions(db: Db): Promise<PublishedContract[]> {
  const rows = await db.sql`
    select distinct on (r.id, s.draft_version)
           r.id as "runId", p.id as "publicationId", r.title, r.sample, s.draft_version as "draftVersion",
           p.settled_at as "publishedAt", p.receipt is not null as "hasReceipt"
      from publication p join run r on r.id = p.run_id join subject s on s.digest = p.subject_digest
     where r.track = 'contract-summary' and p.state = 'published' and p.settled_at is not null
     order by r.id, s.draft_version, p.settled_at, p.id`;
  return z.array(versionSchema).parse([...rows]);
}

async function supersedings(db: Db): Promise<Map<string, string>> {
  const rows = await db.sql<{ run: string; before: string }[]>`
    select id as run, lower(input ->> 'supersedes') as before from run
     where track = 'contract-summary' and input ->> 'supersedes' is not null`;
  return new Map(rows.map(({ run, before }) => [run, before]));
}

const payloadSchema = z.object({ runId: z.uuid(), draftVersion: z.int(), payload: z.string() });
type Version = { runId: string; draftVersion: number };
const keyOf = ({ runId, draftVersion }: Version) => `${runId}:${String(draftVersion)}`;

function contractIn(payload: string): Contract | null {
  try {
    return contractSchema.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

/** Checking one takes a millisecond or two, and the same hundreds are asked for at each key of a search. */
const checked = new Map<string, { payload: string; contract: Contract | null }>();
const mostChecked = 1_000;

function checkedContract({ payload, ...version }: z.infer<typeof payloadSchema>): Contract | null {
  const key = keyOf(version);
  const known = checked.get(key);
  // By its very text, so that what is stored decides and never what was stored once.
  if (known?.payload === payload) return known.contract;
  const contract = contractIn(payload);
  const [oldest] = checked.keys();
  if (checked.size >= mostChecked && oldest !== undefined) checked.delete(oldest);
  checked.set(key, { payload, contract });
  return contract;
}

/** The contracts of these versions as they were approved, by run and version. */
export async function contractsOf(db: Db, versions: readonly Version[]): Promise<(of: Version) => Contract | null> {
  const rows = await db.sql`
    select d.run_id as "runId", d.version as "draftVersion", d.payload
      from unnest(${versions.map(({ runId }) => runId)}::uuid[], ${versions.map((one) => one.draftVersion)}::int[])
             as w(run, version)
      join draft d on d.run_id = w.run and d.version = w.version`;
  const found = z.array(payloadSchema).parse([...rows]);
  const contracts = new Map(found.map((row) => [keyOf(row), checkedContract(row)]));
  return (of) => contracts.get(keyOf(of)) ?? null;
}

const isOwn = ({ shown }: Family<PublishedContract>) => !shown.sample;

/** The register: each contract as last published. Samples stand in it only while there is nothing of one's own. */
export async function registerRows(db: Db): Promise<RegisterRow[]> {
  const [published, supersedes] = await Promise.all([publishedVersions(db), supersedings(db)]);
  const all = families(published, supersedes);
  const own = all.filter(isOwn);
  const shown = own.length > 0 ? own : all;
  const contractOf = await contractsOf(
    db,
    shown.map((family) => family.shown),
  );
  return shown.map((family) => ({ ...family.shown, contract: contractOf(family.shown), earlier: family.earlier }));
}

/** What is in force of a contract: the newest version of its run, or of the run that took its place. */
export async function contractInForce(db: Db, run: string): Promise<PublishedContract | undefined> {
  const all = families(await publishedVersions(db), await supersedings(db));
  return all.find(({ shown, earlier }) => [shown, ...earlier].some(({ runId }) => runId === run))?.shown;
}

const contractRunSchema = z.object({ track: z.string() });

/** The track of a run, for what says to supersede it. */
export async function trackOfRun(db: Db, run: string): Promise<string | undefined> {
  const [row] = await db.sql`select track from run where id = ${run}`;
  return row === undefined ? undefined : contractRunSchema.parse(row).track;
}

const linkSchema = z.object({ madeAt: time });

/** The calendar link of a person that works, if there is one. */
export async function calendarLinkOf(db: Db, person: string): Promise<z.infer<typeof linkSchema> | undefined> {
  const [row] = await db.sql`
    select created_at as "madeAt" from calendar_link where person = ${person} and revoked_at is null
     order by created_at desc limit 1`;
  return row === undefined ? undefined : linkSchema.parse(row);
}

/** Whose calendar links work, and since when. */
export async function calendarLinks(db: Db): Promise<Map<string, string>> {
  const rows = await db.sql`
    select person, max(created_at) as "madeAt" from calendar_link where revoked_at is null group by person`;
  const links = z.array(linkSchema.extend({ person: z.uuid() })).parse([...rows]);
  return new Map(links.map(({ person, madeAt }) => [person, madeAt]));
}

/** True where the digest is that of a link which works, of a member who is active. */
export async function calendarLinkWorks(db: Db, tokenDigest: string): Promise<boolean> {
  const rows = await db.sql`
    select 1 from calendar_link l join member m on m.user_id = l.person and m.active
     where l.token_digest = ${tokenDigest} and l.revoked_at is null`;
  return rows.length === 1;
}

const pairSchema = z.object({
  drafter: z.string(),
  model: optional(z.string()),
  promptVersion: optional(z.string()),
  drafted: z.string(),
  published: z.string(),
});

/** The first draft of each published contract beside what was last published of it. Samples are not counted. */
export async function draftedAndPublished(db: Db) {
  const rows = await db.sql`
    select f.drafter ->> 'drafter' as drafter, f.drafter ->> 'model' as model, f.drafter ->> 'promptVersion' as "promptVersion",
           f.payload as drafted, l.payload as published
      from run r
      join lateral (select * from draft d where d.run_id = r.id and d.author_id is null and not d.alternative
                     order by d.version limit 1) f on true
      join lateral (select d.payload from publication p join subject s on s.digest = p.subject_digest
                      join draft d on d.run_id = r.id and d.version = s.draft_version
                     where p.run_id = r.id and p.state = 'published' and p.settled_at is not null
                     order by s.draft_version desc limit 1) l on true
     where r.track = 'contract-summary' and not r.sample and f.drafter ->> 'drafter' is not null`;
  return z
    .array(pairSchema)
    .parse([...rows])
    .flatMap(({ drafted, published, model, promptVersion, drafter }) => {
      const [first, last] = [contractIn(drafted), contractIn(published)];
      if (first === null || last === null) return [];
      return [{ drafter, model: model ?? null, promptVersion: promptVersion ?? null, drafted: first, published: last }];
    });
}

/** True where a reminder of this term and threshold went out for the run. */
export async function wasReminded(
  db: Db,
  { run, term, threshold }: { run: string; term: number; threshold: number },
): Promise<boolean> {
  const rows = await db.sql`
    select 1 from contract_reminder where run_id = ${run} and term = ${term} and threshold = ${threshold}`;
  return rows.length === 1;
}
