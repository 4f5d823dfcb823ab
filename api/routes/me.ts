import { streamSSE } from 'hono/streaming';
import { setDeputy } from '../../db/commands/people.js';
import { readNotice } from '../../db/commands/notices.js';
import { member } from '../../db/queries/members.js';
import { noticesOf, unreadNotices } from '../../db/queries/notices.js';
import { personBySession } from '../../db/queries/person.js';
import { search } from '../../db/queries/search.js';
import { checklistOf } from '../checklist.js';
import { done, idParam } from '../contract/common.js';
import * as house from '../contract/house.js';
import { me, setDeputy as deputyBody } from '../contract/me.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { houseSettings } from '../../db/queries/settings.js';

const heartbeatMs = 20_000;

/** True where a browser would offer screen recording: over https, or on this machine. */
function recordingAllowed(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** What concerns the person asking: who they are, their notices, what changed, where things are. */
export function meRoutes(deps: Deps) {
  const { db } = deps;
  return router()
    .openapi(
      route('get /api/me', {
        summary: 'Who is signed in, and what this server offers',
        responses: { 200: answers(me) },
      }),
      async (c) => {
        const { id, name, email, role } = personOf(c);
        const [own, unread, settings, checklist] = await Promise.all([
          member(db, id),
          unreadNotices(db, id),
          houseSettings(deps),
          checklistOf(deps),
        ]);
        return c.json(
          {
            person: { id, name, email },
            role,
            ...(own?.deputy === undefined ? {} : { deputy: own.deputy }),
            ...(own?.awayUntil === undefined ? {} : { awayUntil: own.awayUntil }),
            organisation: settings.organisation,
            timeZone: settings.timeZone,
            setUp: checklist.complete,
            unreadNotices: unread,
            features: {
              drafter: deps.drafter,
              recordingAllowed: recordingAllowed(deps.publicUrl),
              singleKeys: settings.singleKeys,
            },
          },
          200,
        );
      },
    )
    .openapi(
      route('put /api/me/deputy', {
        summary: 'Who stands in while one is away',
        request: { body: json(deputyBody) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const { person, until } = c.req.valid('json');
        await setDeputy(db, { token: personOf(c).token, user: person, until: until === null ? null : new Date(until) });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('get /api/events', {
        summary: 'Server-sent events of type `change`: which run changed, never what',
        responses: { 200: { description: 'A stream.' } },
      }),
      (c) => {
        const { token } = personOf(c);
        return streamSSE(c, async (stream) => {
          const stop = deps.changes.subscribe((change) => {
            void stream.writeSSE({ event: 'change', data: JSON.stringify(change) });
          });
          stream.onAbort(stop);
          try {
            // The stream ends with the session: a member who was let go hears nothing more.
            while (!stream.aborted && (await personBySession(db, token)) !== undefined) {
              await stream.write(': still here\n\n');
              await stream.sleep(heartbeatMs);
            }
          } finally {
            stop();
          }
        });
      },
    )
    .openapi(
      route('get /api/notices', {
        summary: 'One’s notices, newest first',
        request: { query: house.noticesQuery },
        responses: { 200: answers(house.noticeList) },
      }),
      async (c) => c.json(await noticesOf(db, { user: personOf(c).id, cursor: c.req.valid('query').cursor }), 200),
    )
    .openapi(
      route('post /api/notices/{id}/read', {
        summary: 'Mark a notice read',
        request: { params: idParam },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await readNotice(db, { token: personOf(c).token, id: c.req.valid('param').id });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('get /api/checklist', { summary: 'The first ten minutes', responses: { 200: answers(house.checklist) } }),
      async (c) => c.json(await checklistOf(deps), 200),
    )
    .openapi(
      route('get /api/search', {
        summary: 'Runs, published pages and people by name',
        request: { query: house.searchQuery },
        responses: { 200: answers(house.searchAnswer) },
      }),
      async (c) => c.json({ hits: await search(db, c.req.valid('query').q) }, 200),
    );
}
