import { givenDocuments } from '../../workflows/domain/contract-summary/given.js';
import type { ApprovedContract } from '../../workflows/domain/notice-letter/facts.js';
import type { Db } from '../connect.js';
import { contractInForce, contractsOf, trackOfRun } from './register.js';
import { materialOf } from './sources.js';

/** Why there is no approved contract to write from: it was never published, or a later one took its place. */
export type NoApproved = 'unpublished' | 'superseded';

/** A contract as it was approved and stands in the register; null where no run of a contract has that id. */
export async function approvedContract(db: Db, run: string): Promise<ApprovedContract | NoApproved | null> {
  if ((await trackOfRun(db, run)) !== 'contract-summary') return null;
  const shown = await contractInForce(db, run);
  if (shown === undefined) return 'unpublished';
  if (shown.runId !== run) return 'superseded';
  const contract = (await contractsOf(db, [shown]))(shown);
  if (contract === null) return null;
  const documents = givenDocuments(await materialOf(db, run));
  return { run, version: shown.draftVersion, contract, sample: shown.sample, documents };
}

/** What a run was started with. */
export async function inputOf(db: Db, run: string): Promise<unknown> {
  const [found] = await db.sql`select input from run where id = ${run}`;
  return found?.['input'];
}
