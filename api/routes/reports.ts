import { tellAbout } from '../../activities/notices/tell.js';
import { reportProblem } from '../../db/commands/report.js';
import { draft } from '../../db/queries/drafts.js';
import { publicationDetail } from '../../db/queries/publications.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { sopSchema } from '../../workflows/domain/sop-drafting/schema.js';
import { idParam } from '../contract/common.js';
import * as contract from '../contract/published.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router } from '../kit.js';

const notHere = () => new Refusal('not_found', 'There is no such published page.');

/** What readers of a published page say is wrong with it. */
export function reportRoutes({ db, relay }: Deps) {
  /** “Step 3: ” before the words, by the number that the reader saw. */
  const placed = async (run: string, version: number, step: string | undefined, words: string) => {
    if (step === undefined) return words;
    const payload = (await draft(db, run, version))?.payload;
    const at = sopSchema.parse(JSON.parse(payload ?? 'null')).steps.findIndex((one) => one.id === step);
    if (at < 0) throw new Refusal('invalid_request', 'This version has no such step.');
    return `Step ${at + 1}: ${words}`;
  };
  return router().openapi(
    route('post /api/published/{id}/reports', {
      summary: 'Report a problem with something published; opens its repair where the person may',
      request: { params: idParam, body: json(contract.reportProblem) },
      responses: { 200: answers(contract.problemReported) },
    }),
    async (c) => {
      const person = personOf(c);
      const { id } = c.req.valid('param');
      const { report, words, step } = c.req.valid('json');
      const found = await publicationDetail(db, id);
      if (found?.state !== 'published') throw notHere();
      const { run, opened, repeated, state } = await reportProblem(db, {
        ...{ token: person.token, publication: id, report, about: step ?? null },
        words: await placed(found.runId, found.draftVersion, step, words),
      });
      if (opened) relay.wake();
      else if (!repeated)
        await tellAbout({ db }, run, 'problem-reported', `reported:${report}`, {
          reportedBy: person.name,
          publicationId: id,
        });
      return c.json({ run, opened, state }, 200);
    },
  );
}
