import type { Db } from '../db/connect.js';
import { putDrafterDraft, putSubject } from '../db/commands/drafts.js';
import type { Json } from '../db/commands/json.js';
import { putBytes } from '../db/files.js';
import { factsOf, subjectMaterial, type SubjectMaterial } from '../db/queries/material.js';
import { Refusal } from '../workflows/domain/errors.js';
import { prepareSubject } from '../workflows/domain/subject.js';
import { isTrackKey } from '../workflows/domain/tracks.js';

/** Renders a version of a run and stores its files; the manifest is not stored yet. */
async function render(data: string, from: SubjectMaterial, version: number, payload: string): Promise<string> {
  const { targets, images } = from;
  if (!isTrackKey(from.track) || targets.length === 0) {
    throw new Refusal(
      'wrong_state',
      'No place to publish to takes this kind of work. An admin can add one in Settings.',
    );
  }
  const run = { id: from.id, track: from.track, slug: from.slug };
  const { manifest, files } = prepareSubject({ run, version, payload, targets, images, facts: factsOf(from) });
  for (const file of files) await putBytes(data, Buffer.from(file.text, 'utf8'));
  return manifest;
}

type Stored = Awaited<ReturnType<typeof putDrafterDraft>>;

export type DrafterDraft = {
  run: string;
  round: number;
  /** Canonical JSON of the draft. */
  payload: string;
  /** {drafter, model, promptVersion, usage, costUsd, seconds}. */
  drafter: Json;
};

/** Stores a drafter's version with its subject, once per run and round; where a person edits meanwhile it is rendered again. */
export async function storeDrafterDraft(deps: { db: Db; data: string }, draft: DrafterDraft): Promise<Stored> {
  for (let tries = 1; ; tries += 1) {
    const from = await subjectMaterial(deps.db, draft.run);
    if (from === null) throw new Refusal('not_found', 'There is no such run.');
    const manifest = await render(deps.data, from, from.next_version, draft.payload);
    try {
      return await putDrafterDraft(deps.db, { ...draft, manifest });
    } catch (error) {
      const overtaken = error instanceof Refusal && error.code === 'edited_meanwhile';
      if (!overtaken || tries === 5) throw error;
    }
  }
}

/** Renders the current version again for where it would go now, such as after a change of address. */
export async function renderAgain(deps: { db: Db; data: string }, run: string): Promise<void> {
  const from = await subjectMaterial(deps.db, run);
  if (from === null || from.version === null || from.payload === null) return;
  await putSubject(deps.db, { run, manifest: await render(deps.data, from, from.version, from.payload) });
}
