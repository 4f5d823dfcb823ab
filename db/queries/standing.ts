import { z } from 'zod';
import { askedDrafters } from '../../workflows/domain/drafters.js';
import { decisions, publicationStates, reviewStates, runStates } from '../../workflows/domain/states.js';
import { trackKeys } from '../../workflows/domain/tracks.js';
import type { Db } from '../connect.js';
import { optional, time } from './shapes.js';

const standingSchema = z.object({
  run: z.uuid(),
  track: z.enum(trackKeys),
  state: z.enum(runStates),
  round: z.int(),
  /** Which drafter a person asked for. */
  drafter: z.enum(askedDrafters),
  sample: z.boolean(),
  screened: z.boolean(),
  /** The current version, and the round that it was written in. */
  version: optional(z.int()),
  versionRound: optional(z.int()),
  /** The number that the next version must have, in its manifest too. */
  nextVersion: z.int(),
  /** The current version's newest subject. */
  subjectDigest: optional(z.string()),
  /** False where a target of that subject has gone or moved: render it again before opening a review. */
  addressesHold: z.boolean(),
  /** The review of this round. */
  reviewId: optional(z.uuid()),
  reviewState: optional(z.enum(reviewStates)),
  dueAt: optional(time),
  remindAt: optional(time),
  /** The decision on that review that stands. */
  decisionId: optional(z.uuid()),
  decision: optional(z.enum(decisions)),
  graceUntil: optional(time),
  /** Publications under that decision. */
  publications: z.array(
    z.object({ id: z.uuid(), state: z.enum(publicationStates), attempts: z.int(), hasReceipt: z.boolean() }),
  ),
});
export type Standing = z.infer<typeof standingSchema>;

/** Where the record says that a run stands: all that its workflow needs to walk on from. */
export async function standing(db: Db, run: string): Promise<Standing | undefined> {
  const [row] = await db.sql`
    select r.id as run, r.track, r.state, r.round, r.drafter, r.sample, r.screened_at is not null as screened,
           d.version, d.round as "versionRound",
           (select coalesce(max(x.version), 0) + 1 from draft x where x.run_id = r.id) as "nextVersion",
           s.digest as "subjectDigest",
           coalesce((select bool_and(t.id is not null) from jsonb_array_elements(s.manifest::jsonb -> 'renditions') e
              left join target t on t.id = (e ->> 'targetId')::uuid and t.active and t.address = e ->> 'targetAddress'), false) as "addressesHold",
           v.id as "reviewId", v.state as "reviewState", v.due_at as "dueAt", v.remind_at as "remindAt",
           c.id as "decisionId", c.decision, c.grace_until as "graceUntil",
           (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'state', p.state, 'attempts', p.attempts,
                      'hasReceipt', p.receipt is not null) order by p.address), '[]')
              from publication p where p.decision_id = c.id) as publications
      from run r
      left join lateral (select * from draft d where d.run_id = r.id and not d.alternative order by d.version desc limit 1) d on true
      left join lateral (select * from subject s where s.run_id = r.id and s.draft_version = d.version
                          order by s.created_at desc, s.digest limit 1) s on true
      left join review v on v.run_id = r.id and v.round = r.round
      left join decision c on c.review_id = v.id and c.undone_at is null
     where r.id = ${run}`;
  return row === undefined ? undefined : standingSchema.parse(row);
}
