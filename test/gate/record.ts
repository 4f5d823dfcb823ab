import type { House } from './house.js';

/** The kinds of a run's events, in order. */
export async function eventsOf(house: House, run: string): Promise<string[]> {
  const rows = await house.owner<
    { kind: string }[]
  >`select kind from event where stream = ${`run:${run}`} order by seq`;
  return rows.map(({ kind }) => kind);
}

export type Published = { id: string; address: string; subject_digest: string; receipt: string; receipt_path: string };

/** What the record says was delivered for a run. */
export async function publishedOf(house: House, run: string): Promise<Published[]> {
  return house.owner<Published[]>`
    select id, address, subject_digest, receipt, receipt_path from publication
     where run_id = ${run} and state = 'published' order by created_at`;
}

/** Templates of the notices that were made for a run, each with whom it went to. */
export async function noticesOf(house: House, run: string): Promise<{ template: string; user_id: string }[]> {
  return house.owner<{ template: string; user_id: string }[]>`
    select template, user_id from notice where run_id = ${run} order by created_at, id`;
}

export type DraftRow = { version: number; alternative: boolean; drafter: string | null };

/** A run's versions: which drafter wrote each, null where a person did. */
export async function draftsOf(house: House, run: string): Promise<DraftRow[]> {
  return house.owner<DraftRow[]>`
    select version, alternative, drafter ->> 'drafter' as drafter from draft where run_id = ${run} order by version`;
}

/** The trouble a person sees on a run whose drafting waits or has failed. */
export async function troubleOf(house: House, run: string): Promise<{ code: string; words: string } | null> {
  const [row] = await house.owner<[{ trouble: { code: string; words: string } | null }?]>`
    select trouble from run where id = ${run}`;
  return row?.trouble ?? null;
}
