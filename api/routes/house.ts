import { z } from 'zod';
import { functionsAreCurrent } from '../../db/migrate.js';
import { signingKeys } from '../../db/queries/record.js';
import { readiness, wellKnownKeys } from '../contract/house.js';
import type { Deps } from '../deps.js';
import { answers, route, router } from '../kit.js';
import { registry } from '../metrics.js';

/** Whether the server lives, is ready, and how it fares; and the keys with which its signatures are checked. */
export function houseRoutes(deps: Deps) {
  return router()
    .openapi(
      route('get /healthz', {
        summary: 'Whether the process lives',
        responses: { 200: answers(z.object({ ok: z.literal(true) })) },
      }),
      (c) => c.json({ ok: true } as const, 200),
    )
    .openapi(
      route('get /readyz', {
        summary: 'Whether requests can be served',
        description: 'Without Temporal approvals are still accepted, so that alone does not make it unready.',
        responses: { 200: answers(readiness), 503: answers(readiness, 'Not ready.') },
      }),
      async (c) => {
        const [database, temporal] = await Promise.all([
          functionsAreCurrent(deps.db.sql).catch(() => false),
          deps.engine.temporal().catch(() => false),
        ]);
        const worker = temporal && (await deps.engine.worker().catch(() => false));
        const body = { database, temporal, worker };
        return database ? c.json(body, 200) : c.json(body, 503);
      },
    )
    .openapi(
      route('get /metrics', {
        summary: 'Figures of this process for Prometheus',
        responses: { 200: { description: 'Text.' } },
      }),
      async (c) => c.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
    )
    .openapi(
      route('get /.well-known/countersign-keys.json', {
        summary: 'The public keys of this server’s signatures',
        responses: { 200: answers(wellKnownKeys) },
      }),
      async (c) => {
        const keys = await signingKeys(deps.db);
        return c.json(
          {
            keys: keys.map((key) => ({
              kid: key.keyId,
              kty: 'OKP' as const,
              crv: 'Ed25519' as const,
              x: key.publicKey,
              use: 'sig' as const,
              registeredAt: key.registeredAt,
              ...(key.retiredAt === undefined ? {} : { retiredAt: key.retiredAt }),
            })),
          },
          200,
        );
      },
    );
}
