import { decide, type Decided } from '../db/commands/decide.js';
import { newId } from '../db/ids.js';
import { reviewDetail } from '../db/queries/review.js';
import { keptMaterial } from '../db/queries/kept.js';
import type { Db } from '../db/connect.js';
import { decisionText } from '../workflows/domain/decision-text.js';
import type { AskedDrafter } from '../workflows/domain/drafters.js';
import { keptShare, type Kept } from '../workflows/domain/kept-share.js';
import { Refusal } from '../workflows/domain/errors.js';
import { contractParts } from '../workflows/domain/contract-summary/redraft.js';
import { letterParts } from '../workflows/domain/notice-letter/assemble.js';
import { partsOf } from '../workflows/domain/sop-drafting/redraft.js';
import { sopSchema } from '../workflows/domain/sop-drafting/schema.js';
import type { DecisionVerb } from '../workflows/domain/states.js';
import type { TrackKey } from '../workflows/domain/tracks.js';
import type { Deps } from './deps.js';
import { checkDrafter } from './drafters.js';
import type { PersonCaller } from './kit.js';

const remembered = 200;
/** By subject digest: it follows from stored rows that never change, and many may press at once. */
const shares = new Map<string, Promise<Kept | null>>();

async function measured(db: Db, subjectDigest: string): Promise<Kept | null> {
  const found = await keptMaterial(db, subjectDigest);
  if (found === undefined) return null;
  // A version all by hand has no drafter's words to keep.
  if (found.drafted === null) return { outcome: 'with-edits', keptShare: '0' };
  return keptShare(found.track, found.drafted, found.approved);
}

/** As drafted or with edits, and how much of the draft was kept; null for a subject that is not stored. */
async function kept(db: Db, subjectDigest: string): Promise<Kept | null> {
  const share = shares.get(subjectDigest) ?? measured(db, subjectDigest);
  shares.set(subjectDigest, share);
  const [oldest] = shares.keys();
  if (shares.size > remembered && oldest !== undefined) shares.delete(oldest);
  try {
    const found = await share;
    if (found === null) shares.delete(subjectDigest);
    return found;
  } catch (error) {
    shares.delete(subjectDigest);
    throw error;
  }
}

export type DecisionRequest = {
  review: string;
  subjectDigest: string;
  decision: DecisionVerb;
  reason?: string | undefined;
  about?: string[] | undefined;
  drafter?: AskedDrafter | undefined;
};

/** What changes can be asked of, in a draft of each track. */
const partsIn: Record<TrackKey, (draft: unknown) => readonly string[]> = {
  'sop-drafting': (draft) => partsOf(sopSchema.parse(draft)),
  'contract-summary': contractParts,
  'notice-letter': () => letterParts,
};

/** Every part that changes are asked of must be there, in the very version that the person saw. */
async function checkParts(db: Db, { review, about }: DecisionRequest): Promise<void> {
  if (about === undefined) return;
  const found = await reviewDetail(db, review);
  // A review that is not there is refused by the database, in its own words.
  if (found === undefined) return;
  const parts = new Set(partsIn[found.track](JSON.parse(found.payload)));
  const unknown = about.filter((name) => !parts.has(name));
  if (unknown.length > 0)
    throw new Refusal('invalid_request', `This version has no part called ${unknown.slice(0, 5).join(', ')}.`, {
      parts: unknown.slice(0, 20),
    });
}

/** Signs what a person decided and hands it to the one door, which checks everything again. */
export async function recordDecision(deps: Deps, person: PersonCaller, asked: DecisionRequest): Promise<Decided> {
  checkDrafter(deps, asked.drafter);
  await checkParts(deps.db, asked);
  // A subject that is not stored is refused by the database as stale, before it looks at these two.
  const share = asked.decision === 'approve' ? await kept(deps.db, asked.subjectDigest) : null;
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
    about: asked.about ?? null,
    drafter: asked.drafter ?? null,
  });
}
