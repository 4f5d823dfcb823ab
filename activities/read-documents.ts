import { Context } from '@temporalio/activity';
import { putRecognised } from '../db/commands/sources.js';
import { filePath } from '../db/files.js';
import { materialOf, type MaterialRow } from '../db/queries/sources.js';
import type { ReadDocument } from '../workflows/domain/document.js';
import type { GateDeps } from './deps.js';
import { isId } from './gate.js';
import { recognisePages } from './readers/recognise.js';
import { mergeRecognised } from './readers/recognised.js';

const heartbeatMs = 2_000;
/** A page takes about five seconds on an idle machine; a busy one is waited for. */
const msPerPage = 30_000;

async function recognise(deps: GateDeps, source: MaterialRow, document: ReadDocument, pages: number[]): Promise<void> {
  const read = await recognisePages(
    { path: filePath(deps.data, source.sha256), pages },
    {},
    { timeoutMs: msPerPage * (pages.length + 1) },
  );
  if (read.trouble !== null) deps.log.warn({ source: source.id }, read.trouble);
  if (read.pages.length === 0) return;
  const reading = { kind: 'document', document: mergeRecognised(document, read.pages) } as const;
  await putRecognised(deps.db, { source: source.id, reading });
}

/**
 * Reads what the upload left as pictures: pages without words of their own are recognised by machine, once and before
 * anything is drafted from them. A page that cannot be recognised here stays a picture, and the page says so.
 */
export async function readDocuments(deps: GateDeps, run: string): Promise<void> {
  if (!isId(run)) return;
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), heartbeatMs);
  try {
    for (const source of await materialOf(deps.db, run)) {
      if (source.kind !== 'document' || source.reading.kind !== 'document') continue;
      const { document } = source.reading;
      const pages = document.pages.flatMap((page, at) => (page.words === 'image' ? [at + 1] : []));
      if (pages.length > 0 && !document.pages.some((page) => page.words === 'recognised'))
        await recognise(deps, source, document, pages);
    }
  } finally {
    clearInterval(beat);
  }
}
