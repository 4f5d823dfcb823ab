import { makeNotice } from '../db/commands/notices.js';
import { newId } from '../db/ids.js';
import { reviewDetail } from '../db/queries/review.js';
import { noticeValuesSchema } from '../workflows/domain/notices.js';
import { tracks } from '../workflows/domain/tracks.js';
import type { Deps } from './deps.js';
import type { PersonCaller } from './kit.js';

/** Tells somebody that a review was given to them: a fixed sentence of a name and dates. */
export async function tellAssigned(
  { db }: Pick<Deps, 'db'>,
  reviewId: string,
  user: string | null,
  by: PersonCaller,
): Promise<void> {
  if (user === null || user === by.id) return;
  const review = await reviewDetail(db, reviewId);
  if (review === undefined || review.assignee?.id !== user) return;
  const values = noticeValuesSchema.parse({
    noun: tracks[review.track].noun,
    assignedBy: by.name,
    dueAt: review.dueAt,
    reviewId,
  });
  await makeNotice(db, {
    id: newId(),
    template: 'review-assigned',
    user,
    run: review.runId,
    onceKey: `assigned:${reviewId}:${by.id}`,
    values,
  });
}
