import { undoDecision } from '../../db/commands/decide.js';
import { assignReview, claimReview, fulfil, markServed, unclaimReview } from '../../db/commands/reviews.js';
import { decisionOn } from '../../db/queries/decisions.js';
import { recordDecision } from '../decisions.js';
import { done, idParam } from '../contract/common.js';
import * as contract from '../contract/reviews.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { tellAssigned } from '../notices.js';
import { viewDigest } from '../page-view.js';
import { reviewView } from '../review-view.js';

/** The gate: what would be published, what is missing, and the one place where a person decides. */
export function reviewRoutes(deps: Deps) {
  const { db, relay } = deps;
  return router()
    .openapi(
      route('get /api/reviews/{id}', {
        summary: 'A review: exactly what would be published, and what is missing',
        request: { params: idParam },
        responses: { 200: answers(contract.reviewDetail) },
      }),
      async (c) => {
        const caller = c.var.admitted;
        const view = await reviewView(deps, c.req.valid('param').id, caller);
        // Evidence of what was before whom; no event, and no part of any decision by itself.
        if (caller.kind === 'person' && c.req.method === 'GET')
          await markServed(db, { token: caller.token, review: view.id, subjectDigest: view.subjectDigest });
        return c.json(view, 200);
      },
    )
    .openapi(
      route('post /api/reviews/{id}/claim', {
        summary: 'Hold a review for a while',
        request: { params: idParam, body: json(contract.claimReview) },
        responses: { 200: answers(contract.claimed) },
      }),
      async (c) => c.json(await claimReview(db, { token: personOf(c).token, review: c.req.valid('param').id }), 200),
    )
    .openapi(
      route('post /api/reviews/{id}/unclaim', {
        summary: 'Let a review go',
        request: { params: idParam, body: json(contract.claimReview) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await unclaimReview(db, { token: personOf(c).token, review: c.req.valid('param').id });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('post /api/reviews/{id}/assign', {
        summary: 'Give a review to somebody, or to nobody',
        request: { params: idParam, body: json(contract.assignReview) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const { id: review } = c.req.valid('param');
        const { token, id: oneself } = personOf(c);
        const { person = oneself } = c.req.valid('json');
        await assignReview(db, { token, review, person });
        await tellAssigned(deps, review, person, personOf(c));
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('post /api/reviews/{id}/fulfilments', {
        summary: 'Confirm one value of what would be published',
        request: { params: idParam, body: json(contract.fulfil) },
        responses: { 200: answers(contract.fulfilled) },
      }),
      async (c) => {
        const { key, valueDigest, evidence, viewToken } = c.req.valid('json');
        const served = viewToken === undefined ? {} : { viewDigest: viewDigest(viewToken) };
        const act = { token: personOf(c).token, review: c.req.valid('param').id, key, valueDigest, ...served };
        return c.json(await fulfil(db, evidence === undefined ? act : { ...act, evidence }), 200);
      },
    )
    .openapi(
      route('post /api/reviews/{id}/decision', {
        summary: 'Approve, ask for changes, or reject: a person, on exactly these bytes',
        request: { params: idParam, body: json(contract.decide) },
        responses: { 200: answers(contract.decided) },
      }),
      async (c) => {
        const { id: review } = c.req.valid('param');
        const made = await recordDecision(deps, personOf(c), { review, ...c.req.valid('json') });
        relay.wake();
        const { id, decision, decidedAt, singlePerson, signature, keyId } = made;
        const graceUntil = (await decisionOn(db, review))?.graceUntil;
        return c.json(
          {
            id,
            decision,
            decidedAt,
            singlePerson,
            signature,
            keyId,
            ...(graceUntil === undefined ? {} : { graceUntil }),
          },
          200,
        );
      },
    )
    .openapi(
      route('post /api/reviews/{id}/undo', {
        summary: 'Take an approval back within its grace',
        request: { params: idParam },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await undoDecision(db, { token: personOf(c).token, review: c.req.valid('param').id });
        relay.wake();
        return c.json({ ok: true } as const, 200);
      },
    );
}
