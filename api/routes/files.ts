import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { z } from 'zod';
import { open, sizeOf } from '../../db/files.js';
import { fileIsKnown } from '../../db/queries/sources.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { digest } from '../contract/common.js';
import type { Deps } from '../deps.js';
import { route, router, type AppEnv } from '../kit.js';

/** Shown in place; everything else is saved. */
const shown = /^(image\/(png|jpeg|webp|gif)|video\/(webm|mp4|quicktime|x-matroska|matroska|x-m4v))$/;

const notHere = () => new Refusal('not_found', 'There is no such file.');

type Part = { start: number; end: number };

/** The one range that a player asks for; undefined where the whole file is meant. */
function rangeOf(header: string | undefined, size: number): Part | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]));
  return start <= end && start < size ? { start, end } : undefined;
}

function headersOf(sha256: string, mediaType: string): Record<string, string> {
  return {
    'content-type': shown.test(mediaType) ? mediaType : 'application/octet-stream',
    'content-disposition': shown.test(mediaType) ? 'inline' : `attachment; filename="${sha256.slice(0, 12)}"`,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    // Asked again each time: an erased source is gone at once.
    'cache-control': 'private, no-cache',
    etag: `"${sha256}"`,
    'accept-ranges': 'bytes',
  };
}

async function serve(c: Context<AppEnv>, data: string, sha256: string, mediaType: string): Promise<Response> {
  const size = await sizeOf(data, sha256);
  if (size === undefined) throw notHere();
  const headers = headersOf(sha256, mediaType);
  if (c.req.header('if-none-match') === headers['etag']) return c.body(null, 304, headers);
  const part = rangeOf(c.req.header('range'), size);
  const length = part === undefined ? size : part.end - part.start + 1;
  headers['content-length'] = String(length);
  if (part !== undefined) headers['content-range'] = `bytes ${part.start}-${part.end}/${size}`;
  const status = part === undefined ? 200 : 206;
  if (c.req.method === 'HEAD' || size === 0) return c.body(null, status, headers);
  return c.body(webStream(open(data, sha256, part)), status, headers);
}

/** The same stream for the web. The cast holds because Node's and the DOM's types describe one and the same class. */
function webStream(stream: Readable): ReadableStream {
  return Readable.toWeb(stream) as ReadableStream;
}

/** Bytes of sources, by fingerprint: pictures and recordings to look at, the rest to save. */
export function fileRoutes({ db, data }: Deps) {
  return router().openapi(
    route('get /api/files/{sha256}', {
      summary: 'The bytes of a source that was not erased',
      request: { params: z.object({ sha256: digest }) },
      responses: { 200: { description: 'The bytes.' }, 206: { description: 'A part of them.' } },
    }),
    async (c) => {
      const { sha256 } = c.req.valid('param');
      const known = await fileIsKnown(db, sha256);
      if (known === undefined) throw notHere();
      return serve(c, data, sha256, known.mediaType);
    },
  );
}
