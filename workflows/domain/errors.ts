/**
 * Every refusal the product can answer with, and its HTTP status. Closed on purpose: the API's one
 * adapter maps by this table, the database's functions refuse with these codes, the UI words them.
 */
export const errorStatus = {
  invalid_request: 400,
  not_signed_in: 401,
  not_permitted: 403,
  author_cannot_approve: 403,
  origin_refused: 403,
  not_found: 404,
  stale_subject: 409,
  already_decided: 409,
  edited_meanwhile: 409,
  idempotency_conflict: 409,
  already_claimed: 409,
  wrong_state: 409,
  too_late: 409,
  already_used: 409,
  last_admin: 409,
  expired: 410,
  too_large: 413,
  unsupported_media: 415,
  requirements_missing: 422,
  reason_required: 422,
  transcript_required: 422,
  document_required: 422,
  unreadable_source: 422,
  needs_run_through: 422,
  recording_required: 422,
  steps_unticked: 422,
  not_a_requirement: 422,
  page_not_served: 422,
  drafter_not_set_up: 422,
  idempotency_key_required: 422,
  clock_skew: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** A refusal: a code of the closed union, a sentence for a person, and facts for the page. */
export class Refusal extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: Record<string, unknown>,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
