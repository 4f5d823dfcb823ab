import { Refusal } from '../../workflows/domain/errors.js';

/** A source that cannot be read: what is wrong, at which line where there are lines, and what to do. */
export function unreadable(words: string, line?: number): Refusal {
  return new Refusal('unreadable_source', words, line === undefined ? undefined : { line });
}

/** What a reader had to leave out or mend. Kept short: at most 50, each with how many more of its kind there were. */
export class Warnings {
  readonly #kinds = new Map<string, { line: number | null; count: number }>();

  /** Notes one thing. The same words at other lines are counted, not repeated. */
  add(words: string, line: number | null = null, count = 1): void {
    const known = this.#kinds.get(words);
    if (known) known.count += count;
    else if (this.#kinds.size < 50) this.#kinds.set(words, { line, count });
  }

  /** The warnings as sentences. */
  list(): string[] {
    return [...this.#kinds].map(([words, { line, count }]) => {
      const where = line === null ? '' : count > 1 ? ` First at line ${line}, ${count} in all.` : ` At line ${line}.`;
      return `${words}${where}`;
    });
  }
}
