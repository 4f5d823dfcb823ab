import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './kit.js';

/** No inline script anywhere; styles may be inline (React's style and the diff's colours), which cannot run anything. */
const contentPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer. A route that has said something narrower keeps it. */
export function secureHeaders(publicUrl: string): MiddlewareHandler<AppEnv> {
  const secure = publicUrl.startsWith('https:');
  const fixed: [string, string][] = [
    ['content-security-policy', contentPolicy],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=(self), display-capture=(self)'],
    ...(secure ? [['strict-transport-security', 'max-age=31536000'] satisfies [string, string]] : []),
  ];
  return async (c, next) => {
    await next();
    for (const [name, value] of fixed) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    if (c.req.path.startsWith('/api/') && !c.res.headers.has('cache-control'))
      c.res.headers.set('cache-control', 'no-store');
    c.res.headers.set('x-request-id', c.var.requestId);
  };
}
