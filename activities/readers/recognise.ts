import { z } from 'zod';
import type { RecognisedPage } from './recognised.js';
import { builtChild, runChild } from './run-child.js';

export type RecogniseRequest = { path: string; pages: readonly number[] };

const line = z.union([
  z.strictObject({ progress: z.strictObject({ page: z.int(), share: z.number() }) }),
  z.strictObject({
    page: z.strictObject({
      page: z.int().min(1),
      width: z.number().min(0),
      height: z.number().min(0),
      text: z.string().max(1_000_000),
      runs: z.array(z.number()).max(120_000),
    }),
  }),
  z.strictObject({ failed: z.int() }),
  z.strictObject({ unavailable: z.literal(true) }),
]);
/** What the child says, a line at a time. */
export type RecogniseLine = z.infer<typeof line>;

export type RecogniseWatch = {
  /** A page is done. Awaited by nobody: what it starts is its own affair. */
  onPage?: (page: RecognisedPage) => void;
  /** How far a page is, from 0 to 1. */
  onProgress?: (page: number, share: number) => void;
};
/** Pages that could be read, and where some could not, why: in words for a person. */
export type Recognised = { pages: RecognisedPage[]; trouble: string | null };

const missing =
  'Pages that are pictures cannot be read on this machine, because the parts for it are not installed. Type in what they say, or add a document with text.';

/**
 * Reads pages of a PDF that are pictures, in a process of its own with limits. Pages come as they are done; one that
 * cannot be read, or takes longer than `timeoutMs`, does not stop those before it.
 */
export async function recognisePages(
  request: RecogniseRequest,
  watch: RecogniseWatch = {},
  limits: { timeoutMs?: number; maxOldSpaceMb?: number; recogniserFile?: string } = {},
): Promise<Recognised> {
  const { timeoutMs = 60_000, maxOldSpaceMb = 1_024, recogniserFile = builtChild('recogniser') } = limits;
  const pages: RecognisedPage[] = [];
  let unavailable = false;
  const ended = await runChild(recogniserFile, request, { timeoutMs, maxOldSpaceMb }, (text) => {
    const said = line.parse(JSON.parse(text));
    if ('progress' in said) watch.onProgress?.(said.progress.page, said.progress.share);
    else if ('page' in said) {
      pages.push(said.page);
      watch.onPage?.(said.page);
    } else if ('unavailable' in said) unavailable = true;
  });
  if (unavailable) return { pages, trouble: missing };
  const left = request.pages.filter((number) => !pages.some(({ page }) => page === number));
  if (left.length === 0) return { pages, trouble: null };
  const which = left.length === 1 ? `Page ${left[0]} is a picture that` : `${left.length} pages are pictures that`;
  const why = ended.timedOut ? 'took too long to read' : 'could not be read';
  return { pages, trouble: `${which} ${why}. Read ${left.length === 1 ? 'it' : 'them'} on the page itself.` };
}
