import { z } from 'zod';
import { contractSchema } from '../../workflows/domain/contract-summary/schema.js';
import { givenDocuments } from '../../workflows/domain/contract-summary/given.js';
import type { ApprovedContract } from '../../workflows/domain/notice-letter/facts.js';
import type { Db } from '../connect.js';
import { materialOf } from './sources.js';

const row = z.object({ track: z.string(), version: z.int().nullable(), payload: z.string().nullable() });

/** A contract as it was approved and published last; `unpublished` where it never was, null where no run of a contract has that id. */
export async function approvedContract(db: Db, run: string): Promise<ApprovedContract | 'unpublished' | null> {
  const [found] = await db.sql`
    select r.track, s.draft_version as version, d.payload from run r
      left join lateral (select s.draft_version from publication p join subject s on s.digest = p.subject_digest
                          where p.run_id = r.id and p.state = 'published' order by s.draft_version desc limit 1) s on true
      left join draft d on d.run_id = r.id and d.version = s.draft_version
     where r.id = ${run}`;
  if (found === undefined) return null;
  const { track, version, payload } = row.parse(found);
  if (track !== 'contract-summary') return null;
  if (version === null || payload === null) return 'unpublished';
  const contract = contractSchema.parse(JSON.parse(payload));
  return { run, version, contract, documents: givenDocuments(await materialOf(db, run)) };
}

/** What a run was started with. */
export async function inputOf(db: Db, run: string): Promise<unknown> {
  const [found] = await db.sql`select input from run where id = ${run}`;
  return found?.['input'];
}
