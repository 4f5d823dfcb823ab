import { eraseSource } from '../../db/commands/sources.js';
import { removeFile } from '../../db/files.js';
import { source } from '../../db/queries/sources.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { done, idParam } from '../contract/common.js';
import { eraseSource as eraseBody, sourceAdded, sourceText, sourceWithReading } from '../contract/sources.js';
import type { Deps } from '../deps.js';
import { actorOf, incoming, takeIn } from '../intake.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { sourceView } from '../source-view.js';
import { nodeStream, receiveBytes, receiveFile, type Upload } from '../uploads.js';

const megabyte = 1024 * 1024;
/** The largest text of a source (10 MB) as JSON, where a character may be written with six. */
const jsonBytes = 64 * megabyte;

/** A JSON body of at most `jsonBytes`, whether or not its length was announced. */
async function jsonOf(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body === null ? [] : nodeStream(request.body)) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.length;
    if (bytes > jsonBytes) throw new Refusal('too_large', 'Send a text this large as a file.');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal('invalid_request', 'This request is not JSON.');
  }
}

async function received(data: string, request: Request): Promise<Upload> {
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data') && request.body !== null)
    return receiveFile(incoming(data), type, request.body);
  if (!type.startsWith('application/json'))
    throw new Refusal('unsupported_media', 'Send a file as multipart/form-data, or text as JSON.');
  const { kind, name, text } = sourceText.parse(await jsonOf(request));
  return receiveBytes(incoming(data), { kind, name, bytes: Buffer.from(text, 'utf8') });
}

/** What a person gives: transcripts, screenshots, recordings. */
export function sourceRoutes(deps: Deps) {
  const { db, data } = deps;
  return router()
    .openapi(
      route(
        'post /api/sources',
        {
          summary: 'Add a source',
          description:
            'Multipart with the field `kind` before `file`, or JSON `{kind, name, text}`. The type is sniffed, not believed.',
          responses: { 201: answers(sourceAdded) },
        },
        'stream',
      ),
      async (c) => {
        const actor = actorOf(c.var.admitted);
        return c.json(await takeIn(deps, actor, await received(data, c.req.raw)), 201);
      },
    )
    .openapi(
      route('get /api/sources/{id}', {
        summary: 'A source, with what was read from it',
        request: { params: idParam },
        responses: { 200: answers(sourceWithReading) },
      }),
      async (c) => {
        const found = await source(db, c.req.valid('param').id);
        if (found === undefined) throw new Refusal('not_found', 'There is no such source.');
        return c.json({ ...sourceView(found), reading: found.reading }, 200);
      },
    )
    .openapi(
      route('post /api/sources/{id}/erase', {
        summary: 'Erase a source; its place in the record stays',
        request: { params: idParam, body: json(eraseBody) },
        responses: { 200: answers(done) },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        const erased = await eraseSource(db, { token: personOf(c).token, id, reason });
        if (erased.lastOfItsBytes) await removeFile(data, erased.sha256);
        return c.json({ ok: true } as const, 200);
      },
    );
}
