import { houseFacts } from '../db/queries/house.js';
import type { Checklist } from './contract/house.js';
import type { Deps } from './deps.js';

type Item = Checklist['items'][number];

/** The first ten minutes, from what has happened: nothing here is ticked by hand. */
export async function checklistOf({ db, drafter }: Pick<Deps, 'db' | 'drafter'>): Promise<Checklist> {
  const facts = await houseFacts(db);
  const { sample, own } = facts;
  const published = own?.published === true ? own : sample?.published === true ? sample : undefined;
  const lead = published ?? sample ?? own;
  const items: Item[] = [
    { key: 'owner', done: facts.hasAdmin, optional: false },
    { key: 'drafter', done: drafter.usesModel, optional: true },
    { key: 'sample', done: sample !== undefined || published !== undefined, optional: false, ...placeOf(sample) },
    { key: 'published', done: published !== undefined, optional: false, ...placeOf(lead) },
    { key: 'own-run', done: own !== undefined, optional: false, ...placeOf(own) },
    { key: 'colleague', done: facts.members > 1, optional: true },
  ];
  return { items, complete: items.every((item) => item.done || item.optional) };
}

function placeOf(run: { runId: string; reviewId?: string | undefined } | undefined): Pick<Item, 'runId' | 'reviewId'> {
  if (run === undefined) return {};
  return { runId: run.runId, ...(run.reviewId === undefined ? {} : { reviewId: run.reviewId }) };
}
