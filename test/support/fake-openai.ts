import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type OpenaiRequest = { body: string; headers: IncomingHttpHeaders };
/** Answers one request in the test's own way. */
export type OpenaiAnswer = (response: ServerResponse, request: OpenaiRequest) => void;

const chunk = (delta: object, finish: string | null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const usage = `data: ${JSON.stringify({ id: 'c', choices: [], usage: { prompt_tokens: 120, completion_tokens: 30, prompt_tokens_details: { cached_tokens: 20 } } })}\n\n`;

export const answers = {
  text:
    (words: string, finish: string | null = 'stop', more: object = {}): OpenaiAnswer =>
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ content: words, ...more }, null));
      response.end(`${chunk({}, finish)}${usage}data: [DONE]\n\n`);
    },
  status:
    (status: number, error: object = {}, headers: Record<string, string> = {}): OpenaiAnswer =>
    (response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ error: { message: 'secret provider words', ...error } }));
    },
  stall: (): OpenaiAnswer => (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(chunk({ content: '{' }, null));
  },
  silence: (): OpenaiAnswer => () => undefined,
};

/** A server that speaks OpenAI's streaming chat protocol and answers by a script; the last answer stays. */
export async function startFakeOpenai() {
  const requests: OpenaiRequest[] = [];
  let queue: OpenaiAnswer[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const told = { body, headers: request.headers };
      requests.push(told);
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      answer?.(response, told);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an address object; it is a string only for pipes.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    script: (...next: OpenaiAnswer[]) => {
      queue = next;
      requests.length = 0;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
