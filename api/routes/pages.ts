import * as contract from '../contract/reviews.js';
import type { Deps } from '../deps.js';
import { answers, route, router } from '../kit.js';
import { absenceView, pageView } from '../page-view.js';

/** The pages of a review's documents, and the proof of what they do not say. */
export function pageRoutes(deps: Deps) {
  return router()
    .openapi(
      route('get /api/reviews/{id}/pages/{source}/{page}', {
        summary: 'A page of a document, with the token that proves that it was given out',
        request: { params: contract.pageParams },
        responses: { 200: answers(contract.documentPage) },
      }),
      async (c) => {
        const { id: review, source, page } = c.req.valid('param');
        c.header('cache-control', 'no-store');
        return c.json(await pageView(deps, c.var.admitted, { review, source, page }), 200);
      },
    )
    .openapi(
      route('get /api/reviews/{id}/absences/{field}', {
        summary: 'The proof that the documents say nothing on a point',
        request: { params: contract.absenceParams },
        responses: { 200: answers(contract.absence) },
      }),
      async (c) => {
        const { id: review, field } = c.req.valid('param');
        c.header('cache-control', 'no-store');
        return c.json(await absenceView(deps, c.var.admitted, { review, field }), 200);
      },
    );
}
