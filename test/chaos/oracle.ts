import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type postgres from 'postgres';
import { z } from 'zod';
import { manifestSchema } from '../../workflows/domain/manifest.js';
import type { Acknowledged } from './load.js';

export type Verdict = {
  decisions: number;
  lost: number;
  publishedTwice: number;
  publishedUnapproved: number;
  stuck: number;
};

const receiptSchema = z.looseObject({
  publicationId: z.string(),
  runId: z.string(),
  renditionSha256: z.string(),
  decision: z.looseObject({ id: z.string() }),
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Every published page in the folder, with its receipt where there is one. */
export function publishedPages(
  folder: string,
): { path: string; sha256: string; receipt: z.infer<typeof receiptSchema> | undefined }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => {
      const path = join(folder, name);
      const receiptPath = path.replace(/\.md$/, '.receipt.json');
      const receipt = existsSync(receiptPath)
        ? receiptSchema.parse(JSON.parse(readFileSync(receiptPath, 'utf8')))
        : undefined;
      return { path, sha256: sha256(readFileSync(path)), receipt };
    });
}

/** What should be and is, from Postgres and the published folder alone. */
export async function judge(sql: postgres.Sql, publishedFolder: string, said: Acknowledged): Promise<Verdict> {
  const stored = await sql<{ id: string; run_id: string; decision: string; subject_digest: string }[]>`
    select id, run_id, decision, subject_digest from decision where undone_at is null`;
  const known = new Set(stored.map((row) => row.id));
  const runs = new Set((await sql<{ id: string }[]>`select id from run`).map((row) => row.id));
  const lost =
    said.decisions.filter((row) => !known.has(row.id)).length + said.runs.filter((id) => !runs.has(id)).length;
  const approvals = stored.filter((row) => row.decision === 'approve');
  const manifests = await sql<{ digest: string; manifest: string }[]>`select digest, manifest from subject`;
  const approvedBytes = new Set(
    approvals.flatMap((row) => {
      const text = manifests.find((subject) => subject.digest === row.subject_digest)?.manifest ?? '{}';
      if (sha256(Buffer.from(text)) !== row.subject_digest) return [];
      return manifestSchema.parse(JSON.parse(text)).renditions.map((rendition) => rendition.sha256);
    }),
  );
  const pages = publishedPages(publishedFolder);
  const perDecision = new Map<string, number>();
  for (const page of pages) {
    const id = page.receipt?.decision.id;
    if (id !== undefined) perDecision.set(id, (perDecision.get(id) ?? 0) + 1);
  }
  const settledTwice = await sql<{ extra: number }[]>`
    select (count(*) - 1)::int as extra from publication where state = 'published' group by decision_id, address having count(*) > 1`;
  const eventTwice = await sql<{ extra: number }[]>`
    select (count(*) - 1)::int as extra from event where kind = 'published'
    group by body::jsonb ->> 'publicationId' having count(*) > 1`;
  const stuck = await stuckRuns(
    sql,
    pages.map((page) => page.receipt?.runId ?? ''),
  );
  return {
    decisions: stored.length,
    lost,
    publishedTwice:
      [...perDecision.values()].filter((count) => count > 1).length + settledTwice.length + eventTwice.length,
    publishedUnapproved: pages.filter((page) => !approvedBytes.has(page.sha256)).length,
    stuck: stuck.length,
  };
}

/** Approved runs that are neither in the folder nor said to be uncertain. */
export async function stuckRuns(sql: postgres.Sql, deliveredRuns: readonly string[]): Promise<string[]> {
  const approved = await sql<{ id: string; state: string }[]>`
    select r.id, r.state from run r where exists (
      select 1 from decision d where d.run_id = r.id and d.decision = 'approve' and d.undone_at is null)`;
  const delivered = new Set(deliveredRuns);
  return approved
    .filter((row) => row.state !== 'uncertain' && !(row.state === 'published' && delivered.has(row.id)))
    .map((row) => row.id);
}
