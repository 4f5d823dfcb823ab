import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { at, ordinalText } from './columns.js';

export const event = pgTable(
  'event',
  {
    position: bigint('position', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    stream: text('stream').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** `2026-11-24T10:57:14.123456Z`: stored text is what is hashed. */
    at: ordinalText('at').notNull(),
    /** `person:<id>`, `key:<id>`, `drafter:<name>`, `rule:<id>`, `worker`, `api`, `system`. */
    actor: text('actor').notNull(),
    kind: text('kind').notNull(),
    /** JSON text of ids, enumerations, numbers and salted digests; never words of a draft or a source. */
    body: text('body').notNull(),
    prev: text('prev').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [unique('event_stream_seq').on(t.stream, t.seq), index('event_at').on(t.at)],
);

/** The last event of each stream; locked while one is appended. */
export const streamHead = pgTable('stream_head', {
  stream: text('stream').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
});

export const checkpoint = pgTable('checkpoint', {
  number: integer('number').primaryKey(),
  at: text('at').notNull(),
  /** Canonical JSON: {v, number, at, previous, events, heads: [{stream, seq, hash}] changed since}. */
  body: text('body').notNull(),
  digest: text('digest').notNull(),
  signature: text('signature').notNull(),
  keyId: text('key_id').notNull(),
});

/** Words that go with an event (why a run was withdrawn). The event keeps their salted digest; this row can be erased. */
export const reason = pgTable(
  'reason',
  {
    stream: text('stream').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    words: text('words').notNull(),
    salt: text('salt').notNull(),
    erasedAt: at('erased_at'),
  },
  (t) => [primaryKey({ columns: [t.stream, t.seq] })],
);

/** The kinds of event there are; the migrator fills it from workflows/domain/verbs.ts. */
export const eventKind = pgTable('event_kind', { kind: text('kind').primaryKey(), verb: text('verb').notNull() });

/** What the database itself asks of a track; the migrator fills it from workflows/domain. */
export const trackRule = pgTable('track_rule', {
  track: text('track').primaryKey(),
  mandatoryRequirement: text('mandatory_requirement'),
  needsSourceKind: text('needs_source_kind'),
  defaultPolicy: jsonb('default_policy').notNull(),
  /** Whoever started a run is an author of it, with or without an edit. */
  starterIsAuthor: boolean('starter_is_author').notNull().default(false),
});
