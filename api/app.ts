import { randomUUID } from 'node:crypto';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../workflows/domain/errors.js';
import { routeKeys } from './authorisation.js';
import { callerOf } from './caller.js';
import type { Deps } from './deps.js';
import { onError } from './errors.js';
import { secureHeaders } from './headers.js';
import { router, type AppEnv, type Caller } from './kit.js';
import { countRequests } from './metrics.js';
import { checkOrigin } from './origin.js';
import { peerOf } from './peer.js';
import { calendarRoutes } from './routes/calendar.js';
import { figureRoutes } from './routes/figures.js';
import { fileRoutes } from './routes/files.js';
import { houseRoutes } from './routes/house.js';
import { inboxRoutes } from './routes/inbox.js';
import { keyRoutes } from './routes/keys.js';
import { meRoutes } from './routes/me.js';
import { memberRoutes } from './routes/members.js';
import { openApiRoutes } from './routes/openapi.js';
import { publishedRoutes } from './routes/published.js';
import { recordingRoutes } from './routes/recordings.js';
import { registerRoutes } from './routes/register.js';
import { reportRoutes } from './routes/reports.js';
import { pageRoutes } from './routes/pages.js';
import { reviewRoutes } from './routes/reviews.js';
import { runActRoutes } from './routes/run-acts.js';
import { runRoutes } from './routes/runs.js';
import { runThroughRoutes } from './routes/run-throughs.js';
import { sampleRoutes } from './routes/samples.js';
import { settingRoutes } from './routes/settings.js';
import { setUpRoutes } from './routes/set-up.js';
import { signInRoutes } from './routes/sign-in.js';
import { sourceRoutes } from './routes/sources.js';
import { timelineRoutes } from './routes/timeline.js';

/** What every request carries: an id, the log, who asks (looked up when first asked for). */
function carry(deps: Deps): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const given = c.req.header('x-request-id');
    const requestId = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    let caller: Promise<Caller> | undefined;
    c.set('requestId', requestId);
    c.set('log', deps.log);
    const { peer, local } = peerOf(c);
    c.set('peer', peer);
    c.set('local', local);
    c.set('caller', () => (caller ??= callerOf(c, deps.auth, deps.db)));
    await next();
  };
}

/** Refuses to start where a path is served that the table does not name, or the other way round. */
export function assertTable(app: OpenAPIHono<AppEnv>): void {
  const served = new Set(
    app.routes
      .filter((route) => route.method !== 'ALL')
      .map((route) => `${route.method.toLowerCase()} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`),
  );
  const table = new Set<string>(routeKeys);
  const unknown = [...served].filter((key) => !table.has(key));
  const missing = routeKeys.filter((key) => !served.has(key));
  if (unknown.length > 0) throw new Error(`Served but not in api/authorisation.ts: ${unknown.join(', ')}`);
  if (missing.length > 0) throw new Error(`In api/authorisation.ts but not served: ${missing.join(', ')}`);
}

/** The whole api over its dependencies; `pages` serves the built pages below everything else. */
export function createApp(deps: Deps, pages?: MiddlewareHandler<AppEnv>) {
  const app = router();
  app.use('*', carry(deps));
  app.use('*', secureHeaders(deps.publicUrl));
  app.use('*', countRequests());
  app.use('*', checkOrigin(deps.publicUrl));
  app.onError(onError);
  app.notFound(() => {
    throw new Refusal('not_found', 'There is nothing at this address.');
  });
  const served = app
    .route('/', houseRoutes(deps))
    .route('/', signInRoutes(deps))
    .route('/', setUpRoutes(deps))
    .route('/', meRoutes(deps))
    .route('/', sourceRoutes(deps))
    .route('/', fileRoutes(deps))
    .route('/', runRoutes(deps))
    .route('/', runActRoutes(deps))
    .route('/', runThroughRoutes(deps))
    .route('/', recordingRoutes(deps))
    .route('/', sampleRoutes(deps))
    .route('/', inboxRoutes(deps))
    .route('/', reviewRoutes(deps))
    .route('/', pageRoutes(deps))
    .route('/', publishedRoutes(deps))
    .route('/', reportRoutes(deps))
    .route('/', figureRoutes(deps))
    .route('/', registerRoutes(deps))
    .route('/', calendarRoutes(deps))
    .route('/', timelineRoutes(deps))
    .route('/', memberRoutes(deps))
    .route('/', keyRoutes(deps))
    .route('/', settingRoutes(deps))
    .route(
      '/',
      openApiRoutes(() => app, deps),
    );
  assertTable(served);
  if (pages !== undefined) app.use('*', pages);
  return served;
}

/** For a typed client: `hc<AppType>`. */
export type AppType = ReturnType<typeof createApp>;
