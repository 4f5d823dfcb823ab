import { decide, type Decided } from '../db/commands/decide.js';
import { newId } from '../db/ids.js';
import { keptMaterial } from '../db/queries/kept.js';
import type { Db } from '../db/connect.js';
import { decisionText } from '../workflows/domain/decision-text.js';
import { keptShare, type Kept } from '../workflows/domain/kept-share.js';
import type { DecisionVerb } from '../workflows/domain/states.js';
import type { Deps } from './deps.js';
import type { PersonCaller } from './kit.js';

/** By subject digest. A digest's answer never changes, and a crowd that decides at once asks for the same one. */
const known = new Map<string, Promise<Kept>>();
const most = 200;

async function measure(db: Db, subjectDigest: string): Promise<Kept> {
  const found = await keptMaterial(db, subjectDigest);
  // An unknown subject is refused by the database, before it looks at this.
  if (found === undefined) return { outcome: 'with-edits', keptShare: '0' };
  // A version all by hand has no drafter's words to keep.
  if (found.drafted === null) return { outcome: 'with-edits', keptShare: '0' };
  return keptShare(found.track, found.drafted, found.approved);
}

/** As drafted or with edits, and how much of the draft was kept. */
function kept(db: Db, subjectDigest: string): Promise<Kept> {
  const before = known.get(subjectDigest);
  if (before !== undefined) return before;
  const measured = measure(db, subjectDigest);
  known.set(subjectDigest, measured);
  measured.catch(() => known.delete(subjectDigest));
  const oldest = known.keys().next().value;
  if (known.size > most && oldest !== undefined) known.delete(oldest);
  return measured;
}

const remembered = 200;
const shares = new Map<string, Promise<Kept>>();

/** The same, once per subject: it follows from stored rows that never change, and many may press at once. */
function keptOnce(deps: Deps, subjectDigest: string): Promise<Kept> {
  const known = shares.get(subjectDigest);
  if (known !== undefined) return known;
  const share = kept(deps, subjectDigest);
  shares.set(subjectDigest, share);
  share.catch(() => shares.delete(subjectDigest));
  const [oldest] = shares.keys();
  if (shares.size > remembered && oldest !== undefined) shares.delete(oldest);
  return share;
}

export type DecisionRequest = {
  review: string;
  subjectDigest: string;
  decision: DecisionVerb;
  reason?: string | undefined;
};

/** Signs what a person decided and hands it to the one door, which checks everything again. */
export async function recordDecision(deps: Deps, person: PersonCaller, asked: DecisionRequest): Promise<Decided> {
  const share = asked.decision === 'approve' ? await kept(deps.db, asked.subjectDigest) : undefined;
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
