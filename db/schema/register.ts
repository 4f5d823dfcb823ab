import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.js';
import { user } from './people.js';
import { run } from './work.js';

/** A reminder that went out, once for each entry of the register, term and threshold. */
export const contractReminder = pgTable(
  'contract_reminder',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    /** Renewals since the term that the contract names. */
    term: integer('term').notNull(),
    /** Days before the last safe day; -1 for a day that is past. */
    threshold: integer('threshold').notNull(),
    /** As it was when the reminder went out. */
    lastSafeDay: text('last_safe_day').notNull(),
    sentAt: at('sent_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.term, t.threshold] })],
);

/** A person's secret address of the calendar feed. Only its digest is kept. */
export const calendarLink = pgTable('calendar_link', {
  id: uuid('id').primaryKey(),
  person: uuid('person')
    .notNull()
    .references(() => user.id),
  tokenDigest: text('token_digest').notNull().unique(),
  createdAt: at('created_at').notNull(),
  revokedAt: at('revoked_at'),
});
