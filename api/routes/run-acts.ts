import { resolvePublication } from '../../db/commands/publish.js';
import { openRepair, releaseRun, retryRun, withdrawRun, type Moved } from '../../db/commands/runs.js';
import { publication } from '../../db/queries/publications.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { done, idParam } from '../contract/common.js';
import * as contract from '../contract/runs.js';
import type { Deps } from '../deps.js';
import { checkDrafter } from '../drafters.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { addToRun } from '../run-sources.js';

/** What people do to a whole run, and to a delivery of which nobody knows whether it arrived. */
export function runActRoutes({ db, relay, drafter }: Deps) {
  const withReason = { params: idParam, body: json(contract.withReason) };
  /** The commit is done: the workflow is told, the page is answered. */
  const moved = (id: string, { state }: Moved) => {
    relay.wake();
    return { id, state };
  };
  return router()
    .openapi(
      route('post /api/runs/{id}/withdraw', {
        summary: 'Withdraw a run from which nothing has gone out',
        request: withReason,
        responses: { 200: answers(contract.runMoved) },
      }),
      async (c) => {
        const { id: run } = c.req.valid('param');
        return c.json(
          moved(run, await withdrawRun(db, { token: personOf(c).token, run, ...c.req.valid('json') })),
          200,
        );
      },
    )
    .openapi(
      route('post /api/runs/{id}/release', {
        summary: 'Let a drafter at a run that was kept human',
        request: withReason,
        responses: { 200: answers(contract.runMoved) },
      }),
      async (c) => {
        const { id: run } = c.req.valid('param');
        return c.json(moved(run, await releaseRun(db, { token: personOf(c).token, run, ...c.req.valid('json') })), 200);
      },
    )
    .openapi(
      route('post /api/runs/{id}/repair', {
        summary: 'Open a new round of something published',
        request: withReason,
        responses: { 200: answers(contract.runMoved) },
      }),
      async (c) => {
        const { id: run } = c.req.valid('param');
        return c.json(moved(run, await openRepair(db, { token: personOf(c).token, run, ...c.req.valid('json') })), 200);
      },
    )
    .openapi(
      route('post /api/runs/{id}/retry', {
        summary: 'Draft again, as usual or by a drafter asked for by name',
        request: { params: idParam, body: json(contract.retryRun) },
        responses: { 200: answers(contract.runMoved) },
      }),
      async (c) => {
        const { id: run } = c.req.valid('param');
        checkDrafter({ drafter }, c.req.valid('json').drafter);
        return c.json(moved(run, await retryRun(db, { token: personOf(c).token, run, ...c.req.valid('json') })), 200);
      },
    )
    .openapi(
      route('post /api/runs/{id}/sources', {
        summary: 'Add a screenshot to a run that is under way',
        request: { params: idParam, body: json(contract.addRunSource) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const { id: run } = c.req.valid('param');
        await addToRun(db, { token: personOf(c).token, run, ...c.req.valid('json') });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('post /api/publications/{id}/resolve', {
        summary: 'Say whether an uncertain delivery arrived, or have it sent again',
        request: { params: idParam, body: json(contract.resolvePublication) },
        responses: { 200: answers(contract.publicationResolved) },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        await resolvePublication(db, { token: personOf(c).token, publication: id, ...c.req.valid('json') });
        relay.wake();
        const found = await publication(db, id);
        if (found === undefined) throw new Refusal('not_found', 'There is no such publication.');
        return c.json({ id, state: found.state }, 200);
      },
    );
}
