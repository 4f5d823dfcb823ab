import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at } from './columns.js';
import { user } from './people.js';

export const source = pgTable('source', {
  id: uuid('id').primaryKey(),
  kind: text('kind').notNull(),
  name: text('name').notNull(),
  mediaType: text('media_type').notNull(),
  sha256: text('sha256').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  /** What the reader made of it (a Transcript, image dimensions); null where there is nothing to read. */
  reading: jsonb('reading'),
  addedBy: uuid('added_by'),
  /** Set instead of addedBy where an API key gave it. */
  addedByKey: uuid('added_by_key'),
  createdAt: at('created_at').notNull(),
  erasedAt: at('erased_at'),
});

export const run = pgTable(
  'run',
  {
    id: uuid('id').primaryKey(),
    track: text('track').notNull(),
    title: text('title').notNull(),
    slug: text('slug').notNull(),
    state: text('state').notNull(),
    /** Rounds of drafting, from 1. */
    round: integer('round').notNull().default(1),
    input: jsonb('input').notNull().default({}),
    /** Which drafter a person asked for: one by name, or 'default'. */
    drafter: text('drafter').notNull().default('default'),
    sample: boolean('sample').notNull().default(false),
    createdBy: uuid('created_by'),
    createdByKey: uuid('created_by_key'),
    createdAt: at('created_at').notNull(),
    /** Last change of state. The reconciler nudges open runs that have not moved. */
    movedAt: at('moved_at').notNull(),
    checkedAt: at('checked_at'),
    screenedAt: at('screened_at'),
    /** {rule, label, words} while kept human. */
    kept: jsonb('kept'),
    releasedAt: at('released_at'),
    /** {code, words, since, attempts} while drafting waits or has failed; words are for a person. */
    trouble: jsonb('trouble'),
    /** The person's words for the next round. */
    feedback: text('feedback'),
    /** string[]: the items and fields that the words are about; null means the whole draft. */
    feedbackAbout: jsonb('feedback_about'),
  },
  (t) => [
    unique('run_slug').on(t.track, t.slug),
    index('run_open')
      .on(t.movedAt)
      .where(sql`state not in ('published', 'rejected', 'withdrawn')`),
    index('run_created').on(t.createdAt),
  ],
);

export const runSource = pgTable(
  'run_source',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    sourceId: uuid('source_id')
      .notNull()
      .references(() => source.id),
    ordinal: integer('ordinal').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.sourceId] }), index('run_source_source').on(t.sourceId)],
);

export const draft = pgTable(
  'draft',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    version: integer('version').notNull(),
    round: integer('round').notNull(),
    /** The version this one was made from; null for a drafter's. */
    baseVersion: integer('base_version'),
    /** Canonical JSON, stored as text and never re-serialised. */
    payload: text('payload').notNull(),
    /** Null where a drafter wrote it. */
    authorId: uuid('author_id').references(() => user.id),
    /** {drafter, model, promptVersion, usage, costUsd, seconds}; null where a person wrote it. */
    drafter: jsonb('drafter'),
    /** A drafter's late version, kept beside what a person had begun; never current. */
    alternative: boolean('alternative').notNull().default(false),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.version] }),
    uniqueIndex('draft_one_per_round')
      .on(t.runId, t.round)
      .where(sql`author_id is null`),
  ],
);

export const subject = pgTable(
  'subject',
  {
    digest: text('digest').primaryKey(),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    draftVersion: integer('draft_version').notNull(),
    manifest: text('manifest').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [index('subject_run').on(t.runId, t.draftVersion)],
);

/** The requirements of a subject, taken out of its manifest by the database itself. */
export const requirement = pgTable(
  'requirement',
  {
    subjectDigest: text('subject_digest')
      .notNull()
      .references(() => subject.digest),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    label: text('label').notNull(),
    valueDigest: text('value_digest').notNull(),
    ordinal: integer('ordinal').notNull(),
    /** What must have been served before it can be met. */
    place: text('place'),
  },
  (t) => [primaryKey({ columns: [t.subjectDigest, t.key] })],
);

export const fulfilment = pgTable(
  'fulfilment',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    key: text('key').notNull(),
    valueDigest: text('value_digest').notNull(),
    person: uuid('person')
      .notNull()
      .references(() => user.id),
    at: at('at').notNull(),
    /** Set where a finished run-through met it. */
    runThroughId: uuid('run_through_id'),
    evidence: jsonb('evidence'),
  },
  (t) => [primaryKey({ columns: [t.runId, t.key, t.valueDigest] })],
);

export const runThrough = pgTable(
  'run_through',
  {
    id: uuid('id').primaryKey(),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    draftVersion: integer('draft_version').notNull(),
    person: uuid('person')
      .notNull()
      .references(() => user.id),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    /** The recording once it is whole: a source of kind `recording`. */
    recordingId: uuid('recording_id').references(() => source.id),
  },
  (t) => [index('run_through_run').on(t.runId)],
);

export const tick = pgTable(
  'tick',
  {
    runThroughId: uuid('run_through_id')
      .notNull()
      .references(() => runThrough.id),
    step: text('step').notNull(),
    stepDigest: text('step_digest').notNull(),
    result: text('result').notNull(),
    note: text('note').notNull().default(''),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runThroughId, t.step] })],
);

/** Where a run-through did not go as written. Kept when the same step is then done as written. */
export const observation = pgTable(
  'observation',
  {
    id: uuid('id').primaryKey(),
    runThroughId: uuid('run_through_id')
      .notNull()
      .references(() => runThrough.id),
    step: text('step').notNull(),
    /** 'differed' or 'exception'. */
    result: text('result').notNull(),
    /** The version that was on the page. */
    draftVersion: integer('draft_version').notNull(),
    cameUp: text('came_up').notNull().default(''),
    note: text('note').notNull(),
    at: at('at').notNull(),
  },
  (t) => [unique('observation_once').on(t.runThroughId, t.step, t.result)],
);

/** A browser recording comes in parts: a crash seals one, and the next begins where the person went on. */
export const runThroughRecording = pgTable(
  'run_through_recording',
  {
    runThroughId: uuid('run_through_id')
      .notNull()
      .references(() => runThrough.id),
    /** From 1. */
    part: integer('part').notNull(),
    sourceId: uuid('source_id')
      .notNull()
      .references(() => source.id),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runThroughId, t.part] })],
);

/** The team's standard format of an SOP. A version is added, never changed; version 0 ships with the product. */
export const sopTemplate = pgTable('sop_template', {
  /** From 1. */
  version: integer('version').primaryKey(),
  /** {key, name, required}[] in order. */
  sections: jsonb('sections').notNull(),
  madeBy: uuid('made_by').notNull(),
  madeAt: at('made_at').notNull(),
});

/** An SOP written before Countersign, with the times its people state, to compare with. */
export const earlierSop = pgTable('earlier_sop', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
  /** From the first notes to the published page, in minutes, as stated. */
  elapsedMinutes: integer('elapsed_minutes').notNull(),
  /** Work of people alone, in minutes, as stated; null when nobody knows. */
  activeMinutes: integer('active_minutes'),
  note: text('note').notNull().default(''),
  enteredBy: uuid('entered_by').notNull(),
  enteredAt: at('entered_at').notNull(),
  removedAt: at('removed_at'),
  removedBy: uuid('removed_by'),
});
