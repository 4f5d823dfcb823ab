import type { Context } from 'hono';
import { attachRecording } from '../../db/commands/run-through.js';
import { runSummary } from '../../db/queries/run.js';
import type { RunThroughRow } from '../../db/queries/run-through.js';
import { Refusal } from '../../workflows/domain/errors.js';
import * as contract from '../contract/run-through.js';
import type { Deps } from '../deps.js';
import { incoming, takeIn } from '../intake.js';
import { answers, personOf, route, router, type AppEnv } from '../kit.js';
import { appendChunk, dropRecording, received, wholeRecording } from '../recordings.js';
import { runThroughView } from '../run-view.js';
import { receiveBytes } from '../uploads.js';
import { sampleRecording } from '../samples.js';
import { runThroughOf } from './run-throughs.js';

/** One's own, and not finished: the database says so again when the recording is attached. */
function mine(c: Context<AppEnv>, found: RunThroughRow): RunThroughRow {
  if (found.person.id !== personOf(c).id)
    throw new Refusal('not_permitted', `This run-through is ${found.person.name}’s.`);
  if (found.finishedAt !== undefined) throw new Refusal('wrong_state', 'This run-through is finished.');
  return found;
}

async function attach(deps: Deps, token: string, rt: string, source: string): Promise<void> {
  await attachRecording(deps.db, { token, runThrough: rt, source });
}

async function sampleSource(deps: Deps, token: string, runId: string): Promise<string> {
  const run = await runSummary(deps.db, runId);
  if (run?.sample !== true)
    throw new Refusal('not_permitted', 'Only a sample has a recording of its own. Record this run-through.');
  const { name, bytes } = sampleRecording();
  const upload = await receiveBytes(incoming(deps.data), { kind: 'recording', name, bytes });
  return (await takeIn(deps, { token }, upload)).id;
}

/** A run-through's recording: in chunks while it is made, as a source that is here already, or the sample's own. */
export function recordingRoutes(deps: Deps) {
  const folder = incoming(deps.data);

  async function takeChunk(c: Context<AppEnv>, rt: RunThroughRow): Promise<number> {
    const { offset, last } = contract.chunkQuery.parse(c.req.query());
    if (rt.recording !== undefined) return rt.recording.bytes;
    const now = await appendChunk(folder, rt.id, offset ?? 0, c.req.raw.body);
    if (last !== 'true') return now;
    const { token } = personOf(c);
    const whole = await wholeRecording(folder, rt.id);
    const upload = { kind: 'recording', name: 'Run-through recording', ...whole } as const;
    await attach(deps, token, rt.id, (await takeIn(deps, { token }, upload)).id);
    return whole.bytes;
  }

  async function takeJson(c: Context<AppEnv>, rt: RunThroughRow): Promise<number> {
    const { token } = personOf(c);
    const body = contract.attachRecording.parse(await c.req.json().catch(() => undefined));
    if ('sample' in body && rt.recording !== undefined) return rt.recording.bytes;
    await attach(deps, token, rt.id, 'sourceId' in body ? body.sourceId : await sampleSource(deps, token, rt.runId));
    await dropRecording(folder, rt.id);
    return 0;
  }

  return router()
    .openapi(
      route('get /api/runs/{id}/run-throughs/{rt}/recording', {
        summary: 'How much of the recording has come',
        request: { params: contract.runThroughParams },
        responses: { 200: answers(contract.recordingAnswer) },
      }),
      async (c) => {
        const { recording } = runThroughView(await runThroughOf(deps.db, c.req.valid('param')));
        const bytes = recording?.bytes ?? (await received(folder, c.req.valid('param').rt));
        return c.json({ received: bytes, ...(recording === undefined ? {} : { recording }) }, 200);
      },
    )
    .openapi(
      route(
        'post /api/runs/{id}/run-throughs/{rt}/recording',
        {
          summary: 'A chunk of the recording, or which source it is',
          description:
            'Bytes: query `offset`, and `last=true` on the last chunk. JSON: `{sourceId}`, or on a sample run `{sample: true}`.',
          request: { params: contract.runThroughParams, query: contract.chunkQuery },
          responses: { 200: answers(contract.recordingAnswer) },
        },
        'stream',
      ),
      async (c) => {
        const before = mine(c, await runThroughOf(deps.db, c.req.valid('param')));
        const isJson = c.req.header('content-type')?.startsWith('application/json') === true;
        const bytes = isJson ? await takeJson(c, before) : await takeChunk(c, before);
        const { recording } = runThroughView(await runThroughOf(deps.db, c.req.valid('param')));
        return c.json({ received: recording?.bytes ?? bytes, ...(recording === undefined ? {} : { recording }) }, 200);
      },
    );
}
