import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgSequence, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.js';
import { user } from './people.js';
import { run } from './work.js';
import { review } from './gate.js';

/** Every nudge gets a number of its own, so that clearing an old one never clears a newer one. */
export const nudgeAsked = pgSequence('nudge_asked');

/** The outbox: "look at run X". One row per run; the relay clears only the number that it has sent. */
export const nudge = pgTable('nudge', {
  runId: uuid('run_id')
    .primaryKey()
    .references(() => run.id),
  asked: bigint('asked', { mode: 'number' }).notNull(),
  askedAt: at('asked_at').notNull(),
  takenAt: at('taken_at'),
});

export const idempotency = pgTable(
  'idempotency',
  {
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    bodySha256: text('body_sha256').notNull(),
    runId: uuid('run_id').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.key] })],
);

export const notice = pgTable(
  'notice',
  {
    id: uuid('id').primaryKey(),
    /** Which fixed sentence. */
    template: text('template').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id),
    runId: uuid('run_id').references(() => run.id),
    /** One notice per person, review, template and moment. */
    onceKey: text('once_key').notNull(),
    values: jsonb('values').notNull(),
    createdAt: at('created_at').notNull(),
    readAt: at('read_at'),
    mailedAt: at('mailed_at'),
    mailTrouble: text('mail_trouble'),
  },
  (t) => [
    unique('notice_once').on(t.userId, t.onceKey),
    index('notice_unread')
      .on(t.userId)
      .where(sql`read_at is null`),
  ],
);

/** What was served to whom: opening a review, a source, a rendition. Evidence for a decision, never one itself. */
export const served = pgTable(
  'served',
  {
    reviewId: uuid('review_id')
      .notNull()
      .references(() => review.id),
    person: uuid('person')
      .notNull()
      .references(() => user.id),
    subjectDigest: text('subject_digest').notNull(),
    firstAt: at('first_at').notNull(),
    lastAt: at('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.reviewId, t.person, t.subjectDigest] })],
);

export const appliedFunctions = pgTable('applied_functions', {
  file: text('file').primaryKey(),
  sha256: text('sha256').notNull(),
  appliedAt: at('applied_at').notNull(),
});
