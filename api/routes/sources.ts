import { eraseSource } from '../../db/commands/sources.js';
import { removeFile } from '../../db/files.js';
import { source } from '../../db/queries/sources.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { maxArchiveBytes, maxSourceBytes, sourceKinds } from '../../workflows/domain/sources.js';
import { takeApart } from '../archives.js';
import { done, idParam } from '../contract/common.js';
import { eraseSource as eraseBody, sourceAdded, sourceText, sourceWithReading, unpacked } from '../contract/sources.js';
import type { Deps } from '../deps.js';
import { actorOf, incoming, takeIn } from '../intake.js';
import { answers, json, personOf, route, router } from '../kit.js';
import { sourceView } from '../source-view.js';
import { nodeStream, receiveArchive, receiveBytes, receiveFile, type Upload } from '../uploads.js';

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

const aboutSources = `Multipart with the field \`kind\` (${sourceKinds.join(', ')}) before the field \`file\`, or JSON \`{kind, name, text}\`. What a file is, is told from its bytes; its name is not believed.

A document is a PDF, a Word file (.docx) or plain text of at most ${maxSourceBytes.document / megabyte} MB. Forty can be sent at once: a few are read at a time, and the others wait for their turn. What cannot be read is refused with \`unreadable_source\` and a sentence that says what to do, and no other file is touched. Give the \`id\` to \`POST /api/runs\`: the contract first, then what amends it, in order.`;

const aboutArchives = `Multipart with one ZIP of at most ${maxArchiveBytes / megabyte} MB in the field \`file\`. Answers with one entry for each file of the ZIP, in its order: \`{name, source}\`, or \`{name, refused}\` with a sentence that says why and what to do. One bad file stops no other. Folders in the ZIP are left out, and names are for people to read: nothing is stored under them. Starts no run.`;

async function received(data: string, request: Request): Promise<Upload> {
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/form-data') && request.body !== null)
    return receiveFile(incoming(data), type, request.body);
  if (!type.startsWith('application/json'))
    throw new Refusal('unsupported_media', 'Send a file as multipart/form-data, or text as JSON.');
  const { kind, name, text } = sourceText.parse(await jsonOf(request));
  return receiveBytes(incoming(data), { kind, name, bytes: Buffer.from(text, 'utf8') });
}

async function receivedArchive(data: string, request: Request) {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data') || request.body === null)
    throw new Refusal('unsupported_media', 'Send the ZIP as multipart/form-data, in the field file.');
  return receiveArchive(incoming(data), type, request.body);
}

/** What a person gives: transcripts, screenshots, recordings, documents. */
export function sourceRoutes(deps: Deps) {
  const { db, data } = deps;
  return router()
    .openapi(
      route(
        'post /api/sources',
        {
          summary: 'Add a source',
          description: aboutSources,
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
      route(
        'post /api/archives',
        {
          summary: 'Add every document of a ZIP as a source',
          description: aboutArchives,
          responses: { 201: answers(unpacked) },
        },
        'stream',
      ),
      async (c) => {
        const actor = actorOf(c.var.admitted);
        const archive = await receivedArchive(data, c.req.raw);
        return c.json({ entries: await takeApart(deps, actor, archive) }, 201);
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
