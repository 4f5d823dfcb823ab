import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { ContentBlockParam, Message } from '@anthropic-ai/sdk/resources/messages';
import { readUsage, stopTrouble, troubleOf } from './claude-trouble.js';
import type { Drafted, Drafter, DraftRequest, Material } from './drafter.js';
import { DraftingTrouble } from './errors.js';
import { pictures } from './pictures.js';
import { costUsd } from './prices.js';
import { toldOf } from './told.js';
import { watched } from './watch.js';

export type ClaudeOptions = {
  apiKey: string;
  baseUrl?: string;
  model?: string;
  maxTokens?: number;
  /** How long nothing at all may arrive. */
  idleTimeoutMs?: number;
  /** How long one answer may take in all. */
  totalTimeoutMs?: number;
};

export const defaultClaudeModel = 'claude-sonnet-5-5';

function imageBlocks(material: readonly Material[]): ContentBlockParam[] {
  return pictures(material).flatMap(({ words, image }): ContentBlockParam[] => [
    { type: 'text', text: words },
    ...(image === null
      ? []
      : [
          {
            type: 'image' as const,
            source: { type: 'base64' as const, media_type: image.mediaType, data: image.base64 },
          },
        ]),
  ]);
}

function contentOf(request: DraftRequest): ContentBlockParam[] {
  const { given, asked } = toldOf(request);
  return [
    ...imageBlocks(request.material),
    // The end of what stays the same from round to round: a redraft reads it from the cache.
    { type: 'text', text: given, cache_control: { type: 'ephemeral' } },
    { type: 'text', text: asked },
  ];
}

function paramsOf(request: DraftRequest, model: string, maxTokens: number): Anthropic.MessageStreamParams {
  return {
    model,
    max_tokens: maxTokens,
    system: [{ type: 'text', text: request.prompt.system, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: contentOf(request) }],
    output_config: { format: { type: 'json_schema', schema: zodOutputFormat(request.schema).schema } },
  };
}

/** The candidate of a whole answer. Whatever did not end by itself is never a draft. */
function draftedFrom(message: Message): Drafted {
  const usage = readUsage(message);
  const trouble = stopTrouble(message.stop_reason);
  if (trouble !== undefined) throw new DraftingTrouble(trouble, { usage });
  const text = message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
  try {
    const candidate: unknown = JSON.parse(text);
    return { candidate, usage };
  } catch {
    throw new DraftingTrouble('malformed', { usage });
  }
}

/** Claude by Anthropic's API: always streamed, never retried here, and every way of ending told apart. */
export function claudeDrafter(options: ClaudeOptions): Drafter {
  const { apiKey, baseUrl, model = defaultClaudeModel, maxTokens = 32_000 } = options;
  const { idleTimeoutMs = 60_000, totalTimeoutMs = 15 * 60_000 } = options;
  return {
    name: 'claude',
    model,
    costUsd: (usage) => costUsd(model, usage),
    async draft(request) {
      const watch = watched({ signal: request.signal, heartbeat: request.heartbeat, idleTimeoutMs, totalTimeoutMs });
      const client = new Anthropic({
        apiKey,
        authToken: null,
        ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
        fetch: watch.fetch,
        maxRetries: 0,
        timeout: totalTimeoutMs,
        // The SDK would log answers that it cannot parse; drafts do not belong in logs.
        logLevel: 'off',
        openTelemetry: false,
      });
      try {
        const stream = client.messages.stream(paramsOf(request, model, maxTokens), { signal: watch.signal });
        return draftedFrom(await stream.finalMessage());
      } catch (error) {
        if (request.signal.aborted) throw request.signal.reason;
        throw watch.gaveUp() ? new DraftingTrouble('stalled', { cause: error }) : troubleOf(error);
      } finally {
        watch.end();
      }
    },
  };
}
