import { startRunThrough, tickStep } from '../../db/commands/run-through.js';
import { newId } from '../../db/ids.js';
import { runThrough, type RunThroughRow } from '../../db/queries/run-through.js';
import type { Db } from '../../db/connect.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { idParam } from '../contract/common.js';
import * as contract from '../contract/run-through.js';
import type { Deps } from '../deps.js';
import { finish } from '../finishing.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { sealOpenPart } from '../recording-parts.js';
import { runThroughView } from '../run-view.js';

/** A run-through of this very run; one of another run is not there. */
export async function runThroughOf(db: Db, { id, rt }: { id: string; rt: string }): Promise<RunThroughRow> {
  const found = await runThrough(db, rt);
  if (found === undefined || found.runId !== id) throw new Refusal('not_found', 'There is no such run-through.');
  return found;
}

/** Running an SOP live: one person, step by step, on a recording. */
export function runThroughRoutes(deps: Deps) {
  const { db } = deps;
  return router()
    .openapi(
      route('post /api/runs/{id}/run-throughs', {
        summary: 'Start a run-through, or go on with one’s own',
        request: { params: idParam, body: json(contract.startRunThrough) },
        responses: { 200: answers(contract.runThrough) },
      }),
      async (c) => {
        const { id: run } = c.req.valid('param');
        const { token } = personOf(c);
        const { id } = await startRunThrough(db, { token, run, id: c.req.valid('json').id ?? newId() });
        return c.json(runThroughView(await runThroughOf(db, { id: run, rt: id })), 200);
      },
    )
    .openapi(
      route('get /api/runs/{id}/run-throughs/{rt}', {
        summary: 'A run-through',
        request: { params: contract.runThroughParams },
        responses: { 200: answers(contract.runThrough) },
      }),
      async (c) => c.json(runThroughView(await runThroughOf(db, c.req.valid('param'))), 200),
    )
    .openapi(
      route('patch /api/runs/{id}/run-throughs/{rt}', {
        summary: 'Tick one step',
        request: { params: contract.runThroughParams, body: json(contract.tickStep) },
        responses: { 200: answers(contract.runThrough) },
      }),
      async (c) => {
        const { token } = personOf(c);
        const { note, cameUp, ...tick } = c.req.valid('json');
        const { id: runThrough } = await runThroughOf(db, c.req.valid('param'));
        await tickStep(db, { token, runThrough, ...tick, ...(note && { note }), ...(cameUp && { cameUp }) });
        return c.json(runThroughView(await runThroughOf(db, c.req.valid('param'))), 200);
      },
    )
    .openapi(
      route('post /api/runs/{id}/run-throughs/{rt}/finish', {
        summary: 'Finish: what was run as written counts',
        request: { params: contract.runThroughParams },
        responses: { 200: answers(contract.runThroughFinished) },
      }),
      async (c) => {
        const found = await runThroughOf(db, c.req.valid('param'));
        const { token, id: me } = personOf(c);
        // What a browser recorded and never ended, because it crashed, counts as well.
        if (found.finishedAt === undefined && found.person.id === me) await sealOpenPart(deps, token, found);
        const { id: run } = c.req.valid('param');
        return c.json(await finish(deps, { token, run, id: found.id }), 200);
      },
    );
}
