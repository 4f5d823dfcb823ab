import OpenAI from 'openai';
import type { ChatCompletionContentPart, ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { z } from 'zod';
import type { Drafted, Drafter, DraftRequest, Usage } from './drafter.js';
import { DraftingTrouble } from './errors.js';
import { finishTrouble, openaiTrouble, refusesFormat } from './openai-trouble.js';
import { pictures } from './pictures.js';
import { toldOf } from './told.js';
import { watched } from './watch.js';

export type OpenaiOptions = {
  /** Absent for a server of one's own that asks for none. */
  apiKey?: string;
  baseUrl?: string;
  model?: string;
  /** How long nothing at all may arrive. */
  idleTimeoutMs?: number;
  /** How long one answer may take in all. */
  totalTimeoutMs?: number;
};

export const defaultOpenaiModel = 'gpt-5.1';
const openaiUrl = 'https://api.openai.com/v1';
const drafter = 'openai';
/** Far more than any draft; a server that goes on writing is not listened to. */
const maxAnswerChars = 2_000_000;

/** From the strictest form of answer to the one that every server knows. */
const formats = ['json_schema', 'json_object', 'text'] as const;
type Format = (typeof formats)[number];

function contentOf(request: DraftRequest, format: Format): ChatCompletionContentPart[] {
  const { given, asked } = toldOf(request);
  const images = pictures(request.material).flatMap(({ words, image }): ChatCompletionContentPart[] => {
    const text = { type: 'text' as const, text: words };
    if (image === null) return [text];
    return [text, { type: 'image_url', image_url: { url: `data:${image.mediaType};base64,${image.base64}` } }];
  });
  const form = `Answer with one JSON object of this schema and nothing else:\n${JSON.stringify(z.toJSONSchema(request.schema))}`;
  const ask = format === 'json_schema' ? asked : `${asked}\n\n${form}`;
  return [...images, { type: 'text', text: given }, { type: 'text', text: ask }];
}

function paramsOf(request: DraftRequest, model: string, format: Format): ChatCompletionCreateParamsStreaming {
  const schema = z.toJSONSchema(request.schema);
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      { role: 'system', content: request.prompt.system },
      { role: 'user', content: contentOf(request, format) },
    ],
    ...(format === 'json_object' && { response_format: { type: 'json_object' } }),
    ...(format === 'json_schema' && {
      response_format: { type: 'json_schema', json_schema: { name: 'draft', strict: true, schema } },
    }),
  };
}

const tokens = (value: number | null | undefined): number => (Number.isInteger(value) ? Math.max(0, value ?? 0) : 0);

function usageOf(told: OpenAI.CompletionUsage | null | undefined): Usage {
  const cached = tokens(told?.prompt_tokens_details?.cached_tokens);
  const input = Math.max(0, tokens(told?.prompt_tokens) - cached);
  return {
    inputTokens: input,
    outputTokens: tokens(told?.completion_tokens),
    cacheReadTokens: cached,
    cacheWriteTokens: 0,
  };
}

/** The object of an answer, also where a server without formats put it between a code fence's marks. */
function candidateOf(text: string): unknown {
  const bare = text
    .trim()
    .replace(/^```(?:json)?\s*\n/, '')
    .replace(/\n```$/, '');
  return JSON.parse(bare);
}

async function read(
  client: OpenAI,
  params: ChatCompletionCreateParamsStreaming,
  signal: AbortSignal,
): Promise<Drafted> {
  let text = '';
  let refused = false;
  let called = false;
  let reason: string | null = null;
  let usage = usageOf(null);
  for await (const chunk of await client.chat.completions.create(params, { signal })) {
    if (chunk.usage) usage = usageOf(chunk.usage);
    const choice = chunk.choices[0];
    text += choice?.delta.content ?? '';
    if (choice?.delta.refusal) refused = true;
    if (choice?.delta.tool_calls) called = true;
    reason = choice?.finish_reason ?? reason;
    if (text.length > maxAnswerChars) throw new DraftingTrouble('truncated', { drafter, usage });
  }
  const trouble = refused ? 'refused' : called ? 'unfinished' : finishTrouble(reason);
  if (trouble !== undefined) throw new DraftingTrouble(trouble, { drafter, usage });
  try {
    return { candidate: candidateOf(text), usage };
  } catch {
    throw new DraftingTrouble('malformed', { drafter, usage });
  }
}

/** A model by OpenAI's chat API, at OpenAI or at any server that speaks it: streamed, never retried here. */
export function openaiDrafter(options: OpenaiOptions): Drafter {
  const { apiKey, baseUrl = openaiUrl, model = defaultOpenaiModel } = options;
  const { idleTimeoutMs = 60_000, totalTimeoutMs = 15 * 60_000 } = options;
  return {
    name: drafter,
    model,
    costUsd: () => null,
    async draft(request) {
      const watch = watched({ signal: request.signal, heartbeat: request.heartbeat, idleTimeoutMs, totalTimeoutMs });
      const client = new OpenAI({
        // The SDK asks for a key; where there is none, no header is sent.
        apiKey: apiKey ?? 'none',
        ...(apiKey === undefined && { defaultHeaders: { Authorization: null } }),
        baseURL: baseUrl,
        organization: null,
        project: null,
        fetch: watch.fetch,
        // A redirect would take the sources, on the same host the key too, where nobody sent them.
        fetchOptions: { redirect: 'manual' },
        maxRetries: 0,
        timeout: totalTimeoutMs,
        logLevel: 'off',
      });
      try {
        for (const format of formats) {
          try {
            return await read(client, paramsOf(request, model, format), watch.signal);
          } catch (error) {
            if (format === 'text' || !refusesFormat(error)) throw error;
          }
        }
        throw new DraftingTrouble('request_refused', { drafter });
      } catch (error) {
        if (request.signal.aborted) throw request.signal.reason;
        throw watch.gaveUp() ? new DraftingTrouble('stalled', { drafter, cause: error }) : openaiTrouble(error);
      } finally {
        watch.end();
      }
    },
  };
}
