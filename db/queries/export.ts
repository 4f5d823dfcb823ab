import { z } from 'zod';
import type { Db } from '../connect.js';
import {
  checkpoints,
  eventRowSchema,
  signingKeys,
  type CheckpointRow,
  type EventRow,
  type SigningKeyRow,
} from './record.js';

/**
 * Gives reads that all see one moment, so that what they answer fits together while work goes on. Nothing is written
 * here, so nothing can be lost; a connection that was replaced half-way is noticed and refused.
 */
export async function withSnapshot<T>(db: Db, use: (snapshot: Db) => Promise<T>): Promise<T> {
  const sql = await db.sql.reserve();
  try {
    await sql`begin isolation level repeatable read, read only`;
    const moment = () => sql`select pg_backend_pid() as backend, now()::text as begun`;
    const [before] = await moment();
    const answer = await use({ ...db, sql });
    const [after] = await moment();
    if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error('The connection was lost while reading.');
    return answer;
  } finally {
    await sql`rollback`.catch(() => undefined);
    sql.release();
  }
}

/** Events as stored, in the order of their positions, a batch at a time. Whole only within one snapshot. */
export async function* exportedEvents(db: Db): AsyncGenerator<EventRow> {
  for (let after = 0; ;) {
    const rows = await db.sql`
      select position, stream, seq, at, actor, kind, body, prev, hash from event
       where position > ${after} order by position limit 2000`;
    const batch = z.array(eventRowSchema).parse([...rows]);
    yield* batch;
    const last = batch.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

const decisionSchema = z.object({
  id: z.uuid(),
  reviewId: z.uuid(),
  runId: z.uuid(),
  subjectDigest: z.string(),
  decision: z.string(),
  person: z.uuid(),
  role: z.string(),
  decidedAt: z.string(),
  singlePerson: z.boolean(),
  undone: z.boolean(),
  signedText: z.string(),
  signature: z.string(),
  keyId: z.string(),
});
export type ExportedDecision = z.infer<typeof decisionSchema>;

/** Every decision without its reason: the words can be erased, the signature cannot. */
export async function exportedDecisions(db: Db): Promise<ExportedDecision[]> {
  const rows = await db.sql`
    select id, review_id as "reviewId", run_id as "runId", subject_digest as "subjectDigest", decision, person, role,
           decided_at as "decidedAt", single_person as "singlePerson", undone_at is not null as undone,
           signed_text as "signedText", signature, key_id as "keyId" from decision order by decided_at, id`;
  return z.array(decisionSchema).parse([...rows]);
}

const subjectSchema = z.object({ digest: z.string(), runId: z.uuid(), draftVersion: z.int(), manifest: z.string() });
export type ExportedSubject = z.infer<typeof subjectSchema>;

/** Every manifest, as stored. */
export async function exportedSubjects(db: Db): Promise<ExportedSubject[]> {
  const rows = await db.sql`
    select digest, run_id as "runId", draft_version as "draftVersion", manifest from subject order by created_at, digest`;
  return z.array(subjectSchema).parse([...rows]);
}

/** Checkpoints and keys as they go into an export. */
export async function exportedSeals(db: Db): Promise<{ checkpoints: CheckpointRow[]; keys: SigningKeyRow[] }> {
  const [sealed, keys] = await Promise.all([checkpoints(db), signingKeys(db)]);
  return { checkpoints: sealed, keys };
}
