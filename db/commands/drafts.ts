import { z } from 'zod';
import { runStates } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';
import { json, type Json } from './json.js';
import { ask } from './refuse.js';

const storedSchema = z.object({ version: z.int(), subjectDigest: z.string() });
const stateSchema = z.object({ state: z.enum(runStates) });

export type PutDraft = { token: string; run: string; baseVersion: number; payload: string; manifest: string };

/**
 * Stores a person's version and its subject; an open review moves to it. `baseVersion` is 0 for a first version by hand.
 * The manifest's draftVersion is the run's `nextVersion`.
 */
export function putDraft(db: Db, a: PutDraft): Promise<z.infer<typeof storedSchema>> {
  return ask(
    db.sql`select put_draft(${a.token}::text, ${a.run}::uuid, ${a.baseVersion}::int, ${a.payload}::text,
      ${a.manifest}::text) as answer`,
    storedSchema,
  );
}

export type PutDrafterDraft = { run: string; round: number; payload: string; manifest: string; drafter: Json };
const drafterStoredSchema = z.object({ version: z.int(), alternative: z.boolean(), subjectDigest: z.string() });

/** Stores a drafter's version, once per run and round. `drafter` is {drafter, model, promptVersion, usage, costUsd, seconds}. */
export function putDrafterDraft(db: Db, a: PutDrafterDraft): Promise<z.infer<typeof drafterStoredSchema>> {
  return ask(
    db.sql`select put_drafter_draft(${a.run}::uuid, ${a.round}::int, ${a.payload}::text, ${a.manifest}::text,
      ${json(db, a.drafter)}::jsonb) as answer`,
    drafterStoredSchema,
  );
}

/** Stores another rendering of the current version; refused while a review is open. */
export function putSubject(
  db: Db,
  { run, manifest }: { run: string; manifest: string },
): Promise<{ subjectDigest: string }> {
  return ask(
    db.sql`select put_subject(${run}::uuid, ${manifest}::text) as answer`,
    z.object({ subjectDigest: z.string() }),
  );
}

/** Records what the do-not-delegate rules found: nothing, or the match that keeps the run human. */
export function markScreened(
  db: Db,
  { run, kept }: { run: string; kept: { rule: string; label: string; words: string } | null },
): Promise<z.infer<typeof stateSchema>> {
  return ask(db.sql`select mark_screened(${run}::uuid, ${json(db, kept)}::jsonb) as answer`, stateSchema);
}

export type DraftingTrouble = { run: string; code: string; words: string; final: boolean };

/** Records that drafting waits, or (`final`) that it has failed. */
export function draftingTrouble(db: Db, a: DraftingTrouble): Promise<z.infer<typeof stateSchema>> {
  return ask(
    db.sql`select drafting_trouble(${a.run}::uuid, ${a.code}::text, ${a.words}::text, ${a.final}::boolean) as answer`,
    stateSchema,
  );
}
