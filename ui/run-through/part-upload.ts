import { ApiError, errorFrom, sentenceOf } from '../shared/api.js';

const mostAtOnce = 8 * 1024 * 1024;
/** Less than this at the start may not tell what kind of file it is. */
const leastAtFirst = 1024;
const retryMs = 2000;

/** What was recorded in one go, and until when. */
type Piece = { blob: Blob; until: number };

/**
 * Sends one part of a recording while it is made: in order, what waited together, again after a broken connection.
 * Holds in memory only what the server has not acknowledged.
 */
export class PartUpload {
  #waiting: Piece[] = [];
  #offset = 0;
  #sending = false;
  #ended = false;
  #over: (() => void) | undefined;
  /** Up to when what was recorded is on the server's disk. */
  savedUntil: number;
  /** The connection's trouble while it lasts; sending goes on by itself. */
  trouble: string | undefined;
  /** The server takes no more of this part. */
  refused: string | undefined;
  /** Resolves when the whole part is there, or when the server takes no more. */
  readonly over: Promise<void>;

  constructor(
    private readonly path: string,
    readonly part: number,
    private readonly changed: () => void,
  ) {
    this.savedUntil = Date.now();
    this.over = new Promise((resolve) => (this.#over = resolve));
  }

  /** True while something was recorded that the server does not have. */
  get behind(): boolean {
    return this.#waiting.length > 0;
  }

  /** Takes what was recorded until now. */
  take(blob: Blob): void {
    if (this.refused !== undefined) return;
    if (blob.size > 0) this.#waiting.push({ blob, until: Date.now() });
    else if (!this.behind) this.savedUntil = Date.now();
    void this.#send();
  }

  /** Nothing more comes: the part is sealed once all of it is there. */
  end(): Promise<void> {
    this.#ended = true;
    void this.#send();
    return this.over;
  }

  #next(): { blobs: Piece[]; body: Blob; last: boolean } | undefined {
    const blobs: Piece[] = [];
    let size = 0;
    for (const one of this.#waiting) {
      if (size > 0 && size + one.blob.size > mostAtOnce) break;
      blobs.push(one);
      size += one.blob.size;
    }
    const last = this.#ended && blobs.length === this.#waiting.length;
    if (!last && (size === 0 || (this.#offset === 0 && size < leastAtFirst))) return undefined;
    return { blobs, body: new Blob(blobs.map((one) => one.blob)), last };
  }

  async #post(body: Blob, last: boolean): Promise<void> {
    const query = `part=${String(this.part)}&offset=${String(this.#offset)}${last ? '&last=true' : ''}`;
    let response: Response;
    try {
      response = await fetch(`${this.path}?${query}`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/octet-stream' },
        body,
      });
    } catch {
      throw new ApiError('offline', 'The server does not answer.', 0);
    }
    if (!response.ok) throw errorFrom(response.status, await response.json().catch(() => null));
  }

  async #send(): Promise<void> {
    if (this.#sending || this.refused !== undefined) return;
    this.#sending = true;
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) {
        await this.#post(next.body, next.last);
        this.#offset += next.body.size;
        this.#waiting = this.#waiting.slice(next.blobs.length);
        this.savedUntil = next.blobs.at(-1)?.until ?? this.savedUntil;
        this.trouble = undefined;
        if (next.last) {
          this.#over?.();
          return;
        }
        this.changed();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#sending = false;
      this.changed();
    }
  }

  #fail(error: unknown): void {
    const again = !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500;
    if (again) {
      this.trouble = sentenceOf(error);
      setTimeout(() => void this.#send(), retryMs);
    } else {
      this.refused = sentenceOf(error);
      this.#over?.();
    }
  }
}
