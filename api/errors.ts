import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { errorStatus, Refusal, type ErrorCode } from '../workflows/domain/errors.js';
import type { ErrorBody } from './contract/common.js';
import type { AppEnv } from './kit.js';

/** What a 5xx says, whatever went wrong: the log has the rest under the request id. */
export const constantWords = {
  internal: 'Something went wrong on this server. It is in the log under this request id.',
  unavailable: 'The database is not answering. Nothing was changed; try again in a moment.',
} as const;

/** Codes of postgres.js and of Postgres that mean "not now": the connection went, or the server is starting or stopping. */
const notNow = /^(CONNECT|CONNECTION_|ECONN|EPIPE|ETIMEDOUT|57P0|53300|08)/;

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : '';
}

function fromHttp(error: HTTPException): Refusal {
  if (error.status === 413) return new Refusal('too_large', 'That is larger than this takes.');
  return new Refusal('invalid_request', 'This request could not be read.');
}

/** Anything thrown, as one refusal of the closed union. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof z.ZodError)
    return new Refusal('invalid_request', z.prettifyError(error), {
      fields: error.issues.map((issue) => ({ path: issue.path.join('.'), words: issue.message })),
    });
  if (error instanceof HTTPException && error.status < 500) return fromHttp(error);
  if (notNow.test(codeOf(error))) return new Refusal('unavailable', constantWords.unavailable);
  return new Refusal('internal', constantWords.internal);
}

/** The body of a refusal: the one error shape. */
export function errorAnswer(refusal: Refusal, requestId: string): ErrorBody {
  const details = refusal.details === undefined ? {} : { details: refusal.details };
  return { error: { code: refusal.code, message: refusal.message, requestId, ...details } };
}

/** True for what is our fault and goes to the log whole. */
export function isOurs(code: ErrorCode): boolean {
  return errorStatus[code] >= 500;
}

/** Hono's error handler: one adapter for everything that is thrown. */
export function onError(error: unknown, c: Context<AppEnv>): Response {
  const refusal = refusalOf(error);
  if (isOurs(refusal.code)) c.var.log.error({ err: error, requestId: c.var.requestId }, 'request failed');
  const answer = c.json(errorAnswer(refusal, c.var.requestId), errorStatus[refusal.code]);
  if (refusal.code === 'rate_limited') answer.headers.set('retry-after', String(refusal.details?.['seconds'] ?? 60));
  return answer;
}
