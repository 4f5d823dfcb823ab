import type { Assembly } from './assemble.js';

/** A document without pages is shown in parts of about this many characters. */
const about = 3_000;

/** Where a paragraph longer than two parts may be cut: behind a line, else behind a word. */
function cutsOf(paragraph: string): string[] {
  const pieces: string[] = [];
  let rest = paragraph;
  while (rest.length > 2 * about) {
    const line = rest.lastIndexOf('\n', about * 1.5);
    const space = line > about / 2 ? line : rest.lastIndexOf(' ', about * 1.5);
    if (space < about / 2) break;
    pieces.push(rest.slice(0, space));
    rest = rest.slice(space + 1);
  }
  return [...pieces, rest];
}

/** Gathers paragraphs into parts, each ended at a paragraph or where the writer ended a page. */
export class Parts {
  #open: string[] = [];
  #length = 0;

  constructor(private readonly assembly: Assembly) {}

  /** The part, from 1, that the next paragraph stands in. */
  get page(): number {
    return this.assembly.pages + 1;
  }

  add(paragraph: string): void {
    for (const piece of cutsOf(paragraph)) {
      if (piece.trim() === '') continue;
      if (this.#length > 0 && this.#length + piece.length > about * 1.25) this.end();
      this.#open.push(piece);
      this.#length += piece.length + 2;
      if (this.#length >= about) this.end();
    }
  }

  /** Ends the part here, as at the end of a page; an empty one is not made. */
  end(): void {
    if (this.#open.length === 0) return;
    this.assembly.add({ text: this.#open.join('\n\n') });
    this.#open = [];
    this.#length = 0;
  }
}
