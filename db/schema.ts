import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
/** Text that sorts by code point: fixed-width times and cursors. */
const ordinalText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

// People: the first five tables are better-auth's; `member` is our own grants table, written only by functions.

export const user = pgTable('user', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export const session = pgTable(
  'session',
  {
    id: uuid('id').primaryKey(),
    token: text('token').notNull().unique(),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    expiresAt: at('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [index('session_user').on(t.userId)],
);

export const account = pgTable(
  'account',
  {
    id: uuid('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: at('access_token_expires_at'),
    refreshTokenExpiresAt: at('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [index('account_user').on(t.userId)],
);

export const verification = pgTable('verification', {
  id: uuid('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: at('expires_at').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export const apikey = pgTable('apikey', {
  id: uuid('id').primaryKey(),
  configId: text('config_id').notNull().default('default'),
  name: text('name'),
  start: text('start'),
  prefix: text('prefix'),
  key: text('key').notNull().unique(),
  referenceId: text('reference_id').notNull(),
  refillInterval: integer('refill_interval'),
  refillAmount: integer('refill_amount'),
  lastRefillAt: at('last_refill_at'),
  enabled: boolean('enabled').default(true),
  rateLimitEnabled: boolean('rate_limit_enabled').default(true),
  rateLimitTimeWindow: integer('rate_limit_time_window'),
  rateLimitMax: integer('rate_limit_max'),
  requestCount: integer('request_count').default(0),
  remaining: integer('remaining'),
  lastRequest: at('last_request'),
  expiresAt: at('expires_at'),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
  permissions: text('permissions'),
  metadata: text('metadata'),
});

export const member = pgTable('member', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => user.id),
  role: text('role').notNull(),
  active: boolean('active').notNull().default(true),
  grantedBy: uuid('granted_by'),
  grantedAt: at('granted_at').notNull(),
  /** Who stands in while away; gets the notices and may claim, decides in their own name and role. */
  deputyId: uuid('deputy_id').references(() => user.id),
  awayUntil: at('away_until'),
});

/** One-time links: the owner's set-up and invitations. Only the SHA-256 of the token is kept. */
export const invitation = pgTable('invitation', {
  id: uuid('id').primaryKey(),
  kind: text('kind').notNull(), // 'setup' | 'invitation'
  email: text('email'),
  role: text('role').notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  invitedBy: uuid('invited_by').references(() => user.id),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at'),
  acceptedAt: at('accepted_at'),
  acceptedBy: uuid('accepted_by').references(() => user.id),
  revokedAt: at('revoked_at'),
});

// Work

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
    /** Which drafter a person asked for: 'default' or 'rules'. */
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

// The gate

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

// Settings

export const target = pgTable('target', {
  id: uuid('id').primaryKey(),
  kind: text('kind').notNull(), // 'folder'
  name: text('name').notNull(),
  /** For a folder: a path, absolute or below the data folder. */
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

// The record

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
});

// Plumbing

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
