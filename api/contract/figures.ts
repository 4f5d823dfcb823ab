import { z } from 'zod';
import { id, person, time } from './common.js';

/** A middle value of how many. */
const figure = z.object({ n: z.int(), medianMinutes: z.number().optional() });

/** `GET /api/sop-figures`. Minutes are whole, and never less than 1. */
export const sopFigures = z.object({
  /** First upload to first publication; `activeMinutes` leaves out gaps of over 10 minutes between acts of people. */
  made: z.array(
    z.object({
      runId: id,
      publicationId: id,
      title: z.string(),
      publishedAt: time,
      elapsedMinutes: z.int(),
      activeMinutes: z.int(),
    }),
  ),
  /** As people stated them. */
  earlier: z.array(
    z.object({
      id,
      title: z.string(),
      elapsedMinutes: z.int(),
      activeMinutes: z.int().optional(),
      note: z.string(),
      enteredBy: person,
      enteredAt: time,
    }),
  ),
  elapsed: z.object({ made: figure, earlier: figure }),
  active: z.object({ made: figure, earlier: figure }),
  /** Share of the drafter's words that stayed, 0 to 1: the middle of `n` published versions; `whole` unchanged. */
  kept: z.array(
    z.object({
      drafter: z.string(),
      promptVersion: z.string().nullable(),
      n: z.int(),
      median: z.number(),
      whole: z.int(),
    }),
  ),
});
export type SopFigures = z.infer<typeof sopFigures>;

/** `POST /api/earlier-sops`: `id` is made by the page, so that a second press is the same entry. */
export const earlierSop = z.strictObject({
  id,
  title: z.string().trim().min(1).max(200),
  elapsedMinutes: z.int().min(1).max(5_256_000),
  activeMinutes: z.int().min(1).max(5_256_000).optional(),
  note: z.string().trim().max(500).default(''),
});
export const earlierSopAdded = z.object({ id });
