import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { contractReview, type ContractReview } from '../../api/contract/reviews.js';
import { cleaningContract } from '../../workflows/domain/samples/cleaning-contract.js';
import type { Client } from './client.js';
import { openReview } from './sop-client.js';

const withId = z.object({ id: z.string() });

/** A new run from the text of a contract, and of what changes it; answers with its id. */
export async function startContract(
  client: Client,
  texts: readonly string[] = [cleaningContract.text],
  more: { title?: string; input?: Record<string, unknown> } = {},
): Promise<string> {
  const sources: string[] = [];
  for (const [at, text] of texts.entries()) {
    const body = { kind: 'document', name: `agreement-${String(at + 1)}.txt`, text };
    sources.push((await client.ask(withId, 'POST', '/api/sources', body)).id);
  }
  const body = {
    track: 'contract-summary',
    title: more.title ?? 'Cleaning',
    sources,
    ...(more.input && { input: more.input }),
  };
  return (await client.ask(withId, 'POST', '/api/runs', body, { 'idempotency-key': newId() })).id;
}

export const readContractReview = (client: Client, id: string): Promise<ContractReview> =>
  client.ask(contractReview, 'GET', `/api/reviews/${id}`);

/** The open review of a contract's run, waited for. */
export async function contractReviewOf(client: Client, run: string, withinMs?: number): Promise<ContractReview> {
  return readContractReview(client, (await openReview(client, run, withinMs)).id);
}

/** A new run from one file of bytes, as a browser sends it. */
export async function startContractFile(client: Client, name: string, bytes: Uint8Array): Promise<string> {
  const form = new FormData();
  form.append('kind', 'document');
  form.append('file', new Blob([bytes.slice()]), name);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  const body = new Uint8Array(await encoded.arrayBuffer());
  const source = await client.ask(withId, 'POST', '/api/sources', body, { 'content-type': type });
  const run = { track: 'contract-summary', title: name, sources: [source.id] };
  return (await client.ask(withId, 'POST', '/api/runs', run, { 'idempotency-key': newId() })).id;
}

/** Opens what a requirement's place names and answers the token that came with it. */
export async function serve(client: Client, review: string, place: string): Promise<string> {
  const [source = '', page = ''] = place.split(':');
  const path =
    source === 'absence' ? `/api/reviews/${review}/absences/${page}` : `/api/reviews/${review}/pages/${source}/${page}`;
  const { viewToken } = await client.ask(z.object({ viewToken: z.string().optional() }), 'GET', path);
  if (viewToken === undefined) throw new Error('No token came with the page.');
  return viewToken;
}

/** Gives every point that is not settled one of the answers that a person could give. */
export async function settleContract(client: Client, review: ContractReview): Promise<ContractReview> {
  const edits: unknown[] = [];
  if (review.draft.vendor === '') edits.push({ op: 'set-vendor', vendor: 'Brightwater Cleaning Ltd' });
  for (const [field, { answer }] of Object.entries(review.draft.fields))
    if (answer === 'open') edits.push({ op: 'say-absent', field });
  if (edits.length === 0) return review;
  await client.ask(z.unknown(), 'PATCH', `/api/runs/${review.runId}/draft`, {
    baseVersion: review.draftVersion,
    edits,
  });
  return readContractReview(client, review.id);
}

/** Meets everything that acts can meet, pages served first where two keys are asked for. */
export async function confirmContract(client: Client, review: ContractReview): Promise<void> {
  for (const { key, kind, valueDigest, fulfilled, place } of review.requirements) {
    if (fulfilled || (kind !== 'confirm' && kind !== 'served')) continue;
    const viewToken = kind === 'served' && place !== undefined ? await serve(client, review.id, place) : undefined;
    const body = { key, valueDigest, ...(viewToken !== undefined && { viewToken }) };
    await client.ask(z.unknown(), 'POST', `/api/reviews/${review.id}/fulfilments`, body);
  }
}
