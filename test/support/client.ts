import { z } from 'zod';

export type Answer = { status: number; body: unknown };

/** A person's browser as far as the API can tell: cookies, an Origin, JSON. Network errors are thrown. */
export class Client {
  private cookie = '';

  constructor(
    readonly url: string,
    private readonly bearer?: string,
  ) {}

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      headers: {
        ...(this.bearer === undefined
          ? { origin: this.url, cookie: this.cookie }
          : { authorization: `Bearer ${this.bearer}` }),
        ...(body === undefined || body instanceof Uint8Array ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? new Blob([body.slice()]) : JSON.stringify(body) }),
    });
    for (const cookie of answer.headers.getSetCookie()) this.keep(cookie);
    const text = await answer.text();
    return { status: answer.status, body: answer.headers.get('content-type')?.includes('json') ? parsed(text) : text };
  }

  /** Takes over a session that was made elsewhere. */
  useCookie(cookie: string): void {
    this.keep(cookie);
  }

  private keep(cookie: string): void {
    const pair = cookie.split(';')[0] ?? '';
    const name = pair.split('=')[0];
    const others = this.cookie.split('; ').filter((kept) => kept !== '' && kept.split('=')[0] !== name);
    this.cookie = [...others, pair].join('; ');
  }

  async signIn(email: string, password: string): Promise<void> {
    const { status, body } = await this.send('POST', '/api/auth/sign-in/email', { email, password });
    if (status !== 200) throw new Error(`sign-in answered ${status}: ${JSON.stringify(body)}`);
  }

  /** The body of an answer that must be a success, checked against a schema. */
  async ask<T>(
    schema: z.ZodType<T>,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    const answer = await this.send(method, path, body, headers);
    if (answer.status >= 300) throw new Failed(method, path, answer);
    return schema.parse(answer.body);
  }
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}

const refusal = z.object({ error: z.object({ code: z.string() }) });

/** An answer that was no success; `code` is the product's own where it gave one. */
export class Failed extends Error {
  readonly code: string | undefined;
  constructor(
    method: string,
    path: string,
    readonly answer: Answer,
  ) {
    super(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)?.slice(0, 400)}`);
    this.code = refusal.safeParse(answer.body).data?.error.code;
  }
}
