import { seal } from '../../db/record.js';
import { checkpoints, verifyRecord, type CheckpointRow } from '../../db/queries/record.js';
import { streamsIn, timeline, timelineCounts, type TimelineFilter } from '../../db/queries/timeline.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { isoWeekOf, weekBounds } from '../../workflows/domain/iso-week.js';
import { checkpointBodySchema } from '../../workflows/domain/record/checkpoint.js';
import * as contract from '../contract/timeline.js';
import type { Deps } from '../deps.js';
import { answers, route, router } from '../kit.js';
import { houseSettings } from '../../db/queries/settings.js';

function checkpointView({ number, at, digest, keyId, body }: CheckpointRow) {
  return { number, at, digest, keyId, events: checkpointBodySchema.parse(JSON.parse(body)).events };
}

async function spanOf(deps: Deps, week: string | undefined): Promise<TimelineFilter & { week: string }> {
  const { timeZone } = await houseSettings(deps);
  const named = week ?? isoWeekOf(new Date(), timeZone);
  const bounds = weekBounds(named, timeZone);
  if (bounds === undefined) throw new Refusal('invalid_request', `There is no week ${named}.`);
  return { week: named, ...bounds };
}

function positionOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,15}$/.test(cursor)) throw new Refusal('invalid_request', 'This page of the timeline is not one of ours.');
  return Number(cursor);
}

/** The record of a week or of a run, with its chains recomputed, and the checkpoints that seal it. */
export function timelineRoutes(deps: Deps) {
  const { db } = deps;
  return router()
    .openapi(
      route('get /api/timeline', {
        summary: 'The events of a week or of a run, in order',
        request: { query: contract.timelineQuery },
        responses: { 200: answers(contract.timeline) },
      }),
      async (c) => {
        const { week, run, verb, cursor } = c.req.valid('query');
        const span = run === undefined ? await spanOf(deps, week) : { stream: `run:${run}` };
        const [page, counts, streams, sealed] = await Promise.all([
          timeline(db, { ...span, verb, after: positionOf(cursor) }),
          timelineCounts(db, span),
          streamsIn(db, span),
          checkpoints(db),
        ]);
        const { verified, broken } = await verifyRecord(db, streams);
        const last = sealed.at(-1);
        return c.json(
          {
            ...('week' in span ? { week: span.week } : {}),
            events: page.events,
            ...(page.next === undefined ? {} : { next: String(page.next) }),
            verified,
            ...(broken === undefined ? {} : { broken }),
            counts,
            ...(last === undefined ? {} : { checkpoint: { number: last.number, at: last.at } }),
          },
          200,
        );
      },
    )
    .openapi(
      route('get /api/checkpoints', {
        summary: 'Where the record was sealed',
        responses: { 200: answers(contract.checkpointList) },
      }),
      async (c) => c.json({ checkpoints: (await checkpoints(db)).reverse().map(checkpointView) }, 200),
    )
    .openapi(
      route('post /api/checkpoints', {
        summary: 'Seal the record now',
        responses: { 200: answers(contract.checkpoint) },
      }),
      async (c) => {
        const made = await seal(db, { sealer: deps.signer, dataFolder: deps.data });
        // Where nothing has happened since, the last one still seals everything.
        const found = made ?? (await checkpoints(db)).at(-1);
        if (found === undefined) throw new Refusal('wrong_state', 'There is nothing on the record yet.');
        return c.json(checkpointView(found), 200);
      },
    );
}
