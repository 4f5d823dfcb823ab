import { z } from 'zod';
import { observationSchema } from '../../workflows/domain/sop-drafting/facts.js';
import type { Db } from '../connect.js';

const row = observationSchema.extend({ finished: z.boolean() });
export type ObservationRow = z.infer<typeof row>;

/** Where the run-throughs of a run did not go as written, oldest first, with the words of the step as they stood then. */
export async function observationsOf(db: Db, run: string): Promise<ObservationRow[]> {
  const rows = await db.sql`
    select o.id, o.run_through_id as "runThroughId", o.step, o.result, o.came_up as "cameUp", o.note, u.name as person,
           to_char(o.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, t.finished_at is not null as finished,
           (select jsonb_build_object('action', s ->> 'action', 'where', s ->> 'where', 'expected', s ->> 'expected',
                     'screenshot', s ->> 'screenshot')
              from jsonb_array_elements(d.payload::jsonb -> 'steps') s where s ->> 'id' = o.step) as written
      from observation o
      join run_through t on t.id = o.run_through_id
      join "user" u on u.id = t.person
      join draft d on d.run_id = t.run_id and d.version = o.draft_version
     where t.run_id = ${run} order by o.at, o.id`;
  return z.array(row).parse([...rows]);
}
