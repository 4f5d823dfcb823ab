import type postgres from 'postgres';
import { v7 as newId } from 'uuid';
import { canonicalJson, sha256Hex } from '../../workflows/domain/canonical.js';
import {
  contractSchema,
  eachField,
  type Contract,
  type ContractField,
} from '../../workflows/domain/contract-summary/schema.js';
import type { ContractValue } from '../../workflows/domain/contract-summary/values.js';

const source = '0198f2a0-0000-7000-8000-000000000001';
const absent: ContractField = { answer: 'absent', value: null, quotes: [], by: 'person', others: [], searched: [] };

/** A point as stated, in the words of the one document. */
export function stated(value: ContractValue, text = 'As agreed.'): ContractField {
  const quote = { source, page: 1, from: 0, to: text.length, text, state: 'verified' as const, drafted: null };
  return { ...absent, answer: 'stated', value, quotes: [quote], by: 'drafter' };
}

export type Terms = {
  vendor?: string;
  title?: string;
  /** The last day of the term; null names none. */
  ends?: string | null;
  /** Calendar days before; null states none. */
  windowDays?: number | null;
  /** Months of each renewal; 0 does not renew; null renews for a time that is not said. */
  renewalMonths?: number | null;
  cap?: number;
};

/** A contract as a person would have approved it. */
export function contractWith(terms: Terms = {}): Contract {
  const { vendor = 'Brightwater Cleaning Ltd', title = 'Cleaning', ends = '2027-03-31' } = terms;
  const { windowDays = 90, renewalMonths = 12, cap } = terms;
  const each = renewalMonths === null ? null : { count: Math.max(1, renewalMonths), unit: 'months' as const };
  return contractSchema.parse({
    ...{ title, vendor, timeZone: 'UTC', unusual: [], omitted: [] },
    documents: [
      {
        ...{ source, name: 'agreement.txt', role: 'contract', pages: 1, recognised: [], unread: [], hidden: 0 },
        dated: null,
      },
    ],
    fields: {
      ...eachField(() => absent),
      renewalDate: ends === null ? absent : stated({ is: 'renewal-day', day: ends, anchor: 'end-of-term' }),
      noticeWindow:
        windowDays === null
          ? absent
          : stated({ is: 'window', count: windowDays, unit: 'calendar-days', strictly: false }, 'notice in time'),
      renewal: stated({ is: 'renewal', automatic: renewalMonths !== 0, each: renewalMonths === 0 ? null : each }),
      liabilityCap: cap === undefined ? absent : stated({ is: 'money', amount: cap, currency: 'EUR' }),
    },
  });
}

type Publish = {
  by: string;
  contract?: Contract;
  /** Of a run that is there already: its next version. */
  run?: string;
  supersedes?: string;
  sample?: boolean;
  /** RFC 3339. */
  at?: string;
  drafter?: { drafter: string; model?: string | null; promptVersion?: string | null };
  /** What the drafter had written before a person changed it. */
  drafted?: Contract;
  /** How far it is: reserved has not been published. */
  state?: 'reserved' | 'published';
};
export type PublishedContract = { run: string; publication: string; version: number };

/**
 * A contract that went the whole way, put there by the database's owner: for tests of what is read afterwards, with any
 * date and any words. The way itself has tests of its own.
 */
export async function publishContract(owner: postgres.Sql, it: Publish): Promise<PublishedContract> {
  const { by, contract = contractWith(), at = new Date().toISOString(), state = 'published' } = it;
  const run = it.run ?? newId();
  const drafter = it.drafter ?? { drafter: 'rules', model: null, promptVersion: 'rules-1' };
  if (it.run === undefined) {
    const input = owner.json(it.supersedes === undefined ? {} : { supersedes: it.supersedes });
    await owner`
      insert into run (id, track, title, slug, state, input, sample, created_by, created_at, moved_at)
      values (${run}, 'contract-summary', ${contract.title}, ${run}, 'published', ${input}, ${it.sample === true}, ${by}, ${at}, ${at})`;
  }
  const [last] = await owner<
    { v: number }[]
  >`select coalesce(max(version), 0)::int as v from draft where run_id = ${run}`;
  let version = (last?.v ?? 0) + 1;
  const round = version;
  await owner`
    insert into draft (run_id, version, round, payload, drafter, created_at)
    values (${run}, ${version}, ${round}, ${canonicalJson(it.drafted ?? contract)}, ${owner.json(drafter)}, ${at})`;
  if (it.drafted !== undefined) {
    version += 1;
    await owner`
      insert into draft (run_id, version, round, base_version, payload, author_id, created_at)
      values (${run}, ${version}, ${round}, ${version - 1}, ${canonicalJson(contract)}, ${by}, ${at})`;
  }
  const digest = sha256Hex(`${run}:${String(version)}`);
  const [review, decision, publication] = [newId(), newId(), newId()];
  await owner`
    insert into subject (digest, run_id, draft_version, manifest, created_at) values (${digest}, ${run}, ${version}, '{}', ${at})`;
  await owner`
    insert into review (id, run_id, round, state, policy, subject_digest, draft_version, opened_at, due_at, remind_at, closed_at)
    values (${review}, ${run}, ${round}, 'approved', '{}', ${digest}, ${version}, ${at}, ${at}, ${at}, ${at})`;
  await owner`
    insert into decision (id, review_id, run_id, subject_digest, decision, person, role, decided_at, single_person,
                          signed_text, signature, key_id, grace_until)
    values (${decision}, ${review}, ${run}, ${digest}, 'approve', ${by}, 'approver', ${at}, false, '', '', 'none', ${at})`;
  await owner`
    insert into publication (id, run_id, decision_id, subject_digest, rendition_sha256, target_id, address, state, created_at,
                             settled_at, receipt)
    values (${publication}, ${run}, ${decision}, ${digest}, ${digest}, ${newId()}, ${`published/${run}/v${String(version)}.md`},
            ${state}, ${at}, ${state === 'published' ? at : null}, ${state === 'published' ? '{}' : null})`;
  return { run, publication, version };
}
