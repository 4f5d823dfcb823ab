import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DraftRequest } from '../../activities/drafters/drafter.js';
import { openaiDrafter, type OpenaiOptions } from '../../activities/drafters/openai.js';
import { sopDraftingV1 } from '../../activities/drafters/prompts/sop-drafting.v1.js';
import { sopCandidateSchema } from '../../workflows/domain/sop-drafting/schema.js';
import { answers, startFakeOpenai, type OpenaiAnswer } from '../support/fake-openai.js';
import { candidate, transcript } from './candidates.js';

let fake: Awaited<ReturnType<typeof startFakeOpenai>>;
beforeAll(async () => {
  fake = await startFakeOpenai();
});
afterAll(() => fake.close());

const image = {
  kind: 'image',
  name: 'a.png',
  mediaType: 'image/png',
  width: 9,
  height: 9,
  bytes: new Uint8Array(8),
} as const;
const request = (more: Partial<DraftRequest> = {}): DraftRequest => ({
  track: 'sop-drafting',
  title: '',
  schema: sopCandidateSchema,
  prompt: sopDraftingV1,
  material: [{ kind: 'transcript', name: 'walk.vtt', transcript }, image],
  redraft: null,
  signal: new AbortController().signal,
  heartbeat: () => undefined,
  ...more,
});
const drafter = (more: Partial<OpenaiOptions> = {}) => openaiDrafter({ baseUrl: fake.url, model: 'm', ...more });
const good = answers.text(JSON.stringify(candidate));

it('gives the candidate and its tokens, shows pictures, and sends no key where there is none', async () => {
  fake.script(good);
  const drafted = await drafter().draft(request());
  expect(drafted.candidate).toEqual(candidate);
  expect(drafted.usage).toEqual({ inputTokens: 100, outputTokens: 30, cacheReadTokens: 20, cacheWriteTokens: 0 });
  expect(fake.requests[0]?.headers.authorization).toBeUndefined();
  expect(fake.requests[0]?.body).toContain('data:image/png;base64,');
  await drafter({ apiKey: 'sk-test' }).draft(request());
  expect(fake.requests[1]?.headers.authorization).toBe('Bearer sk-test');
});

it('asks less strictly where a server refuses the response format, down to plain text', async () => {
  const refuses = answers.status(400, { message: 'response_format is not supported' });
  fake.script(refuses, refuses, answers.text(`\`\`\`json\n${JSON.stringify(candidate)}\n\`\`\``));
  expect((await drafter().draft(request())).candidate).toEqual(candidate);
  expect(fake.requests.map(({ body }) => /"response_format":\{"type":"(\w+)"/.exec(body)?.[1])).toEqual([
    'json_schema',
    'json_object',
    undefined,
  ]);
});

const whole = JSON.stringify(candidate);
it.each<[string, OpenaiAnswer, string]>([
  ['a cut', answers.text(whole, 'length'), 'truncated'],
  ['a content filter', answers.text(whole, 'content_filter'), 'refused'],
  ['a refusal', answers.text(whole, 'stop', { refusal: 'no' }), 'refused'],
  ['a tool call', answers.text(whole, 'tool_calls'), 'unfinished'],
  ['a hidden tool call', answers.text(whole, 'stop', { tool_calls: [{ index: 0 }] }), 'unfinished'],
  ['no end', answers.text(whole, null), 'unfinished'],
  ['HTML', answers.text('<html></html>'), 'malformed'],
  ['invalid JSON', answers.text('{"title": '), 'malformed'],
  ['5 MB of text', answers.text('a'.repeat(5_000_000)), 'truncated'],
  ['400', answers.status(400), 'request_refused'],
  ['a long prompt', answers.status(400, { code: 'context_length_exceeded' }), 'too_long'],
  ['401', answers.status(401), 'key_refused'],
  ['403', answers.status(403), 'not_allowed'],
  ['404', answers.status(404), 'model_unknown'],
  ['429', answers.status(429), 'rate_limited'],
  ['an empty account', answers.status(429, { code: 'insufficient_quota' }), 'no_credit'],
  ['500', answers.status(500), 'provider_error'],
  ['503', answers.status(503), 'provider_error'],
  ['a stall', answers.stall(), 'stalled'],
  ['silence', answers.silence(), 'stalled'],
])('%s is never a draft, is asked once, and is told in our words', async (_, answer, code) => {
  fake.script(answer);
  const drafting = drafter({ idleTimeoutMs: 500 }).draft(request());
  await expect(drafting).rejects.toMatchObject({ code, words: expect.not.stringMatching(/Claude|Anthropic|secret/i) });
  expect(fake.requests).toHaveLength(1);
});

it('waits as long as it is asked to', async () => {
  fake.script(answers.status(429, {}, { 'retry-after': '7' }));
  await expect(drafter().draft(request())).rejects.toMatchObject({ retryAfterMs: 7000 });
});

it('never follows a redirect with the key or the sources', async () => {
  const other = await startFakeOpenai();
  other.script(good);
  fake.script(answers.status(307, {}, { location: `${other.url}/chat/completions` }));
  await expect(drafter({ apiKey: 'sk-test' }).draft(request())).rejects.toMatchObject({ code: 'model_unknown' });
  expect(other.requests).toHaveLength(0);
  await other.close();
  await expect(drafter({ baseUrl: other.url }).draft(request())).rejects.toMatchObject({ code: 'unreachable' });
});

it('ends at once when the caller cancels, with the caller’s reason', async () => {
  fake.script(answers.stall());
  const stop = new AbortController();
  const reason = new Error('cancelled');
  const heartbeat = (bytes: number) => bytes > 0 && stop.abort(reason);
  await expect(drafter().draft(request({ signal: stop.signal, heartbeat }))).rejects.toBe(reason);
});
