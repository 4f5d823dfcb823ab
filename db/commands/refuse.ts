import postgres from 'postgres';
import { z } from 'zod';
import { errorStatus, Refusal, type ErrorCode } from '../../workflows/domain/errors.js';

/** What each refusal says to a person where the page has nothing better. */
const words: Record<ErrorCode, string> = {
  invalid_request: 'This does not fit what was asked for.',
  not_signed_in: 'Sign in first.',
  not_permitted: 'Your role does not include this.',
  author_cannot_approve: 'You wrote part of this version, so somebody else approves it.',
  origin_refused: 'This came from another site.',
  not_found: 'There is nothing here under that id.',
  stale_subject: 'It has changed since you opened it.',
  already_decided: 'Somebody has already decided this.',
  edited_meanwhile: 'Somebody edited it in the meantime.',
  idempotency_conflict: 'The same key came before with another content.',
  already_claimed: 'Somebody else is working on this.',
  wrong_state: 'This cannot be done as things stand now.',
  too_late: 'It is too late to undo this.',
  already_used: 'This was used before.',
  last_admin: 'The last admin cannot go. Make somebody else an admin first.',
  expired: 'This has expired.',
  too_large: 'This is too large.',
  unsupported_media: 'This kind of file cannot be used here.',
  requirements_missing: 'Something must be confirmed or shown before this can be approved.',
  reason_required: 'Give a reason.',
  transcript_required: 'Add a transcript first.',
  document_required: 'Add the contract first.',
  unreadable_source: 'This file cannot be read.',
  needs_run_through: 'Only a recorded run-through meets this.',
  recording_required: 'Attach the recording first.',
  steps_unticked: 'Tick at least one step first.',
  not_a_requirement: 'This is not asked for in this version.',
  page_not_served: 'Open the page that says it first, then confirm.',
  drafter_not_set_up: 'This drafter is not set up here.',
  idempotency_key_required: 'Send an Idempotency-Key.',
  clock_skew: 'The clocks of the server and its database differ by more than 30 seconds.',
  rate_limited: 'Too many requests. Wait a little.',
  internal: 'Something went wrong here.',
  unavailable: 'The database does not answer at the moment.',
};

const codeSchema = z.enum(Object.keys(errorStatus));

/** A checked key of the closed table: Object.keys alone loses the type. */
function codeOf(value: unknown): ErrorCode {
  return codeSchema.parse(value) as ErrorCode;
}

const refusedSchema = z.object({
  ok: z.literal(false),
  code: z.unknown(),
  details: z.record(z.string(), z.unknown()).default({}),
});

/** Postgres' own words for input that is no uuid, no text or no JSON. */
const unfit = new Set(['22P02', '22021', '22P05', '22007', '22008', '22003', '22030', '22032']);
const away = /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|ENOTFOUND|EPIPE|57P0|08|53300|40P01)/;

function translated(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof postgres.PostgresError && unfit.has(code)) return refusal('invalid_request');
  return away.test(code) ? refusal('unavailable') : error;
}

/** A refusal in the words of this table. */
export function refusal(code: ErrorCode, details?: Record<string, unknown>): Refusal {
  const given = details !== undefined && Object.keys(details).length > 0 ? details : undefined;
  return new Refusal(code, words[code], given);
}

/**
 * Runs one statement that calls one function, and parses its answer.
 * @throws Refusal where the function refuses, or where the database is away.
 */
export async function ask<T extends z.ZodType>(
  statement: PromiseLike<readonly Record<string, unknown>[]>,
  schema: T,
): Promise<z.output<T>> {
  let rows: readonly Record<string, unknown>[];
  try {
    rows = await statement;
  } catch (error) {
    throw translated(error);
  }
  const answer = rows[0]?.['answer'];
  const refused = refusedSchema.safeParse(answer);
  if (refused.success) throw refusal(codeOf(refused.data.code), refused.data.details);
  return schema.parse(answer);
}

/** What a function answers that has nothing to say but that it is done. */
export const doneSchema = z.object({ ok: z.literal(true) });
