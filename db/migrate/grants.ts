/** Which role may execute which function. What stands in neither list is internal and executable by nobody but the owner. */
export const executable = {
  countersign_api: [
    'accept_invitation',
    'add_earlier_sop',
    'add_source',
    'assign_review',
    'attach_recording',
    'bootstrap_owner',
    'claim_review',
    'claim_setup',
    'clear_nudge',
    'decide',
    'ensure_setup_link',
    'erase_source',
    'finish_run_through',
    'fulfil',
    'make_calendar_link',
    'make_invitation',
    'make_notice',
    'mark_served',
    'open_repair',
    'put_draft',
    'put_setting',
    'put_sop_template',
    'put_target',
    'read_notice',
    'register_signing_key',
    'release_run',
    'remove_earlier_sop',
    'report_problem',
    'resolve_publication',
    'retry_run',
    'revoke_calendar_link',
    'revoke_invitation',
    'seal_checkpoint',
    'seal_recording',
    'serve_page',
    'set_active',
    'set_deputy',
    'set_role',
    'start_run',
    'start_run_through',
    'stuck_runs',
    'take_nudges',
    'tick_step',
    'unclaim_review',
    'undo_decision',
    'withdraw_run',
  ],
  countersign_worker: [
    'begin_delivery',
    'drafting_trouble',
    'make_notice',
    'mark_mailed',
    'mark_screened',
    'open_review',
    'put_drafter_draft',
    'put_recognised',
    'put_subject',
    'refuse_publication',
    'remind_contract',
    'reserve_publication',
    'settle_publication',
  ],
} as const;

export type AppRole = keyof typeof executable;
export const appRoles = ['countersign_api', 'countersign_worker'] as const satisfies readonly AppRole[];

/** The sign-in library's own tables: the only ones that the api writes without a function. Users are never deleted. */
export const directWrites = {
  user: 'insert, update',
  session: 'insert, update, delete',
  account: 'insert, update, delete',
  verification: 'insert, update, delete',
  apikey: 'insert, update, delete',
} as const;

/** What the worker has no business reading: it could act as somebody, or let somebody in. */
export const hiddenFromWorker = [
  ...['session', 'account', 'verification', 'apikey', 'invitation', 'idempotency', 'user', 'calendar_link'],
];
