import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Refusal } from '../../workflows/domain/errors.js';
import { access, isRouteKey, type Access } from '../authorisation.js';
import { errorBody } from '../contract/common.js';
import type { Deps } from '../deps.js';
import { answers, route, router, type AppEnv } from '../kit.js';

type Operation = { responses?: Record<string, unknown>; security?: unknown; description?: string };

function words(rule: Access): string {
  if ('public' in rule) return 'Anybody.';
  const key = rule.key === undefined ? '' : `, or an API key with the scope \`${rule.key}\``;
  return `Who may: a signed-in ${rule.session} or above${key}.`;
}

/** Adds to each operation who may use it and the one error shape; both come from where they are enforced. */
function complete(document: { paths?: object }): Record<string, unknown> {
  const error = { description: 'A refusal.', content: { 'application/json': { schema: z.toJSONSchema(errorBody) } } };
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries<Operation>(item)) {
      const key = `${method} ${path}`;
      if (!isRouteKey(key)) continue;
      const rule: Access = access[key];
      operation.description = [operation.description, words(rule)].filter(Boolean).join('\n\n');
      operation.security = 'public' in rule ? [] : [{ session: [] }, ...(rule.key === undefined ? [] : [{ key: [] }])];
      operation.responses = { ...operation.responses, default: error };
    }
  return { ...document };
}

const docsPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Countersign: the API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</html>
`;
const startScript =
  "window.ui = SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });\n";
const assets: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** The OpenAPI document, and a page to read it that needs no network. */
export function openApiRoutes(app: () => OpenAPIHono<AppEnv>, deps: Deps) {
  let document: Record<string, unknown> | undefined;
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const make = () =>
    complete(
      app().getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Countersign',
          version: deps.version,
          description: 'AI drafts, a person countersigns. No API key can decide.',
        },
        servers: [{ url: deps.publicUrl }],
      }),
    );
  return router()
    .openapi(
      route('get /api/openapi.json', {
        summary: 'This document',
        responses: { 200: answers(z.record(z.string(), z.unknown())) },
      }),
      (c) => c.json((document ??= make()), 200),
    )
    .openapi(
      route('get /api/docs', { summary: 'A page to read it', responses: { 200: { description: 'A page.' } } }),
      (c) => c.html(docsPage),
    )
    .openapi(
      route('get /api/docs/{file}', {
        summary: 'Parts of that page',
        request: { params: z.object({ file: z.string().max(60) }) },
        responses: { 200: { description: 'A file.' } },
      }),
      async (c) => {
        const { file } = c.req.valid('param');
        if (file === 'start.js') return c.body(startScript, 200, { 'content-type': 'text/javascript; charset=utf-8' });
        const type = Object.hasOwn(assets, file) ? assets[file] : undefined;
        if (type === undefined) throw new Refusal('not_found', 'There is nothing at this address.');
        const bytes = await readFile(join(folder, file));
        return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': 'public, max-age=86400' });
      },
    );
}
