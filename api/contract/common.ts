import { z } from 'zod';
import { errorStatus, type ErrorCode } from '../../workflows/domain/errors.js';
import { roles } from '../../workflows/domain/roles.js';
import { trackKeys } from '../../workflows/domain/tracks.js';

export const id = z.uuid();
export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'A fingerprint is 64 hex digits.');
/** RFC 3339 with offset. */
export const time = z.iso.datetime({ offset: true });
export const week = z.string().regex(/^\d{4}-W\d{2}$/, 'A week is written 2026-W48.');
export const track = z.enum(trackKeys);
export const role = z.enum(roles);
export const reason = z.string().trim().min(1).max(2000);
export const cursor = z.string().max(200);

/** A person as shown to others. */
export const person = z.object({ id, name: z.string() });
export type Person = z.infer<typeof person>;

/** Who did something: a person, an API key by its name, or the product itself. */
export const doer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id, name: z.string() }),
  z.object({ kind: z.literal('key'), id, name: z.string() }),
  z.object({ kind: z.literal('product'), name: z.string() }),
]);
export type Doer = z.infer<typeof doer>;

const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

/** The one shape of every refusal. */
export const errorBody = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string(),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;

export const idParam = z.object({ id });
export const done = z.object({ ok: z.literal(true) });
