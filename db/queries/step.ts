import { z } from 'zod';
import { askedDrafters, type AskedDrafter } from '../../workflows/domain/drafters.js';
import { runStates } from '../../workflows/domain/states.js';
import type { Db } from '../connect.js';

const waitMs = z.number().nullable();
const row = z.object({
  state: z.enum(runStates),
  round: z.int(),
  drafter: z.enum(askedDrafters),
  retries: z.coerce.number(),
  version: z.int().nullable(),
  version_round: z.int().nullable(),
  review_id: z.uuid().nullable(),
  remind_in_ms: waitMs,
  due_in_ms: waitMs,
  decision_id: z.uuid().nullable(),
  grace_in_ms: waitMs,
  receiptless: z.boolean(),
});

/** What a workflow needs to know to take its next step. Waits are by the database's clock, which wrote the times. */
export type Step = {
  state: z.infer<typeof row>['state'];
  round: number;
  drafter: AskedDrafter;
  retries: number;
  version: number | null;
  versionRound: number | null;
  reviewId: string | null;
  remindInMs: number | null;
  dueInMs: number | null;
  decisionId: string | null;
  graceInMs: number;
  /** A person found that a delivery had arrived, and its receipt is not written yet. */
  receiptless: boolean;
};

/** Where a run stands for its workflow; null where there is no such run. One statement: it is on the way of every approval. */
export async function step(db: Db, run: string): Promise<Step | null> {
  const [found] = await db.sql`
    select r.state, r.round, r.drafter, d.version, d.round as version_round, v.id as review_id, a.id as decision_id,
           case when r.state = 'drafting'
             then (select count(*) from event e where e.stream = 'run:' || r.id and e.kind = 'run-retried')
             else 0 end as retries,
           case when v.state = 'open' then extract(epoch from v.remind_at - clock_timestamp())::float8 * 1000 end as remind_in_ms,
           case when v.state = 'open' then extract(epoch from v.due_at - clock_timestamp())::float8 * 1000 end as due_in_ms,
           extract(epoch from a.grace_until - clock_timestamp())::float8 * 1000 as grace_in_ms,
           exists (select from publication p
                    where p.decision_id = a.id and p.state = 'published' and p.receipt is null) as receiptless
      from run r
      left join lateral (select version, round from draft
                          where run_id = r.id and not alternative order by version desc limit 1) d on true
      left join review v on v.run_id = r.id and v.round = r.round
      left join decision a on a.review_id = v.id and v.state = 'approved' and a.decision = 'approve' and a.undone_at is null
     where r.id = ${run}`;
  if (found === undefined) return null;
  const at = row.parse(found);
  return {
    state: at.state,
    round: at.round,
    drafter: at.drafter,
    retries: at.retries,
    version: at.version,
    versionRound: at.version_round,
    reviewId: at.review_id,
    remindInMs: at.remind_in_ms,
    dueInMs: at.due_in_ms,
    decisionId: at.decision_id,
    graceInMs: Math.max(0, at.grace_in_ms ?? 0),
    receiptless: at.receiptless,
  };
}
