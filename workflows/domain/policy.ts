import { z } from 'zod';

/** How reviews of a track are held. Frozen into each review when it opens. */
export const trackPolicySchema = z.strictObject({
  /** `where-there-is-one`: asked for as soon as a second person may approve. */
  secondPerson: z.enum(['always', 'where-there-is-one', 'never']),
  /** How long delivery is held back after an approval, so that it can be undone. */
  graceSeconds: z.int().min(0).max(600),
  dueHours: z
    .int()
    .min(1)
    .max(24 * 60),
  reminderHours: z
    .int()
    .min(1)
    .max(24 * 60),
});
export type TrackPolicy = z.infer<typeof trackPolicySchema>;

export const defaultPolicy: TrackPolicy = {
  secondPerson: 'where-there-is-one',
  graceSeconds: 0,
  dueHours: 48,
  reminderHours: 24,
};

/** A policy as frozen into a review: whether a second person is asked for is settled. */
export const frozenPolicySchema = z.strictObject({ secondPerson: z.boolean(), graceSeconds: z.int() });
export type FrozenPolicy = z.infer<typeof frozenPolicySchema>;
