import { createHash, randomBytes } from 'node:crypto';
import { servePage } from '../db/commands/reviews.js';
import { documentOf, documentsOfReview } from '../db/queries/sources.js';
import { extractContract } from '../workflows/domain/contract-summary/extraction/extract.js';
import { placeIn } from '../workflows/domain/contract-summary/documents.js';
import { givenDocuments } from '../workflows/domain/contract-summary/given.js';
import { readingOf } from '../workflows/domain/contract-summary/readings.js';
import type { FieldKey } from '../workflows/domain/contract-summary/schema.js';
import { learnedWeights } from '../activities/drafters/rules/contract-summary/weights.js';
import { Refusal } from '../workflows/domain/errors.js';
import type { Absence, DocumentPage } from './contract/reviews.js';
import type { Deps } from './deps.js';
import type { Caller } from './kit.js';

/** The secret that goes out with a page; the database keeps its digest. */
export function viewDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Notes that a place was given out to this session, and answers the token that proves it. Keys confirm nothing and get none. */
async function served(deps: Deps, caller: Caller, review: string, place: string): Promise<{ viewToken?: string }> {
  if (caller.kind !== 'person') return {};
  const viewToken = randomBytes(32).toString('base64url');
  await servePage(deps.db, { token: caller.token, review, place, viewDigest: viewDigest(viewToken) });
  return { viewToken };
}

/** One page of a review's document: its words and where they stand. Asking for it is the first of the two keys. */
export async function pageView(
  deps: Deps,
  caller: Caller,
  asked: { review: string; source: string; page: number },
): Promise<DocumentPage> {
  const found = await documentOf(deps.db, asked.review, asked.source);
  const page = found?.document.pages[asked.page - 1];
  if (found === undefined || page === undefined) throw new Refusal('not_found', 'There is no such page.');
  const { format, text, pages } = found.document;
  const place = `${asked.source}:${String(asked.page)}`;
  const { from, to, width, height, words, runs } = page;
  return {
    source: asked.source,
    page: asked.page,
    pages: pages.length,
    format,
    width,
    height,
    words,
    from,
    text: text.slice(from, to),
    runs,
    url: `/api/files/${found.sha256}`,
    ...(await served(deps, caller, asked.review, place)),
  };
}

const mostNearest = 3;
const countWords = (text: string) => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** The proof that a review's documents say nothing on a point: what was read, what was searched, and what comes nearest. */
export async function absenceView(
  deps: Deps,
  caller: Caller,
  asked: { review: string; field: FieldKey },
): Promise<Absence> {
  const documents = givenDocuments(await documentsOfReview(deps.db, asked.review));
  if (documents.length === 0) throw new Refusal('not_found', 'There is no such review, or it has no documents.');
  return {
    field: asked.field,
    documents: documents.map((document) => {
      const { read, source, name } = document;
      const reading = readingOf(extractContract(read.text, learnedWeights), asked.field);
      const kind = (words: 'text' | 'recognised' | 'image') => read.pages.filter((page) => page.words === words).length;
      return {
        source,
        name,
        pages: read.pages.length,
        text: kind('text'),
        recognised: kind('recognised'),
        image: kind('image'),
        words: countWords(read.text),
        searched: reading.searched,
        nearest: reading.readings.slice(0, mostNearest).map(({ place }) => {
          const { page, from, to, text } = placeIn(document, place);
          return { page, from, to, text };
        }),
      };
    }),
    ...(await served(deps, caller, asked.review, `absence:${asked.field}`)),
  };
}
