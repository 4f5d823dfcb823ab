import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** How the scripted server answers one request. */
export type Outcome =
  | { kind: 'good'; object: unknown; model?: string }
  | { kind: 'slow'; object: unknown; pauseMs: number }
  | { kind: 'text'; text: string }
  | { kind: 'stopped'; object: unknown; reason: string | null }
  | { kind: 'status'; status: number; type: string; retryAfter?: string }
  | { kind: 'stream-error'; object: unknown; type: string }
  | { kind: 'reset'; object: unknown }
  | { kind: 'stall'; object: unknown }
  | { kind: 'silence' };

export const outcomes = {
  good: (object: unknown): Outcome => ({ kind: 'good', object }),
  slow: (object: unknown, pauseMs = 20): Outcome => ({ kind: 'slow', object, pauseMs }),
  truncated: (object: unknown): Outcome => ({ kind: 'stopped', object, reason: 'max_tokens' }),
  refusal: (object: unknown = {}): Outcome => ({ kind: 'stopped', object, reason: 'refusal' }),
  stopped: (object: unknown, reason: string | null): Outcome => ({ kind: 'stopped', object, reason }),
  malformed: (): Outcome => ({ kind: 'text', text: '{"title": "Onboard a vendor", "steps": [' }),
  wrongSchema: (): Outcome => ({ kind: 'good', object: { title: 7, approve: true } }),
  rateLimited: (retryAfter?: string): Outcome => ({
    kind: 'status',
    status: 429,
    type: 'rate_limit_error',
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }),
  overloaded: (): Outcome => ({ kind: 'status', status: 529, type: 'overloaded_error' }),
  serverError: (): Outcome => ({ kind: 'status', status: 500, type: 'api_error' }),
  status: (status: number, type: string): Outcome => ({ kind: 'status', status, type }),
  streamError: (object: unknown, type: string): Outcome => ({ kind: 'stream-error', object, type }),
  reset: (object: unknown): Outcome => ({ kind: 'reset', object }),
  stall: (object: unknown): Outcome => ({ kind: 'stall', object }),
  silence: (): Outcome => ({ kind: 'silence' }),
} as const;

export type FakeRequest = { body: string; headers: IncomingMessage['headers'] };

export type FakeAnthropic = {
  url: string;
  requests: FakeRequest[];
  /** Output tokens of the answers that were sent to their end. */
  served: { answers: number; outputTokens: number };
  /** Answers for the next requests, in order; the last one goes on being given. */
  script: (...next: Outcome[]) => void;
  close: () => Promise<void>;
};

function send(response: ServerResponse, type: string, data: object): void {
  response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
}

function begin(response: ServerResponse, model: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_fake' });
  const usage = {
    input_tokens: 1200,
    output_tokens: 1,
    cache_creation_input_tokens: 300,
    cache_read_input_tokens: 50,
  };
  const message = {
    id: 'msg_fake',
    type: 'message',
    role: 'assistant',
    content: [],
    model,
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  send(response, 'message_start', { message });
  send(response, 'ping', {});
  send(response, 'content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
}

function delta(response: ServerResponse, words: string): void {
  send(response, 'content_block_delta', { index: 0, delta: { type: 'text_delta', text: words } });
}

function finish(fake: FakeAnthropic, response: ServerResponse, reason: string, words: string): void {
  const tokens = Math.ceil(words.length / 4);
  send(response, 'content_block_stop', { index: 0 });
  send(response, 'message_delta', {
    delta: { stop_reason: reason, stop_sequence: null },
    usage: { output_tokens: tokens },
  });
  send(response, 'message_stop', {});
  response.end();
  fake.served.answers += 1;
  fake.served.outputTokens += tokens;
}

function pieces(words: string): string[] {
  return words.match(/[\s\S]{1,40}/g) ?? [];
}

async function answer(fake: FakeAnthropic, outcome: Outcome, response: ServerResponse): Promise<void> {
  if (outcome.kind === 'silence') return;
  if (outcome.kind === 'status') {
    const headers = {
      'content-type': 'application/json',
      ...(outcome.retryAfter === undefined ? {} : { 'retry-after': outcome.retryAfter }),
    };
    response.writeHead(outcome.status, headers);
    response.end(JSON.stringify({ type: 'error', error: { type: outcome.type, message: 'secret provider words' } }));
    return;
  }
  const words = outcome.kind === 'text' ? outcome.text : JSON.stringify(outcome.object);
  const half = words.slice(0, Math.ceil(words.length / 2));
  begin(response, outcome.kind === 'good' ? (outcome.model ?? 'claude-sonnet-5-5') : 'claude-sonnet-5-5');
  switch (outcome.kind) {
    case 'good':
    case 'text':
      for (const piece of pieces(words)) delta(response, piece);
      return finish(fake, response, 'end_turn', words);
    case 'slow':
      for (const piece of pieces(words)) {
        await pause(outcome.pauseMs);
        delta(response, piece);
      }
      return finish(fake, response, 'end_turn', words);
    case 'stopped':
      delta(response, outcome.reason === 'max_tokens' ? half : words);
      if (outcome.reason !== null) return finish(fake, response, outcome.reason, half);
      response.end();
      return;
    case 'stream-error':
      delta(response, half);
      send(response, 'error', { error: { type: outcome.type, message: 'secret provider words' } });
      response.end();
      return;
    case 'reset':
      delta(response, half);
      response.socket?.resetAndDestroy();
      return;
    case 'stall':
      delta(response, half);
      return;
  }
}

/**
 * A server that speaks Anthropic's streaming wire protocol and answers by a script. For tests only:
 * nothing in the product knows of it; it is reached by ANTHROPIC_BASE_URL like any other.
 */
export async function startFakeAnthropic(...script: Outcome[]): Promise<FakeAnthropic> {
  let queue = [...script];
  const server: Server = createServer((request, response) => {
    void (async () => {
      fake.requests.push({ body: await text(request), headers: request.headers });
      const outcome = queue.length > 1 ? queue.shift() : queue[0];
      if (outcome === undefined) throw new Error('The fake Anthropic server has no script.');
      await answer(fake, outcome, response);
    })().catch(() => response.destroy());
  });
  const fake: FakeAnthropic = {
    url: '',
    requests: [],
    served: { answers: 0, outputTokens: 0 },
    script: (...next) => {
      queue = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an address object; it is a string only for pipes.
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}
