import { makeCalendarLink, revokeCalendarLink } from '../../db/commands/register.js';
import { newId } from '../../db/ids.js';
import { calendarLinkOf, calendarLinkWorks } from '../../db/queries/register.js';
import { houseSettings } from '../../db/queries/settings.js';
import { calendarOf, type CalendarEntry } from '../../workflows/domain/contract-summary/calendar.js';
import { done } from '../contract/common.js';
import * as contract from '../contract/register.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { newToken, tokenHash } from '../owner.js';
import { createFeedLimit } from '../rate-limit.js';
import { entriesNow, pageUrl, type Entry } from '../register.js';

const named = /^([A-Za-z0-9_-]{43})\.ics$/;

/** The same for a link that never was, was revoked, or belongs to somebody who was let go. */
const nothingHere = 'There is no calendar at this address.\n';
const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'private, no-store' };
const calendar = { ...plain, 'content-type': 'text/calendar; charset=utf-8' };

function daysOf({ standing, ...entry }: Entry, publicUrl: string): CalendarEntry[] {
  const { runId, draftVersion, publishedAt, vendor, title, publicationId } = entry;
  const url = new URL(pageUrl(publicationId), publicUrl).href;
  const next = standing.state === 'past' && standing.next !== null ? [standing.next] : [];
  const acts = 'act' in standing ? [standing.act, ...next] : [];
  return acts.map((act) => ({ ...{ runId, draftVersion, publishedAt, vendor, title, url }, act }));
}

/** The last safe days as a calendar feed, opened by a secret link of one's own, and nothing but that. */
export function calendarRoutes(deps: Deps) {
  const { db, publicUrl } = deps;
  const limit = createFeedLimit();
  return router()
    .openapi(
      route('get /api/me/calendar-link', {
        summary: 'Whether one has a calendar link',
        responses: { 200: answers(contract.calendarLink) },
      }),
      async (c) => c.json({ madeAt: (await calendarLinkOf(db, personOf(c).id))?.madeAt ?? null }, 200),
    )
    .openapi(
      route('post /api/me/calendar-link', {
        summary: 'Make a calendar link; it is shown once, and one made before stops working',
        request: { body: json(contract.makeCalendarLink) },
        responses: { 201: answers(contract.calendarLinkMade) },
      }),
      async (c) => {
        const secret = newToken();
        await makeCalendarLink(db, { token: personOf(c).token, id: newId(), tokenDigest: tokenHash(secret) });
        const madeAt = (await calendarLinkOf(db, personOf(c).id))?.madeAt ?? new Date().toISOString();
        return c.json({ link: new URL(`/calendar/${secret}.ics`, publicUrl).href, madeAt }, 201);
      },
    )
    .openapi(
      route('post /api/me/calendar-link/revoke', {
        summary: 'Make one’s calendar link worth nothing',
        request: { body: json(contract.makeCalendarLink) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        await revokeCalendarLink(db, { token: personOf(c).token });
        return c.json({ ok: true } as const, 200);
      },
    )
    .openapi(
      route('get /calendar/{file}', {
        summary: 'The last safe days of all contracts as iCalendar, by a secret link',
        request: { params: contract.calendarFile },
        responses: {
          200: { description: 'iCalendar, as RFC 5545 has it.' },
          404: { description: 'No link, a revoked one, or one of somebody who was let go.' },
        },
      }),
      async (c) => {
        const [, secret] = named.exec(c.req.valid('param').file) ?? [];
        const opened = await limit.attempt(
          c,
          async () => secret !== undefined && (await calendarLinkWorks(db, tokenHash(secret))),
        );
        if (!opened) return c.body(nothingHere, 404, plain);
        const [{ entries }, { organisation }] = await Promise.all([entriesNow(deps), houseSettings(deps)]);
        const name = organisation === '' ? 'Contracts' : `Contracts of ${organisation}`;
        return c.body(
          calendarOf(
            entries.flatMap((entry) => daysOf(entry, publicUrl)),
            name,
          ),
          200,
          calendar,
        );
      },
    );
}
