import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { Refusal } from '../workflows/domain/errors.js';
import { mayAct, type KeyScope, type Role } from '../workflows/domain/roles.js';
import { access, type Access, type RouteKey } from './authorisation.js';

/** Who asks. A person brings the session's token, which the database's functions check again themselves. */
export type PersonCaller = { kind: 'person'; token: string; id: string; name: string; email: string; role: Role };
export type KeyCaller = { kind: 'key'; id: string; name: string; scopes: readonly KeyScope[] };
export type Caller = { kind: 'nobody' } | PersonCaller | KeyCaller;

export type AppEnv = {
  Variables: {
    requestId: string;
    log: Logger;
    /** Looked up once per request, when first asked for. */
    caller: () => Promise<Caller>;
    /** Who was let in by the route's own check. */
    admitted: Caller;
    /** Who is at the other end, as far as addresses tell; undefined without a connection. */
    peer: string | undefined;
    /** True where the request comes from this very machine and through no proxy. */
    local: boolean;
  };
};

const roleWords: Record<Role, string> = {
  viewer: 'a member',
  operator: 'the operator role',
  approver: 'the approver role',
  admin: 'the admin role',
};

function admit(caller: Caller, rule: Access, local: boolean): void {
  if ('public' in rule) return;
  if (rule.loopback === true && local) return;
  if (caller.kind === 'nobody') throw new Refusal('not_signed_in', 'Sign in to go on.');
  if (caller.kind === 'key') {
    if (rule.key !== undefined && caller.scopes.includes(rule.key)) return;
    throw new Refusal('not_permitted', 'This API key may not do that. A person has to.', { needs: rule.key ?? null });
  }
  if (!mayAct(caller.role, rule.session))
    throw new Refusal('not_permitted', `This needs ${roleWords[rule.session]}. An admin can give it.`, {
      needs: rule.session,
    });
}

/** The route's own check. It stands in the route, never on a path prefix. */
function guard(key: RouteKey): MiddlewareHandler<AppEnv> {
  const rule: Access = access[key];
  return async (c, next) => {
    const caller: Caller = 'public' in rule ? { kind: 'nobody' } : await c.var.caller();
    admit(caller, rule, c.var.local);
    c.set('admitted', caller);
    await next();
  };
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type MethodOf<K extends string> = K extends `${infer M extends Method} ${string}` ? M : never;
type PathOf<K extends string> = K extends `${string} ${infer P}` ? P : never;
type Spec = Omit<RouteConfig, 'method' | 'path' | 'middleware'>;

/** Splits a key of the table. The cast holds because every key is one method, a space and one path. */
function partsOf<K extends RouteKey>(key: K): { method: MethodOf<K>; path: PathOf<K> } {
  const at = key.indexOf(' ');
  return { method: key.slice(0, at) as MethodOf<K>, path: key.slice(at + 1) as PathOf<K> };
}

const megabyte = 1024 * 1024;

/** How many bytes of body a route takes; `stream` for the ones that count for themselves. */
export type Limit = number | 'stream';

function limited(limit: Limit): MiddlewareHandler<AppEnv>[] {
  if (limit === 'stream') return [];
  return [
    bodyLimit({
      maxSize: limit,
      onError: () => {
        throw new Refusal('too_large', `A request of this kind takes at most ${Math.ceil(limit / 1024)} kB.`);
      },
    }),
  ];
}

/** A route of the table: its check, its body limit and its schemas. Nothing else registers a path. */
export function route<K extends RouteKey, const S extends Spec>(key: K, spec: S, limit: Limit = megabyte) {
  return createRoute({ ...spec, ...partsOf(key), middleware: [guard(key), ...limited(limit)] });
}

/** A JSON request body. */
export function json<T extends z.ZodType>(schema: T) {
  return { content: { 'application/json': { schema } }, required: true } as const;
}

/** A JSON answer. */
export function answers<T extends z.ZodType>(schema: T, description = 'The answer.') {
  return { content: { 'application/json': { schema } }, description } as const;
}

/** A router whose requests are refused in the one error shape where they do not fit their schema. */
export function router(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw result.error;
    },
  });
}

/** The signed-in person; the route's check has already let them in. */
export function personOf(c: Context<AppEnv>): PersonCaller {
  const caller = c.var.admitted;
  if (caller.kind !== 'person') throw new Refusal('not_signed_in', 'Sign in to go on.');
  return caller;
}
