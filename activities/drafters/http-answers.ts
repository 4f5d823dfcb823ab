import type { TroubleCode } from './errors.js';

/** The longest a provider may ask us to wait before the next attempt. */
export const maxRetryAfterMs = 5 * 60_000;

/** Milliseconds of a retry-after header (seconds or a date), at most five minutes; null where there is none. */
export function retryAfterMs(headers: Headers | undefined, now: number): number | null {
  const value = headers?.get('retry-after');
  if (value === null || value === undefined || value.trim() === '') return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(0, Math.round(ms)), maxRetryAfterMs) : null;
}

/** What a status of a model provider means. */
export const byStatus: Record<number, TroubleCode> = {
  400: 'request_refused',
  401: 'key_refused',
  402: 'no_credit',
  403: 'not_allowed',
  404: 'model_unknown',
  408: 'provider_error',
  409: 'provider_error',
  413: 'too_long',
  429: 'rate_limited',
  529: 'overloaded',
};
