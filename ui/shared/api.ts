import type { ErrorCode } from '../../workflows/domain/errors.js';
import { errorStatus } from '../../workflows/domain/errors.js';
import type { RouteKey } from '../../api/authorisation.js';
import type { Answers } from './answers.js';
import type { Bodies } from './bodies.js';

/** A refusal or a failure of the server, with the sentence it gave. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode | 'offline',
    message: string,
    readonly status: number,
    readonly details: Record<string, unknown> = {},
    readonly requestId?: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

type Route = keyof Answers & RouteKey;
type Names<Key extends string> = Key extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Params<Key extends string> = [Names<Key>] extends [never]
  ? { params?: never }
  : { params: Record<Names<Key>, string | number> };
type Body<Key> = Key extends keyof Bodies ? { body: Bodies[Key] } : { body?: never };
type Ask<Key extends string> = Params<Key> &
  Body<Key> & {
    query?: Record<string, string | number | boolean | undefined>;
    headers?: Record<string, string>;
    signal?: AbortSignal;
  };
/** The second argument may be left out where nothing in it is required. */
type Rest<Key extends string> = Record<never, never> extends Ask<Key> ? [ask?: Ask<Key>] : [ask: Ask<Key>];

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(errorStatus, value);

/** Reads the one shape of every refusal; better-auth's own (`{code, message}`) as well. */
export function errorFrom(status: number, body: unknown): ApiError {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : isRecord(body) ? body : {};
  const fallback =
    status === 429
      ? 'Too many tries. Wait a minute, then try again.'
      : status >= 500
        ? 'The server could not answer. Nothing was changed. Try again in a moment.'
        : 'The server refused this.';
  const code = error['code'];
  const guess: ErrorCode =
    status === 401 ? 'not_signed_in' : status === 429 ? 'rate_limited' : status < 500 ? 'invalid_request' : 'internal';
  return new ApiError(
    isCode(code) ? code : guess,
    typeof error['message'] === 'string' ? error['message'] : fallback,
    status,
    isRecord(error['details']) ? error['details'] : {},
    typeof error['requestId'] === 'string' ? error['requestId'] : undefined,
  );
}

/** The answer as the contract says it is: the server made it by the same schema, so it is not parsed a second time. */
function answered<T>(value: unknown): T {
  return value as T;
}

function pathOf(route: string, params: Record<string, string | number> = {}, query: Ask<string>['query'] = {}) {
  const path = route.slice(route.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_, name: string) => {
    return encodeURIComponent(String(params[name] ?? ''));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Sends a request and reads its JSON; throws ApiError for every refusal, and `offline` where nothing answered. */
export async function send(method: string, path: string, init: RequestInit = {}): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, method, credentials: 'same-origin' });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('offline', 'The server does not answer. What you wrote is kept on this page.', 0);
  }
  const text = await response.text();
  let body: unknown = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = null;
  }
  if (!response.ok) throw errorFrom(response.status, body);
  return body;
}

/** Asks a route of the authorisation table: `ask('get /api/runs/{id}', { params: { id } })`. */
export async function ask<Key extends Route>(route: Key, ...[given]: Rest<Key>): Promise<Answers[Key]> {
  const method = route.slice(0, route.indexOf(' ')).toUpperCase();
  const path = pathOf(route, given?.params, given?.query);
  const init: RequestInit = { headers: { ...given?.headers } };
  if (given?.signal) init.signal = given.signal;
  if (method !== 'GET') {
    init.headers = { ...init.headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(given?.body ?? {});
  }
  return answered<Answers[Key]>(await send(method, path, init));
}

/** The sentence to show for anything thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return 'Something on this page went wrong. Load it again.';
}
