import { APIConnectionError, APIError } from 'openai';
import { DraftingTrouble, type TroubleCode } from './errors.js';
import { byStatus, retryAfterMs } from './http-answers.js';

const drafter = 'openai';

function codeOf(error: APIError): TroubleCode {
  const { status, code } = error;
  if (code === 'insufficient_quota') return 'no_credit';
  if (code === 'context_length_exceeded') return 'too_long';
  if (typeof status !== 'number') return 'provider_error';
  // A redirect is not followed: sources would go to a server that nobody named.
  if (status < 400) return 'model_unknown';
  if (status >= 500 && status !== 529) return 'provider_error';
  return byStatus[status] ?? 'request_refused';
}

/** Trouble in our words for whatever the SDK threw. */
export function openaiTrouble(error: unknown): DraftingTrouble {
  if (error instanceof DraftingTrouble) return error;
  if (error instanceof APIError && !(error instanceof APIConnectionError)) {
    const wait = retryAfterMs(error.headers, Date.now());
    return new DraftingTrouble(codeOf(error), { drafter, retryAfterMs: wait, cause: error });
  }
  return new DraftingTrouble('unreachable', { drafter, cause: error });
}

/** Whether a server refused only the form in which the answer was asked for. */
export function refusesFormat(error: unknown): boolean {
  if (!(error instanceof APIError) || error.status !== 400) return false;
  return /response_format|json_schema|json_object/i.test(`${String(error.param)} ${error.message}`);
}

/** Why an answer that ended so is no draft; `undefined` where it ended by itself. */
export function finishTrouble(reason: string | null): TroubleCode | undefined {
  if (reason === 'stop') return undefined;
  if (reason === 'length') return 'truncated';
  return reason === 'content_filter' ? 'refused' : 'unfinished';
}
