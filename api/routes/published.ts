import { decision } from '../../db/queries/decisions.js';
import { publicationDetail, publishedItems, type PublicationDetail } from '../../db/queries/publications.js';
import { reportsOf } from '../../db/queries/reports.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { manifestSchema } from '../../workflows/domain/manifest.js';
import { idParam } from '../contract/common.js';
import * as contract from '../contract/published.js';
import { exported } from '../exports/export.js';
import type { Deps } from '../deps.js';
import { answers, route, router } from '../kit.js';
import { renditionView } from '../review-view.js';
import { receiptUrl } from '../run-view.js';
import { verifyPublication } from '../verify-publication.js';

const notHere = () => new Refusal('not_found', 'There is no such published page.');

async function view(deps: Deps, found: PublicationDetail) {
  const { publishedAt, receipt } = found;
  const made = await decision(deps.db, found.decisionId);
  const rendition = manifestSchema
    .parse(JSON.parse(found.manifest))
    .renditions.find((one) => `${one.targetAddress.replace(/\/+$/, '')}/${one.path}` === found.address);
  if (publishedAt === undefined || receipt === undefined)
    throw new Refusal('wrong_state', 'This has not been published yet, or its receipt is being written.');
  if (made === undefined || rendition === undefined) throw notHere();
  const { publicationId, runId, track, title, draftVersion, target, address, approvedBy, singlePerson, sample } = found;
  const { state, attempts, trouble, subjectDigest, versions } = found;
  const url = receiptUrl(publicationId);
  return {
    ...{
      publicationId,
      runId,
      track,
      title,
      draftVersion,
      target,
      address,
      publishedAt,
      approvedBy,
      singlePerson,
      sample,
    },
    ...(found.supersededBy === undefined ? {} : { supersededBy: found.supersededBy }),
    publication: {
      ...{ id: publicationId, target, address, state, attempts, settledAt: publishedAt, receiptUrl: url },
      ...(trouble === undefined ? {} : { trouble }),
    },
    decision: made,
    subjectDigest,
    rendition: await renditionView(deps.data, rendition),
    receipt,
    receiptUrl: url,
    versions,
    reports: await reportsOf(deps.db, found.runId),
    verified: await verifyPublication(deps.data, found),
  };
}

/** What was published, each with its receipt. */
export function publishedRoutes(deps: Deps) {
  const { db } = deps;
  return router()
    .openapi(
      route('get /api/published', {
        summary: 'What was published, newest first',
        request: { query: contract.publishedQuery },
        responses: { 200: answers(contract.publishedList) },
      }),
      async (c) => c.json(await publishedItems(db, c.req.valid('query')), 200),
    )
    .openapi(
      route('get /api/published/{id}', {
        summary: 'One published page, checked again',
        request: { params: idParam },
        responses: { 200: answers(contract.publishedDetail) },
      }),
      async (c) => {
        const found = await publicationDetail(db, c.req.valid('param').id);
        if (found === undefined) throw notHere();
        return c.json(await view(deps, found), 200);
      },
    )
    .openapi(
      route('get /api/published/{id}/export', {
        summary: 'A published page as Markdown, Word document or PDF, made from the approved bytes',
        request: { params: idParam, query: contract.exportQuery },
        responses: { 200: { description: 'The document.' } },
      }),
      async (c) => {
        const found = await publicationDetail(db, c.req.valid('param').id);
        const made = found === undefined ? undefined : await decision(db, found.decisionId);
        if (found === undefined || made === undefined) throw notHere();
        const { format } = c.req.valid('query');
        const { bytes, mediaType, name } = await exported(deps.data, found, made.decidedAt, format);
        return c.body(new Uint8Array(bytes), 200, {
          'content-type': mediaType,
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'private, no-cache',
          'x-content-type-options': 'nosniff',
        });
      },
    )
    .openapi(
      route('get /api/published/{id}/receipt', {
        summary: 'The receipt, byte for byte',
        request: { params: idParam },
        responses: { 200: { description: 'The receipt.' } },
      }),
      async (c) => {
        const found = await publicationDetail(db, c.req.valid('param').id);
        if (found?.receipt === undefined) throw notHere();
        return c.body(found.receipt, 200, {
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="v${found.draftVersion}.receipt.json"`,
        });
      },
    );
}
