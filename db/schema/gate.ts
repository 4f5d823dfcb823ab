import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.js';
import { user } from './people.js';
import { run, subject } from './work.js';

export const review = pgTable(
  'review',
  {
    id: uuid('id').primaryKey(),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    round: integer('round').notNull(),
    state: text('state').notNull(),
    /** FrozenPolicy. */
    policy: jsonb('policy').notNull(),
    subjectDigest: text('subject_digest')
      .notNull()
      .references(() => subject.digest),
    draftVersion: integer('draft_version').notNull(),
    openedAt: at('opened_at').notNull(),
    dueAt: at('due_at').notNull(),
    remindAt: at('remind_at').notNull(),
    closedAt: at('closed_at'),
    assignee: uuid('assignee').references(() => user.id),
    claimedBy: uuid('claimed_by').references(() => user.id),
    claimExpiresAt: at('claim_expires_at'),
  },
  (t) => [
    unique('review_round').on(t.runId, t.round),
    uniqueIndex('review_one_open')
      .on(t.runId)
      .where(sql`state = 'open'`),
    index('review_due')
      .on(t.dueAt, t.id)
      .where(sql`state = 'open'`),
  ],
);

/** A page that was given out in a review, with the token that proves it: the first of the two keys. */
export const pageServed = pgTable(
  'page_served',
  {
    tokenDigest: text('token_digest').primaryKey(),
    reviewId: uuid('review_id')
      .notNull()
      .references(() => review.id),
    sessionId: uuid('session_id').notNull(),
    person: uuid('person')
      .notNull()
      .references(() => user.id),
    /** `<source>:<page>`, or `absence:<field>`. */
    place: text('place').notNull(),
    at: at('at').notNull(),
  },
  (t) => [index('page_served_review').on(t.reviewId, t.person, t.place)],
);

export const decision = pgTable(
  'decision',
  {
    id: uuid('id').primaryKey(),
    reviewId: uuid('review_id')
      .notNull()
      .references(() => review.id),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    subjectDigest: text('subject_digest')
      .notNull()
      .references(() => subject.digest),
    decision: text('decision').notNull(),
    reason: text('reason'),
    person: uuid('person')
      .notNull()
      .references(() => user.id),
    role: text('role').notNull(),
    /** RFC 3339 UTC milliseconds, exactly as signed. */
    decidedAt: text('decided_at').notNull(),
    singlePerson: boolean('single_person').notNull(),
    /** 'as-drafted' or 'with-edits' for an approval, null otherwise; and the share of the draft kept, 0 to 1, given by the domain. */
    outcome: text('outcome'),
    keptShare: text('kept_share'),
    signedText: text('signed_text').notNull(),
    signature: text('signature').notNull(),
    keyId: text('key_id').notNull(),
    /** What had been served to this person: {page?, openedAt?, seconds?}. */
    served: jsonb('served'),
    /** Until when it can be undone. */
    graceUntil: at('grace_until').notNull(),
    undoneAt: at('undone_at'),
  },
  (t) => [
    uniqueIndex('decision_one_per_review')
      .on(t.reviewId)
      .where(sql`undone_at is null`),
    index('decision_run').on(t.runId),
  ],
);

export const publication = pgTable(
  'publication',
  {
    id: uuid('id').primaryKey(),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decision.id),
    subjectDigest: text('subject_digest')
      .notNull()
      .references(() => subject.digest),
    renditionSha256: text('rendition_sha256').notNull(),
    targetId: uuid('target_id').notNull(),
    /** Target address and path: where exactly. */
    address: text('address').notNull(),
    state: text('state').notNull(),
    attempts: integer('attempts').notNull().default(0),
    createdAt: at('created_at').notNull(),
    settledAt: at('settled_at'),
    /** The receipt's exact text, once published. */
    receipt: text('receipt'),
    trouble: text('trouble'),
    /** Where the receipt lies, below the data folder. */
    receiptPath: text('receipt_path'),
  },
  (t) => [unique('publication_once_per_address').on(t.decisionId, t.address), index('publication_run').on(t.runId)],
);

export const signingKey = pgTable('signing_key', {
  keyId: text('key_id').primaryKey(),
  /** Raw 32-byte Ed25519 public key, base64url. */
  publicKey: text('public_key').notNull(),
  registeredAt: at('registered_at').notNull(),
  retiredAt: at('retired_at'),
});

export const target = pgTable('target', {
  id: uuid('id').primaryKey(),
  kind: text('kind').notNull(), // 'folder', 'git'
  name: text('name').notNull(),
  /** For a folder: a path, absolute or below the data folder. For git: `<repository>#<branch>[:<folder>]`. */
  address: text('address').notNull(),
  track: text('track'),
  active: boolean('active').notNull().default(true),
  changedAt: at('changed_at').notNull(),
});

export const setting = pgTable('setting', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  changedBy: uuid('changed_by'),
  changedAt: at('changed_at').notNull(),
});
