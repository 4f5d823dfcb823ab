import { z } from 'zod';

/** Ways to put words where no reader sees them. They are cut out of `text`, and listed for the reviewer. */
export const hidingWays = [
  /** Drawn with no ink, such as PDF render mode 3, or with no opacity. */
  'not-drawn',
  'background-colour',
  'tiny',
  'off-page',
  /** Under something that was drawn later. */
  'covered',
  /** A tracked deletion. */
  'deleted',
  'comment',
  /** Marked as hidden by the word processor. */
  'marked-hidden',
  /** Tags, zero-width and other characters without a shape. */
  'invisible-characters',
] as const;
export type HidingWay = (typeof hidingWays)[number];

const offset = z.int().min(0);

/** A page of a PDF, or a part of a document that has no pages of its own. */
export const documentPageSchema = z.strictObject({
  /** Offsets in the document's text. */
  from: offset,
  to: offset,
  /** In points of 1/72 inch, as turned for reading; 0 where there is no layout. */
  width: z.number().min(0),
  height: z.number().min(0),
  /** `text`: its own words. `recognised`: by OCR. `image`: a picture whose words nobody has read. */
  words: z.enum(['text', 'recognised', 'image']),
  /** Six numbers for each run of words: offsets `from` and `to` in the text, then x, y, width, height in points from the top left. */
  runs: z.array(z.number()).max(120_000),
});
export type DocumentPage = z.infer<typeof documentPageSchema>;

export const hiddenTextSchema = z.strictObject({
  /** From 1. */
  page: z.int().min(1),
  how: z.enum(hidingWays),
  text: z.string().min(1).max(4_000),
});
export type HiddenText = z.infer<typeof hiddenTextSchema>;

/** What a reader sees of a document: its words in reading order, where each stands, and what was hidden. */
export const documentSchema = z.strictObject({
  format: z.enum(['pdf', 'docx', 'text']),
  /** Pages are parted by a form feed, paragraphs by an empty line. */
  text: z.string().max(12_000_000),
  pages: z.array(documentPageSchema).min(1).max(2_000),
  hidden: z.array(hiddenTextSchema).max(500),
  /** How many more hidden texts there are than are listed. */
  hiddenMore: z.int().min(0),
  warnings: z.array(z.string()).max(50),
});
export type ReadDocument = z.infer<typeof documentSchema>;

/** What a document is, without its words. */
export const documentFactsSchema = documentSchema.omit({ text: true, pages: true }).extend({
  pages: z.array(documentPageSchema.omit({ from: true, to: true, runs: true })),
});
export type DocumentFacts = z.infer<typeof documentFactsSchema>;

/** The page, from 1, on which an offset of the text stands. */
export function pageAt(document: Pick<ReadDocument, 'pages'>, at: number): number {
  let low = 0;
  let high = document.pages.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((document.pages[middle]?.from ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
