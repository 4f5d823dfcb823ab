import { decide, type Decided } from '../db/commands/decide.js';
import { newId } from '../db/ids.js';
import { draft, lastDrafterDraft, subject } from '../db/queries/drafts.js';
import { decisionText } from '../workflows/domain/decision-text.js';
import { keptShare, type Kept } from '../workflows/domain/kept-share.js';
import { manifestSchema } from '../workflows/domain/manifest.js';
import type { DecisionVerb } from '../workflows/domain/states.js';
import { isTrackKey } from '../workflows/domain/tracks.js';
import type { Deps } from './deps.js';
import type { PersonCaller } from './kit.js';

/** As drafted or with edits, and how much of the draft was kept. A version all by hand has no drafter's words to keep. */
async function kept(deps: Deps, subjectDigest: string): Promise<Kept> {
  const found = await subject(deps.db, subjectDigest);
  // An unknown subject is refused by the database, before it looks at this.
  if (found === undefined) return { outcome: 'as-drafted', keptShare: '1' };
  const { track } = manifestSchema.parse(JSON.parse(found.manifest));
  const [approved, drafted] = await Promise.all([
    draft(deps.db, found.runId, found.draftVersion),
    lastDrafterDraft(deps.db, found.runId, found.draftVersion),
  ]);
  if (approved === undefined || drafted === undefined || !isTrackKey(track))
    return { outcome: 'with-edits', keptShare: '0' };
  return keptShare(track, drafted.payload, approved.payload);
}

export type DecisionRequest = {
  review: string;
  subjectDigest: string;
  decision: DecisionVerb;
  reason?: string | undefined;
};

/** Signs what a person decided and hands it to the one door, which checks everything again. */
export async function recordDecision(deps: Deps, person: PersonCaller, asked: DecisionRequest): Promise<Decided> {
  const share = asked.decision === 'approve' ? await kept(deps, asked.subjectDigest) : undefined;
  const decisionId = newId();
  const decidedAt = new Date().toISOString();
  const { keyId } = deps.signer;
  const text = decisionText({
    decisionId,
    reviewId: asked.review,
    subjectDigest: asked.subjectDigest,
    decision: asked.decision,
    personId: person.id,
    decidedAt,
    keyId,
  });
  return decide(deps.db, {
    token: person.token,
    decisionId,
    review: asked.review,
    subjectDigest: asked.subjectDigest,
    decision: asked.decision,
    reason: asked.reason ?? null,
    decidedAt,
    signature: deps.signer.sign(text),
    keyId,
    keptShare: share?.keptShare ?? null,
    outcome: share?.outcome ?? null,
  });
}
