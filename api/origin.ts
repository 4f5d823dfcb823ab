import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../workflows/domain/errors.js';
import type { AppEnv } from './kit.js';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/**
 * Every unsafe request with a session says where it comes from: this server's public address, or the very host that it
 * asks. Form content types are not the point (Hono's csrf middleware looks at those only). An API key is no cookie: no
 * page can make a browser send it, so requests with one are exempt, and their cookies are not looked at.
 */
export function checkOrigin(publicUrl: string): MiddlewareHandler<AppEnv> {
  const own = new URL(publicUrl).origin;
  return async (c, next) => {
    if (safe.has(c.req.method) || c.req.header('authorization')?.startsWith('Bearer ') === true) return next();
    const origin = c.req.header('origin');
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (origin === own || (origin !== undefined && hostOf(origin) === host)) return next();
    throw new Refusal('origin_refused', 'This came from another site. Open Countersign itself and try again.');
  };
}
