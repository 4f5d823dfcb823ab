import { z } from 'zod';
import { ChainFollower } from '../../workflows/domain/record/hash.js';
import { firstPrev } from '../../workflows/domain/record/hash.js';
import type { CheckpointBody } from '../../workflows/domain/record/checkpoint.js';
import { checkpointBodySchema } from '../../workflows/domain/record/checkpoint.js';
import { sha256Hex } from '../../workflows/domain/canonical.js';
import type { Db } from '../connect.js';

export const eventRowSchema = z.object({
  position: z.coerce.number().int(),
  stream: z.string(),
  seq: z.coerce.number().int(),
  at: z.string(),
  actor: z.string(),
  kind: z.string(),
  body: z.string(),
  prev: z.string(),
  hash: z.string(),
});
/** An event exactly as stored. */
export type EventRow = z.infer<typeof eventRowSchema>;

const checkpointSchema = z.object({
  number: z.int(),
  at: z.string(),
  body: z.string(),
  digest: z.string(),
  signature: z.string(),
  keyId: z.string(),
});
export type CheckpointRow = z.infer<typeof checkpointSchema>;

const headSchema = z.object({ stream: z.string(), seq: z.coerce.number().int(), hash: z.string() });
export type Head = z.infer<typeof headSchema>;

/** All checkpoints, oldest first. */
export async function checkpoints(db: Db): Promise<CheckpointRow[]> {
  const rows = await db.sql`
    select number, at, body, digest, signature, key_id as "keyId" from checkpoint order by number`;
  return z.array(checkpointSchema).parse([...rows]);
}

const keySchema = z.object({
  keyId: z.string(),
  publicKey: z.string(),
  registeredAt: z.date().transform((at) => at.toISOString()),
  retiredAt: z
    .date()
    .nullable()
    .transform((at) => at?.toISOString()),
});
export type SigningKeyRow = z.infer<typeof keySchema>;

/** Every signing key that was ever registered. */
export async function signingKeys(db: Db): Promise<SigningKeyRow[]> {
  const rows = await db.sql`
    select key_id as "keyId", public_key as "publicKey", registered_at as "registeredAt", retired_at as "retiredAt"
      from signing_key order by registered_at, key_id`;
  return z.array(keySchema).parse([...rows]);
}

/**
 * What the next checkpoint would say; `undefined` where nothing but the sealing of the last one has happened since.
 * One statement reads all heads, so they are of one moment.
 */
export async function nextCheckpoint(db: Db, at: Date): Promise<CheckpointBody | undefined> {
  const all = await checkpoints(db);
  const sealed = new Map<string, number>();
  for (const { body } of all) {
    for (const head of checkpointBodySchema.parse(JSON.parse(body)).heads) sealed.set(head.stream, head.seq);
  }
  const heads = z
    .array(headSchema)
    .parse([...(await db.sql`select stream, seq, hash from stream_head where seq > 0 order by stream`)]);
  const changed = heads.filter((head) => sealed.get(head.stream) !== head.seq);
  if (changed.every((head) => head.stream === 'checkpoints')) return undefined;
  const last = all.at(-1);
  return {
    v: 1,
    number: (last?.number ?? 0) + 1,
    at: at.toISOString(),
    previous: last?.digest ?? firstPrev,
    events: heads.reduce((sum, head) => sum + head.seq, 0),
    heads: changed,
  };
}

export type Verification = {
  verified: boolean;
  /** The first event, or checkpoint (stream `checkpoint`), that is not as it was written. */
  broken?: { stream: string; seq: number };
  events: number;
};

async function eventsAfter(db: Db, streams: readonly string[] | null, after: Head): Promise<EventRow[]> {
  const rows = await db.sql`
    select position, stream, seq, at, actor, kind, body, prev, hash from event
     where (${streams === null ? null : [...streams]}::text[] is null or stream = any (${streams === null ? null : [...streams]}::text[]))
       and (stream, seq) > (${after.stream}::text, ${after.seq}::bigint)
     order by stream, seq limit 5000`;
  return z.array(eventRowSchema).parse([...rows]);
}

/** Recomputes whole chains from their first event: all of them, or those named. Heads and checkpoints must agree. */
export async function verifyRecord(db: Db, streams: readonly string[] | null = null): Promise<Verification> {
  const stored = z
    .array(headSchema)
    .parse([...(await db.sql`select stream, seq, hash from stream_head where seq > 0`)]);
  const [sealed, known] = [await checkpoints(db), new Map<string, string>()];
  const followers = new Map<string, ChainFollower>();
  let after: Head = { stream: '', seq: 0, hash: '' };
  let events = 0;
  for (;;) {
    const batch = await eventsAfter(db, streams, after);
    for (const event of batch) {
      const follower = followers.get(event.stream) ?? new ChainFollower();
      followers.set(event.stream, follower);
      if (!follower.follow(event)) return { verified: false, broken: { stream: event.stream, seq: event.seq }, events };
      known.set(`${event.stream} ${event.seq}`, event.hash);
      events += 1;
    }
    const last = batch.at(-1);
    if (last === undefined) break;
    after = last;
  }
  const asked = (stream: string) => streams === null || streams.includes(stream);
  for (const head of stored.filter((one) => asked(one.stream))) {
    // Events appended while we read come after the head that was read first.
    if (known.get(`${head.stream} ${head.seq}`) !== head.hash) {
      return { verified: false, broken: { stream: head.stream, seq: head.seq }, events };
    }
  }
  let previous = firstPrev;
  for (const checkpoint of sealed) {
    const body = checkpointBodySchema.parse(JSON.parse(checkpoint.body));
    const whole =
      sha256Hex(checkpoint.body) === checkpoint.digest &&
      body.previous === previous &&
      body.number === checkpoint.number &&
      body.heads.every((head) => !asked(head.stream) || known.get(`${head.stream} ${head.seq}`) === head.hash);
    if (!whole) return { verified: false, broken: { stream: 'checkpoint', seq: checkpoint.number }, events };
    previous = checkpoint.digest;
  }
  return { verified: true, events };
}
