import { apiKeys, keyById } from '../../db/queries/keys.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { permissionsOf } from '../auth.js';
import { done, idParam } from '../contract/common.js';
import { keyList, keyMade, makeKey } from '../contract/people.js';
import type { Deps } from '../deps.js';
import { answers, json, personOf, route, router } from '../kit.js';

/** API keys: they read and start work, and cannot decide, edit or confirm anything. */
export function keyRoutes({ db, auth }: Deps) {
  return router()
    .openapi(route('get /api/keys', { summary: 'API keys', responses: { 200: answers(keyList) } }), async (c) =>
      c.json({ keys: await apiKeys(db) }, 200),
    )
    .openapi(
      route('post /api/keys', {
        summary: 'Make an API key; it is shown once',
        request: { body: json(makeKey) },
        responses: { 201: answers(keyMade) },
      }),
      async (c) => {
        const { name, scopes, expiresInDays } = c.req.valid('json');
        const made = await auth.api.createApiKey({
          body: {
            name,
            userId: personOf(c).id,
            permissions: permissionsOf(scopes),
            ...(expiresInDays === undefined ? {} : { expiresIn: expiresInDays * 24 * 60 * 60 }),
          },
        });
        return c.json({ id: made.id, key: made.key }, 201);
      },
    )
    .openapi(
      route('post /api/keys/{id}/revoke', {
        summary: 'Make an API key worth nothing',
        request: { params: idParam },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const found = await keyById(db, id);
        if (found === undefined) throw new Refusal('not_found', 'There is no such key.');
        await auth.api.updateApiKey({ body: { keyId: id, userId: found.madeBy.id, enabled: false } });
        return c.json({ ok: true } as const, 200);
      },
    );
}
