import { addEarlierSop, removeEarlierSop } from '../../db/commands/earlier-sops.js';
import { sopFigureMaterial } from '../../db/queries/sop-figures.js';
import { activeMs } from '../../workflows/domain/active-time.js';
import { keptFigures, median } from '../../workflows/domain/sop-drafting/figures.js';
import { done, idParam } from '../contract/common.js';
import * as contract from '../contract/figures.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router } from '../kit.js';

const minutes = (ms: number): number => Math.max(1, Math.round(ms / 60_000));

function figure(values: readonly number[]) {
  const middle = median(values);
  return { n: values.length, ...(middle === undefined ? {} : { medianMinutes: middle }) };
}

/** How long SOPs take here, beside earlier ones with stated times, and how much of a draft stays. */
export function figureRoutes({ db }: Deps) {
  return router()
    .openapi(
      route('get /api/sop-figures', {
        summary: 'How long SOPs take, and how much of a draft is kept',
        responses: { 200: answers(contract.sopFigures) },
      }),
      async (c) => {
        const found = await sopFigureMaterial(db);
        const made = found.made.map(({ acts, from, ...one }) => ({
          ...one,
          elapsedMinutes: minutes(Date.parse(one.publishedAt) - Date.parse(from)),
          activeMinutes: minutes(activeMs([from, ...acts])),
        }));
        const { earlier } = found;
        const stated = earlier.flatMap(({ activeMinutes }) => (activeMinutes === undefined ? [] : [activeMinutes]));
        return c.json(
          {
            ...{ made, earlier, kept: keptFigures(found.kept) },
            elapsed: {
              made: figure(made.map((one) => one.elapsedMinutes)),
              earlier: figure(earlier.map((one) => one.elapsedMinutes)),
            },
            active: { made: figure(made.map((one) => one.activeMinutes)), earlier: figure(stated) },
          },
          200,
        );
      },
    )
    .openapi(
      route('post /api/earlier-sops', {
        summary: 'Enter an SOP from before with stated times',
        request: { body: json(contract.earlierSop) },
        responses: { 200: answers(contract.earlierSopAdded) },
      }),
      async (c) => {
        const { activeMinutes, ...entry } = c.req.valid('json');
        const made = { token: personOf(c).token, ...entry, activeMinutes: activeMinutes ?? null };
        return c.json(await addEarlierSop(db, made), 200);
      },
    )
    .openapi(
      route('post /api/earlier-sops/{id}/remove', {
        summary: 'Take an earlier SOP out of the figures',
        request: { params: idParam },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await removeEarlierSop(db, { token: personOf(c).token, id: c.req.valid('param').id });
        return c.json({ ok: true as const }, 200);
      },
    );
}
