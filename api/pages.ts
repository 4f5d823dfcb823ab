import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv } from './kit.js';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

async function send(c: Context<AppEnv>, file: string, caching: string): Promise<Response> {
  const headers = { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': caching };
  return c.body(new Uint8Array(await readFile(file)), 200, headers);
}

/** The path as a file would be called; undefined where it is no path. */
function decoded(path: string): string | undefined {
  try {
    const name = decodeURIComponent(path);
    return name.includes('\0') ? undefined : name;
  } catch {
    return undefined;
  }
}

/**
 * The built pages. Files under assets/ have their hash in the name and are kept for a year; an address without an
 * ending is a page of the app, so it gets index.html.
 */
export function pages(folder: string): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { path } = c.req;
    if ((c.req.method !== 'GET' && c.req.method !== 'HEAD') || path.startsWith('/api/')) return next();
    const name = decoded(path);
    if (name === undefined) return next();
    const file = normalize(join(folder, name));
    const inside = file.startsWith(folder + sep);
    if (inside && (await stat(file).catch(() => undefined))?.isFile() === true)
      return send(c, file, path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (extname(path) !== '') return next();
    return send(c, join(folder, 'index.html'), 'no-cache');
  };
}
