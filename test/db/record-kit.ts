import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginDelivery, reservePublication, settlePublication } from '../../db/commands/publish.js';
import { eraseSource } from '../../db/commands/sources.js';
import { newId } from '../../db/ids.js';
import {
  exportedDecisions,
  exportedEvents,
  exportedSeals,
  exportedSubjects,
  withSnapshot,
} from '../../db/queries/export.js';
import { manifestSchema } from '../../workflows/domain/manifest.js';
import { decided, member, metAll, underReview, type Kit, type Somebody, type UnderReview } from './kit.js';

/** What the worker reserves for a subject. */
export async function renditionsOf(kit: Kit, digest: string) {
  const [row] = await kit.owner<[{ manifest: string }]>`select manifest from subject where digest = ${digest}`;
  return manifestSchema.parse(JSON.parse(row.manifest)).renditions.map((one) => ({
    id: newId(),
    renditionSha256: one.sha256,
    targetId: one.targetId,
    address: `${one.targetAddress}/${one.path}`,
  }));
}

/** Approved, delivered and settled. */
export async function publishedRun(
  kit: Kit,
  operator: Somebody,
  approver: Somebody,
): Promise<UnderReview & { decision: string; publication: string }> {
  const at = await underReview(kit, operator);
  await metAll(kit, operator, at);
  const { id: decision } = await decided(kit, approver, at);
  const publications = await renditionsOf(kit, at.digest);
  const { publications: reserved } = await reservePublication(kit.worker, { run: at.run, decision, publications });
  for (const { id } of reserved) {
    await beginDelivery(kit.worker, { publication: id });
    await settlePublication(kit.worker, {
      publication: id,
      state: 'published',
      receipt: '{}\n',
      receiptPath: 'a.json',
    });
  }
  return { ...at, decision, publication: publications[0]?.id ?? '' };
}

/** Writes the record as `countersign export` does. */
export async function exportTo(kit: Pick<Kit, 'api'>, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, rows: readonly unknown[]) =>
    writeFileSync(join(folder, file), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await withSnapshot(kit.api, async (snapshot) => {
    const { checkpoints, keys } = await exportedSeals(snapshot);
    const events = [];
    for await (const event of exportedEvents(snapshot)) events.push(event);
    write('record.jsonl', events);
    write('checkpoints.jsonl', checkpoints);
    write('decisions.jsonl', await exportedDecisions(snapshot));
    write('subjects.jsonl', await exportedSubjects(snapshot));
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
  });
}

/** Erases every source, and the words of every reason. */
export async function erasedReasons(kit: Kit): Promise<void> {
  const admin = await member(kit, 'admin');
  const sources = await kit.owner<{ id: string }[]>`select id from source`;
  for (const { id } of sources) await eraseSource(kit.api, { token: admin.token, id, reason: 'Asked for by Kim.' });
  await kit.owner`update reason set words = '', salt = '', erased_at = now()`;
  await kit.owner`update decision set reason = null`;
}
