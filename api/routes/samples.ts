import { sampleList, startSample as sampleBody } from '../contract/house.js';
import { runStarted } from '../contract/runs.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { listSamples, startSample } from '../samples.js';

/** Made-up work for the first ten minutes. */
export function sampleRoutes(deps: Deps) {
  return router()
    .openapi(route('get /api/samples', { summary: 'The samples', responses: { 200: answers(sampleList) } }), (c) =>
      c.json({ samples: listSamples() }, 200),
    )
    .openapi(
      route('post /api/samples', {
        summary: 'Start a sample',
        request: { body: json(sampleBody) },
        responses: { 202: answers(runStarted) },
      }),
      async (c) => {
        const { id, state } = await startSample(deps, personOf(c).token, c.req.valid('json').key);
        deps.relay.wake();
        return c.json({ id, state }, 202);
      },
    );
}
