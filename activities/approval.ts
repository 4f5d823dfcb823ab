import type { Approval } from '../db/queries/delivery.js';
import { sha256Hex } from '../workflows/domain/canonical.js';
import { decisionText } from '../workflows/domain/decision-text.js';
import { manifestSchema, type Manifest } from '../workflows/domain/manifest.js';
import { mayAct, roles } from '../workflows/domain/roles.js';
import { signatureHolds } from './signature.js';

/** Why an approval is not carried out; `code` goes into the record. */
export type Flaw = { code: 'not-approved' | 'subject' | 'role' | 'signed-text' | 'key' | 'signature' };

/** Checks an approval again from what is stored, believing nobody: the subject's bytes, the role, the text and its signature. */
export function checkApproval(found: Approval): { manifest: Manifest } | Flaw {
  if (found.decision !== 'approve') return { code: 'not-approved' };
  const manifest = readManifest(found.manifest);
  const same = sha256Hex(found.manifest) === found.subject_digest && found.review_digest === found.subject_digest;
  if (!same || manifest === undefined || manifest.run !== found.run_id) return { code: 'subject' };
  const role = roles.find((name) => name === found.role);
  if (role === undefined || !mayAct(role, 'approver')) return { code: 'role' };
  const text = decisionText({
    decisionId: found.decision_id,
    reviewId: found.review_id,
    subjectDigest: found.subject_digest,
    decision: 'approve',
    personId: found.person,
    decidedAt: found.decided_at,
    keyId: found.key_id,
  });
  if (text !== found.signed_text) return { code: 'signed-text' };
  if (found.public_key === null) return { code: 'key' };
  // A key retired later still vouches for what it signed before.
  if (found.retired_at !== null && found.retired_at < new Date(found.decided_at)) return { code: 'key' };
  return signatureHolds(text, found.signature, found.public_key) ? { manifest } : { code: 'signature' };
}

function readManifest(text: string): Manifest | undefined {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
