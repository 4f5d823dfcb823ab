import type { DocumentPage, HiddenText, HidingWay, ReadDocument } from '../../workflows/domain/document.js';
import { visibleOnly } from '../../workflows/domain/invisible.js';
import { unreadable } from './unreadable.js';

/** A page as a reader hands it in: offsets of its runs count from its own beginning. */
export type PageRead = {
  text: string;
  runs?: readonly number[];
  width?: number;
  height?: number;
  words?: DocumentPage['words'];
};

export const maxPages = 2_000;
const maxText = 12_000_000;
const maxHidden = 500;
const maxHiddenText = 4_000;
const maxRunNumbers = 120_000;

/** Not split in the middle of a character. */
function cut(text: string, at: number): number {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at;
}

/** What characters without a shape say: tags spell words, of others their numbers are told. */
export function spelledOut(text: string, kept: string): string {
  const left = new Map<string, number>();
  for (const character of kept) left.set(character, (left.get(character) ?? 0) + 1);
  const told = new Map<string, number>();
  let spelled = '';
  for (const character of text) {
    const still = left.get(character) ?? 0;
    if (still > 0) {
      left.set(character, still - 1);
      continue;
    }
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xe0020 && code <= 0xe007e) spelled += String.fromCharCode(code - 0xe0000);
    else {
      const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
      told.set(name, (told.get(name) ?? 0) + 1);
    }
  }
  const numbers = [...told].map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`));
  return [spelled, ...numbers].filter((part) => part !== '').join(' ');
}

/** A document being put together page by page, within the limits of what one holds. */
export class Assembly {
  readonly #texts: string[] = [];
  readonly #pages: DocumentPage[] = [];
  readonly #hidden: HiddenText[] = [];
  #hiddenMore = 0;
  #length = 0;

  constructor(private readonly format: ReadDocument['format']) {}

  get pages(): number {
    return this.#pages.length;
  }

  /** True where there are no words, and no pictures of words either. */
  get blank(): boolean {
    return this.#texts.every((text) => text.trim() === '') && this.#pages.every(({ words }) => words === 'text');
  }

  /** @throws Refusal `unreadable_source` where it gets larger than what one run reads. */
  add({ text, runs = [], width = 0, height = 0, words = 'text' }: PageRead): void {
    if (this.#pages.length === maxPages) throw unreadable(tooManyPages('more'));
    const from = this.#pages.length === 0 ? 0 : this.#length + 1;
    this.#length = from + text.length;
    if (this.#length > maxText)
      throw unreadable('This document holds more text than one run reads. Split it and add the part that matters.');
    const own = runs.length > maxRunNumbers ? runs.slice(0, maxRunNumbers) : runs;
    this.#texts.push(text);
    this.#pages.push({
      from,
      to: this.#length,
      width,
      height,
      words,
      runs: own.map((value, at) => (at % 6 < 2 ? value + from : value)),
    });
  }

  /** Lists what was hidden on a page, from 1. Long texts are listed in pieces. */
  hide(page: number, how: HidingWay, text: string): void {
    const words = text.trim();
    for (let from = 0; from < words.length;) {
      const to = words.length - from <= maxHiddenText ? words.length : cut(words, from + maxHiddenText);
      if (this.#hidden.length < maxHidden) this.#hidden.push({ page, how, text: words.slice(from, to) });
      else this.#hiddenMore += 1;
      from = to;
    }
  }

  /** Text without characters that have no shape; what they say is listed. */
  seen(page: number, text: string): string {
    const { text: kept, removed } = visibleOnly(text);
    if (removed.some(({ what }) => !/^(?:control|broken)/.test(what))) {
      const spelled = spelledOut(text, kept);
      this.hide(page, 'invisible-characters', spelled);
    }
    return kept;
  }

  done(warnings: readonly string[]): ReadDocument {
    if (this.#pages.length === 0) this.add({ text: '' });
    return {
      format: this.format,
      text: this.#texts.join('\f'),
      pages: this.#pages,
      hidden: this.#hidden,
      hiddenMore: this.#hiddenMore,
      warnings: warnings.slice(0, 50),
    };
  }
}

/** What a person reads where a document has more pages than are read. */
export function tooManyPages(count: string): string {
  return `This document has ${count === 'more' ? `more than ${maxPages.toLocaleString('en')}` : count} pages; up to ${maxPages.toLocaleString('en')} are read. Save the pages that matter as a document of their own and add that.`;
}
