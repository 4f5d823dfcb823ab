import type { Context } from 'hono';
import { attachRecording } from '../../db/commands/run-through.js';
import { runSummary } from '../../db/queries/run.js';
import type { RunThroughRow } from '../../db/queries/run-through.js';
import { Refusal } from '../../workflows/domain/errors.js';
import * as contract from '../contract/run-through.js';
import type { Deps } from '../deps.js';
import { incoming, takeIn } from '../intake.js';
import { answers, personOf, route, router, type AppEnv } from '../kit.js';
import { openPart, sealOpenPart, takePartChunk } from '../recording-parts.js';
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

type Got = { received: number; part: number; lastChunkAt?: string; fileReceived?: number };

/** A run-through's recording: in chunks while it is made, as a file, as a source that is here already, or the sample's. */
export function recordingRoutes(deps: Deps) {
  const folder = incoming(deps.data);

  /** A file that is attached. Sent again after its last answer was lost, it is the part that it already is. */
  async function takeFile(c: Context<AppEnv>, rt: RunThroughRow, offset: number, last: boolean): Promise<Got> {
    const [newest] = rt.recordings.slice(-1);
    const part = rt.recordings.length;
    if (newest !== undefined && offset > 0 && (await received(folder, rt.id)) === 0)
      return { received: newest.bytes, part };
    const now = await appendChunk(folder, rt.id, offset, c.req.raw.body);
    if (!last) return { received: now, part: part + 1 };
    const { token } = personOf(c);
    const whole = await wholeRecording(folder, rt.id);
    if (newest?.sha256 === whole.sha256) {
      await dropRecording(folder, rt.id);
      return { received: whole.bytes, part };
    }
    await sealOpenPart(deps, token, rt);
    const upload = { kind: 'recording', name: 'Run-through recording', ...whole } as const;
    await attach(deps, token, rt.id, (await takeIn(deps, { token }, upload)).id);
    return {
      received: whole.bytes,
      part: (await runThroughOf(deps.db, { id: rt.runId, rt: rt.id })).recordings.length,
    };
  }

  async function takeBytes(c: Context<AppEnv>, rt: RunThroughRow): Promise<Got> {
    const { part, offset = 0, last } = contract.chunkQuery.parse(c.req.query());
    if (part === undefined) return takeFile(c, rt, offset, last === 'true');
    return takePartChunk(deps, personOf(c).token, rt, { part, offset, last: last === 'true', body: c.req.raw.body });
  }

  async function takeJson(c: Context<AppEnv>, rt: RunThroughRow): Promise<Got> {
    const { token } = personOf(c);
    const body = contract.attachRecording.parse(await c.req.json().catch(() => undefined));
    const [first] = rt.recordings;
    if ('sample' in body && first !== undefined) return { received: first.bytes, part: 1 };
    await sealOpenPart(deps, token, rt);
    await attach(deps, token, rt.id, 'sourceId' in body ? body.sourceId : await sampleSource(deps, token, rt.runId));
    await dropRecording(folder, rt.id);
    const { recordings } = await runThroughOf(deps.db, { id: rt.runId, rt: rt.id });
    return { received: recordings.at(-1)?.bytes ?? 0, part: recordings.length };
  }

  async function answer(c: Context<AppEnv>, got: Got) {
    const { recording, recordings: parts } = runThroughView(
      await runThroughOf(deps.db, contract.runThroughParams.parse(c.req.param())),
    );
    return c.json({ ...got, parts, ...(recording && { recording }) }, 200);
  }

  return router()
    .openapi(
      route('get /api/runs/{id}/run-throughs/{rt}/recording', {
        summary: 'How much of the recording has come',
        request: { params: contract.runThroughParams },
        responses: { 200: answers(contract.recordingAnswer) },
      }),
      async (c) => {
        const rt = await runThroughOf(deps.db, c.req.valid('param'));
        const open = await openPart(deps, rt);
        const file = await received(folder, rt.id);
        return answer(c, { ...open, received: file > 0 ? file : open.received, fileReceived: file });
      },
    )
    .openapi(
      route(
        'post /api/runs/{id}/run-throughs/{rt}/recording',
        {
          summary: 'A chunk of the recording, or which source it is',
          description:
            'Bytes: query `offset`, `last=true` on the last chunk, and `part` where a browser records. JSON: `{sourceId}`, or on a sample run `{sample: true}`.',
          request: { params: contract.runThroughParams, query: contract.chunkQuery },
          responses: { 200: answers(contract.recordingAnswer) },
        },
        'stream',
      ),
      async (c) => {
        const before = mine(c, await runThroughOf(deps.db, c.req.valid('param')));
        const isJson = c.req.header('content-type')?.startsWith('application/json') === true;
        return answer(c, isJson ? await takeJson(c, before) : await takeBytes(c, before));
      },
    );
}
