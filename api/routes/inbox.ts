import { inbox } from '../../db/queries/inbox.js';
import { runsNeedingAttention } from '../../db/queries/run.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { inbox as inboxAnswer, inboxQuery } from '../contract/reviews.js';
import type { Deps } from '../deps.js';
import { answers, route, router } from '../kit.js';
import { runView } from '../run-view.js';

/** What waits for a person: open reviews, the one due first at the top, and runs that cannot go on by themselves. */
export function inboxRoutes({ db }: Deps) {
  return router().openapi(
    route('get /api/inbox', {
      summary: 'What waits for a person',
      request: { query: inboxQuery },
      responses: { 200: answers(inboxAnswer) },
    }),
    async (c) => {
      const { track, assignee, cursor } = c.req.valid('query');
      const caller = c.var.admitted;
      if (assignee === 'me' && caller.kind !== 'person')
        throw new Refusal('invalid_request', 'An API key is nobody: name a person.');
      const whose = assignee === 'me' && caller.kind === 'person' ? caller.id : assignee;
      const [page, attention] = await Promise.all([
        inbox(db, { track, assignee: whose, cursor }),
        cursor === undefined ? runsNeedingAttention(db) : [],
      ]);
      const wanted = attention.filter((run) => track === undefined || run.track === track);
      return c.json({ ...page, attention: wanted.map(runView) }, 200);
    },
  );
}
