import { startRun } from '../../db/commands/start-run.js';
import { newId } from '../../db/ids.js';
import { draft } from '../../db/queries/drafts.js';
import { runDetail, runs } from '../../db/queries/run.js';
import { sourcesById } from '../../db/queries/sources.js';
import { valueDigest } from '../../workflows/domain/canonical.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { weekBounds } from '../../workflows/domain/iso-week.js';
import { slugOf } from '../../workflows/domain/slug.js';
import { runStates, type RunState } from '../../workflows/domain/states.js';
import { tracks } from '../../workflows/domain/tracks.js';
import { idParam } from '../contract/common.js';
import { draftEdited, draftParams, draftPayload, draftVersion, editDraft as editBody } from '../contract/drafts.js';
import * as contract from '../contract/runs.js';
import type { Deps } from '../deps.js';
import { checkDrafter } from '../drafters.js';
import { editDraft } from '../drafts.js';
import { actorOf } from '../intake.js';
import { checkLetterStart } from '../letter-start.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { runView } from '../run-view.js';
import { houseSettings } from '../../db/queries/settings.js';
import { sourceView } from '../source-view.js';
import { checkSupersedes } from '../supersedes.js';

function statesOf(text: string | undefined): RunState[] | undefined {
  if (text === undefined || text === '') return undefined;
  return text.split(',').map((name) => {
    const state = runStates.find((one) => one === name);
    if (state === undefined) throw new Refusal('invalid_request', `There is no state “${name}”.`);
    return state;
  });
}

/** A title for a run that was given none: the first source's name without its ending. */
async function titleOf(deps: Deps, body: { track: keyof typeof tracks; sources: readonly string[] }): Promise<string> {
  const found = new Map((await sourcesById(deps.db, body.sources)).map((one) => [one.id, one]));
  const given = body.sources.flatMap((id) => found.get(id) ?? []);
  const { needsSourceKind: wanted, noun }: { needsSourceKind?: string; noun: string } = tracks[body.track];
  const named = given.find((one) => one.kind === wanted) ?? given[0];
  const title =
    named?.name
      .replace(/\.[^.]{1,5}$/, '')
      .replace(/[_-]+/g, ' ')
      .trim() ?? '';
  return title === '' ? `Untitled ${noun}` : title.charAt(0).toUpperCase() + title.slice(1);
}

/** Starting, listing and reading runs, and a person's edits of a draft. */
export function runRoutes(deps: Deps) {
  const { db } = deps;
  return router()
    .openapi(
      route('post /api/runs', {
        summary: 'Start a run; the same key and body again is the same run',
        request: { headers: contract.idempotencyHeader, body: json(contract.startRun) },
        responses: { 202: answers(contract.runStarted) },
      }),
      async (c) => {
        const key = c.req.valid('header')['idempotency-key'];
        if (key === undefined)
          throw new Refusal(
            'idempotency_key_required',
            'Send an Idempotency-Key, so that a repeated request is one run.',
          );
        const body = c.req.valid('json');
        checkDrafter(deps, body.drafter);
        await checkSupersedes(db, body);
        const letter = body.track === 'notice-letter' ? await checkLetterStart(deps, body) : undefined;
        const title = body.title ?? letter?.title ?? (await titleOf(deps, body));
        const started = await startRun(db, {
          actor: actorOf(c.var.admitted),
          run: {
            id: newId(),
            track: body.track,
            title,
            slug: slugOf(title),
            input: contract.runInput.parse(body.input),
            ...(body.drafter === undefined ? {} : { drafter: body.drafter }),
            ...(letter?.sample === true && { sample: true }),
          },
          sourceIds: [...new Set(body.sources)],
          idempotencyKey: key,
          bodySha256: valueDigest(body),
        });
        deps.relay.wake();
        return c.json({ id: started.id, state: started.state }, 202);
      },
    )
    .openapi(
      route('get /api/runs', {
        summary: 'Runs, newest first',
        request: { query: contract.runsQuery },
        responses: { 200: answers(contract.runList) },
      }),
      async (c) => {
        const { track, state, week, cursor } = c.req.valid('query');
        const bounds = week === undefined ? undefined : weekBounds(week, (await houseSettings(deps)).timeZone);
        if (week !== undefined && bounds === undefined)
          throw new Refusal('invalid_request', `There is no week ${week}.`);
        const found = await runs(db, { track, states: statesOf(state), ...bounds, cursor });
        return c.json({ ...found, runs: found.runs.map(runView) }, 200);
      },
    )
    .openapi(
      route('get /api/runs/{id}', {
        summary: 'A run with all that belongs to it',
        request: { params: idParam },
        responses: { 200: answers(contract.runDetail) },
      }),
      async (c) => {
        const found = await runDetail(db, c.req.valid('param').id);
        if (found === undefined) throw new Refusal('not_found', 'There is no such run.');
        const { sources, input: _input, nextVersion: _next, ...rest } = found;
        return c.json({ ...runView(rest), sources: sources.map(sourceView) }, 200);
      },
    )
    .openapi(
      route('get /api/runs/{id}/drafts/{version}', {
        summary: 'One version of the draft',
        request: { params: draftParams },
        responses: { 200: answers(draftVersion) },
      }),
      async (c) => {
        const { id, version } = c.req.valid('param');
        const found = await draft(db, id, version);
        if (found === undefined) throw new Refusal('not_found', 'There is no such version.');
        const { payload, subjectDigest: _digest, ...rest } = found;
        return c.json({ ...rest, runId: id, draft: draftPayload.parse(JSON.parse(payload)) }, 200);
      },
    )
    .openapi(
      route('patch /api/runs/{id}/draft', {
        summary: 'Edit the draft: a new version on the one that was seen',
        request: { params: idParam, body: json(editBody) },
        responses: { 200: answers(draftEdited) },
      }),
      async (c) => {
        const { token } = personOf(c);
        const edited = await editDraft(deps, { token, run: c.req.valid('param').id, ...c.req.valid('json') });
        deps.relay.wake();
        return c.json(edited, 200);
      },
    );
}
