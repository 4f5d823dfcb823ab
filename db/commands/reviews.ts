import { z } from 'zod';
import type { Db } from '../connect.js';
import { json, type Json } from './json.js';
import { ask, doneSchema } from './refuse.js';

type Done = z.infer<typeof doneSchema>;
type OnReview = { token: string; review: string };

export type OpenReview = { run: string; round: number; reviewId: string; dueAt: Date; remindAt: Date };
const openedSchema = z.object({ reviewId: z.uuid(), opened: z.boolean() });

/** Opens the round's review, or answers the one there is. The policy is frozen from the settings. */
export function openReview(db: Db, a: OpenReview): Promise<z.infer<typeof openedSchema>> {
  return ask(
    db.sql`select open_review(${a.run}::uuid, ${a.round}::int, ${a.reviewId}::uuid, ${a.dueAt}::timestamptz,
      ${a.remindAt}::timestamptz) as answer`,
    openedSchema,
  );
}

export type Fulfil = OnReview & {
  key: string;
  valueDigest: string;
  evidence?: Json;
  /** Of the token that came with the page. */
  viewDigest?: string | undefined;
};

/** A person confirms one value of the current subject. */
export function fulfil(db: Db, a: Fulfil): Promise<{ key: string; fulfilled: true }> {
  return ask(
    db.sql`select fulfil(${a.token}::text, ${a.review}::uuid, ${a.key}::text, ${a.valueDigest}::text,
      ${json(db, a.evidence)}::jsonb, ${a.viewDigest ?? null}::text) as answer`,
    z.object({ key: z.string(), fulfilled: z.literal(true) }),
  );
}

const claimedSchema = z.object({
  claimedBy: z.object({ id: z.uuid(), name: z.string() }),
  claimExpiresAt: z.string(),
});

/** Holds a review for a while; claiming one's own again prolongs it. */
export function claimReview(
  db: Db,
  { token, review, minutes = 15 }: OnReview & { minutes?: number },
): Promise<z.infer<typeof claimedSchema>> {
  return ask(db.sql`select claim_review(${token}::text, ${review}::uuid, ${minutes}::int) as answer`, claimedSchema);
}

/** Lets a review go. */
export function unclaimReview(db: Db, { token, review }: OnReview): Promise<Done> {
  return ask(db.sql`select unclaim_review(${token}::text, ${review}::uuid) as answer`, doneSchema);
}

/** Gives a review to a person, or to nobody. */
export function assignReview(db: Db, { token, review, person }: OnReview & { person: string | null }): Promise<Done> {
  return ask(db.sql`select assign_review(${token}::text, ${review}::uuid, ${person}::uuid) as answer`, doneSchema);
}

/** Notes that this subject was served to this person. */
export function markServed(
  db: Db,
  { token, review, subjectDigest }: OnReview & { subjectDigest: string },
): Promise<Done> {
  return ask(db.sql`select mark_served(${token}::text, ${review}::uuid, ${subjectDigest}::text) as answer`, doneSchema);
}

/** Notes that a page of a source, or the proof of an absence, was given out to this session. */
export function servePage(
  db: Db,
  { token, review, place, viewDigest }: OnReview & { place: string; viewDigest: string },
): Promise<Done> {
  return ask(
    db.sql`select serve_page(${token}::text, ${review}::uuid, ${place}::text, ${viewDigest}::text) as answer`,
    doneSchema,
  );
}
