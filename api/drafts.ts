import { putDraft } from '../db/commands/drafts.js';
import { putText } from '../db/files.js';
import { draft } from '../db/queries/drafts.js';
import { factsOf, subjectMaterial, type SubjectMaterial } from '../db/queries/material.js';
import { sopTemplate } from '../db/queries/sop-template.js';
import { canonicalJson } from '../workflows/domain/canonical.js';
import { Refusal } from '../workflows/domain/errors.js';
import { applySopEdits, type SopEdit } from '../workflows/domain/sop-drafting/edits.js';
import { emptySop, sopSchema } from '../workflows/domain/sop-drafting/schema.js';
import type { SopTemplate } from '../workflows/domain/sop-drafting/template.js';
import { prepareSubject } from '../workflows/domain/subject.js';
import { isTrackKey, type TrackKey } from '../workflows/domain/tracks.js';
import type { Deps } from './deps.js';

/** How a person's edits are applied to a version's stored text; null is the version before the first. */
const applyEdits: Record<
  TrackKey,
  (payload: string | null, edits: readonly SopEdit[], template: SopTemplate) => unknown
> = {
  'sop-drafting': (payload, edits, template) =>
    applySopEdits(payload === null ? { ...emptySop, template } : sopSchema.parse(JSON.parse(payload)), edits, template),
};

const notHere = () => new Refusal('not_found', 'There is no such run.');

async function materialOf(deps: Deps, run: string) {
  const found = await subjectMaterial(deps.db, run);
  if (found === null || !isTrackKey(found.track)) throw notHere();
  const { targets, track } = found;
  if (targets.length === 0)
    throw new Refusal('wrong_state', 'No folder is set up to publish to. An admin can set one in Settings.');
  return { ...found, track };
}

async function baseText(deps: Deps, run: string, baseVersion: number): Promise<string | null> {
  if (baseVersion === 0) return null;
  const base = await draft(deps.db, run, baseVersion);
  if (base === undefined) throw new Refusal('not_found', 'There is no such version.');
  return base.payload;
}

/** True where only the number was taken meanwhile, by a drafter's alternative: then the same edit is tried again. */
function onlyNumberTaken(error: unknown, material: SubjectMaterial, baseVersion: number): boolean {
  return (
    error instanceof Refusal &&
    error.code === 'edited_meanwhile' &&
    (error.details?.['version'] ?? 0) === baseVersion &&
    error.details?.['next'] !== material.next_version
  );
}

export type Edit = { token: string; run: string; baseVersion: number; edits: readonly SopEdit[] };

/** A person's edit: a new version on the one that they saw, and what would then be published. Its files come first. */
export async function editDraft(deps: Deps, edit: Edit): Promise<{ version: number; subjectDigest: string }> {
  const text = await baseText(deps, edit.run, edit.baseVersion);
  const template = await sopTemplate(deps.db);
  for (let tries = 0; ; tries += 1) {
    const material = await materialOf(deps, edit.run);
    const payload = canonicalJson(applyEdits[material.track](text, edit.edits, template));
    const { manifest, files } = prepareSubject({
      run: { id: material.id, track: material.track, slug: material.slug },
      version: material.next_version,
      payload,
      targets: material.targets,
      images: material.images,
      facts: factsOf(material),
    });
    await Promise.all(files.map((file) => putText(deps.data, file.text)));
    try {
      const { token, run, baseVersion } = edit;
      const stored = await putDraft(deps.db, { token, run, baseVersion, payload, manifest });
      return { version: stored.version, subjectDigest: stored.subjectDigest };
    } catch (error) {
      if (tries >= 3 || !onlyNumberTaken(error, material, edit.baseVersion)) throw error;
    }
  }
}
