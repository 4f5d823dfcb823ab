import { z } from 'zod';
import type { AskedDrafter } from '../../workflows/domain/drafters.js';
import { decisions, type DecisionVerb } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';
import { json, type Json } from './json.js';
import { ask, doneSchema } from './refuse.js';

export type Decide = {
  token: string;
  decisionId: string;
  review: string;
  subjectDigest: string;
  decision: DecisionVerb;
  reason: string | null;
  /** Exactly as signed: RFC 3339 in UTC with milliseconds. */
  decidedAt: string;
  /** Ed25519 over decisionText(), base64url. */
  signature: string;
  keyId: string;
  served?: Json;
  /** Share of the drafter's words kept, `0` to `1`; for an approval. */
  keptShare?: string | null;
  /** For an approval. */
  outcome?: 'as-drafted' | 'with-edits' | null;
  /** For changes asked of some parts only: ids of items, or names of parts. */
  about?: string[] | null;
  /** For changes: which drafter the next version is asked of; null leaves it as it is. */
  drafter?: AskedDrafter | null;
};

const decidedSchema = z.object({
  id: z.uuid(),
  runId: z.uuid(),
  decision: z.enum(decisions),
  decidedAt: z.string(),
  singlePerson: z.boolean(),
  outcome: z.enum(['as-drafted', 'with-edits']).nullable(),
  signature: z.string(),
  keyId: z.string(),
  graceUntil: z.string(),
});
export type Decided = z.infer<typeof decidedSchema>;

/** The one door. Whoever is signed in under the token decides; the same person's repetition gets the same answer. */
export function decide(db: Db, a: Decide): Promise<Decided> {
  return ask(
    db.sql`select decide(${a.token}::text, ${a.decisionId}::uuid, ${a.review}::uuid, ${a.subjectDigest}::text,
      ${a.decision}::text, ${a.reason}::text, ${a.decidedAt}::text, ${a.signature}::text, ${a.keyId}::text,
      ${json(db, a.served)}::jsonb, ${a.keptShare ?? null}::text, ${a.outcome ?? null}::text,
      ${json(db, a.about ?? null)}::jsonb, ${a.drafter ?? null}::text) as answer`,
    decidedSchema,
  );
}

/** Takes an approval back within its grace. */
export function undoDecision(
  db: Db,
  { token, review }: { token: string; review: string },
): Promise<z.infer<typeof doneSchema>> {
  return ask(db.sql`select undo_decision(${token}::text, ${review}::uuid) as answer`, doneSchema);
}
