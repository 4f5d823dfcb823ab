import { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import type { Message, StopReason } from '@anthropic-ai/sdk/resources/messages';
import type { Usage } from './drafter.js';
import { DraftingTrouble, type TroubleCode } from './errors.js';
import { byStatus, retryAfterMs } from './http-answers.js';

/** Tokens of an answer; what the provider does not say counts as none. */
export function readUsage(message: Message): Usage {
  const { usage } = message;
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
  };
}

const stops: Record<StopReason, TroubleCode | undefined> = {
  end_turn: undefined,
  stop_sequence: 'unfinished',
  max_tokens: 'truncated',
  model_context_window_exceeded: 'too_long',
  tool_use: 'unfinished',
  pause_turn: 'unfinished',
  refusal: 'refused',
};

/** Why an answer that ended so is no draft; `undefined` where it ended by itself. */
export function stopTrouble(reason: StopReason | null): TroubleCode | undefined {
  // A reason that this version of the SDK does not know, or none because the stream was cut off.
  if (reason === null || !Object.hasOwn(stops, reason)) return 'unfinished';
  return stops[reason];
}

/** By the error's own type, where it comes inside a stream that began well and has no status. */
const byType: Record<string, TroubleCode> = {
  invalid_request_error: 'request_refused',
  authentication_error: 'key_refused',
  billing_error: 'no_credit',
  permission_error: 'not_allowed',
  not_found_error: 'model_unknown',
  request_too_large: 'too_long',
  rate_limit_error: 'rate_limited',
  overloaded_error: 'overloaded',
  timeout_error: 'provider_error',
  api_error: 'provider_error',
};

function codeOf(error: APIError): TroubleCode {
  const { status, type } = error;
  if (type === 'billing_error') return 'no_credit';
  if (status === undefined) return (type === null ? undefined : byType[type]) ?? 'provider_error';
  if (status >= 500 && status !== 529) return 'provider_error';
  return byStatus[status] ?? (status >= 400 ? 'request_refused' : 'provider_error');
}

/** Trouble in our words for whatever the SDK threw. What is not known for certain to be final is tried again. */
export function troubleOf(error: unknown): DraftingTrouble {
  if (error instanceof DraftingTrouble) return error;
  if (error instanceof APIConnectionError) return new DraftingTrouble('unreachable', { cause: error });
  if (error instanceof APIError)
    return new DraftingTrouble(codeOf(error), { retryAfterMs: retryAfterMs(error.headers, Date.now()), cause: error });
  // Anything else is a stream that broke off: a reset connection, or an event cut in half.
  return new DraftingTrouble('unreachable', { cause: error });
}
