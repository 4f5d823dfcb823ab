import { z } from 'zod';
import type { Db } from '../db/connect.js';
import { putDraft } from '../db/commands/drafts.js';
import { putText } from '../db/files.js';
import { draft } from '../db/queries/drafts.js';
import { factsOf, subjectMaterial, type SubjectMaterial } from '../db/queries/material.js';
import { materialOf } from '../db/queries/sources.js';
import { sopTemplate } from '../db/queries/sop-template.js';
import { canonicalJson } from '../workflows/domain/canonical.js';
import { applyContractEdits, contractEditSchema } from '../workflows/domain/contract-summary/edits.js';
import { givenDocuments } from '../workflows/domain/contract-summary/given.js';
import { contractSchema } from '../workflows/domain/contract-summary/schema.js';
import { Refusal } from '../workflows/domain/errors.js';
import { applyLetterEdits, letterEditSchema } from '../workflows/domain/notice-letter/edits.js';
import { letterSchema } from '../workflows/domain/notice-letter/schema.js';
import { applySopEdits, sopEditSchema } from '../workflows/domain/sop-drafting/edits.js';
import { emptySop, sopSchema } from '../workflows/domain/sop-drafting/schema.js';
import { prepareSubject } from '../workflows/domain/subject.js';
import { isTrackKey, type TrackKey } from '../workflows/domain/tracks.js';
import type { Deps } from './deps.js';

type Store = Pick<Deps, 'db' | 'data'>;

type Applying = { run: string; payload: string | null; edits: readonly unknown[] };

/** The edits of one track; those of another do not fit. */
function fitting<T>(schema: z.ZodType<T>, edits: readonly unknown[]): T[] {
  const parsed = z.array(schema).safeParse(edits);
  if (!parsed.success) throw new Refusal('invalid_request', 'These edits do not fit a draft of this kind.');
  return parsed.data;
}

/** How a person's edits are applied to a version's stored text; null is the version before the first. */
const applyEdits: Record<TrackKey, (db: Db, applying: Applying) => Promise<unknown>> = {
  'sop-drafting': async (db, { payload, edits }) => {
    const template = await sopTemplate(db);
    const before = payload === null ? { ...emptySop, template } : sopSchema.parse(JSON.parse(payload));
    return applySopEdits(before, fitting(sopEditSchema, edits), template);
  },
  'contract-summary': async (db, { run, payload, edits }) => {
    if (payload === null)
      throw new Refusal(
        'wrong_state',
        'A one-pager begins with a draft. Draft it with rules, then change what is wrong.',
      );
    const documents = givenDocuments(await materialOf(db, run));
    return applyContractEdits(contractSchema.parse(JSON.parse(payload)), fitting(contractEditSchema, edits), documents);
  },
  'notice-letter': (_db, { payload, edits }) => {
    if (payload === null)
      throw new Refusal('wrong_state', 'A letter begins with a draft. Draft it with rules, then change what is wrong.');
    return Promise.resolve(applyLetterEdits(letterSchema.parse(JSON.parse(payload)), fitting(letterEditSchema, edits)));
  },
};

const notHere = () => new Refusal('not_found', 'There is no such run.');

async function subjectOf(deps: Store, run: string) {
  const found = await subjectMaterial(deps.db, run);
  if (found === null || !isTrackKey(found.track)) throw notHere();
  const { targets, track } = found;
  if (targets.length === 0)
    throw new Refusal('wrong_state', 'No folder is set up to publish to. An admin can set one in Settings.');
  return { ...found, track };
}

async function baseText(deps: Store, run: string, baseVersion: number): Promise<string | null> {
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

export type Edit = { token: string; run: string; baseVersion: number; edits: readonly unknown[] };

/** A person's edit: a new version on the one that they saw, and what would then be published. Its files come first. */
export async function editDraft(deps: Store, edit: Edit): Promise<{ version: number; subjectDigest: string }> {
  const text = await baseText(deps, edit.run, edit.baseVersion);
  for (let tries = 0; ; tries += 1) {
    const material = await subjectOf(deps, edit.run);
    const applied = await applyEdits[material.track](deps.db, { run: edit.run, payload: text, edits: edit.edits });
    const payload = canonicalJson(applied);
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
