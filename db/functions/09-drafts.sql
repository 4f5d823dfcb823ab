-- A person's version. Refused unless it is made from the current one; where a review is open it moves to the new subject,
-- so that the digest somebody else is looking at can no longer be approved.
create function put_draft(p_token text, p_run uuid, p_base int, p_payload text, p_manifest text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_run run;
  v_draft draft;
  v_review review;
  v_next int;
  v_flaw text;
  v_digest text;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  v_draft := current_draft(p_run);
  if v_draft.author_id = v_actor.person and v_draft.base_version = p_base and v_draft.payload = p_payload then
    return done(jsonb_build_object('version', v_draft.version,
      'subjectDigest', (newest_subject(p_run, v_draft.version)).digest));
  end if;
  if v_run.state not in ('drafting', 'in-review', 'failed') or (approval_of(p_run)).id is not null then
    return refuse('wrong_state', jsonb_build_object('state', v_run.state));
  end if;
  v_next := next_version(p_run);
  if p_base is distinct from coalesce(v_draft.version, 0)
     or (p_manifest::jsonb ->> 'draftVersion')::int is distinct from v_next then
    return refuse('edited_meanwhile', jsonb_build_object('version', v_draft.version, 'next', v_next,
      'by', v_draft.author_id, 'name', person_name(v_draft.author_id), 'at', time_text(v_draft.created_at)));
  end if;
  v_flaw := subject_flaw(v_run, v_next, p_manifest);
  if v_flaw is not null or p_payload is null or jsonb_typeof(p_payload::jsonb) <> 'object' then
    return refuse('invalid_request', jsonb_build_object('flaw', v_flaw));
  end if;
  insert into draft (run_id, version, round, base_version, payload, author_id, created_at)
  values (p_run, v_next, v_run.round, p_base, p_payload, v_actor.person, clock_timestamp());
  v_digest := store_subject(v_run, v_next, p_manifest);
  update review set subject_digest = v_digest, draft_version = v_next where run_id = p_run and state = 'open'
  returning * into v_review;
  perform append_event('run:' || p_run, 'person:' || v_actor.person, 'draft-edited',
    jsonb_build_object('version', v_next, 'baseVersion', p_base, 'round', v_run.round, 'subjectDigest', v_digest,
                       'reviewId', v_review.id));
  if v_review.id is null then
    if v_run.state = 'failed' then
      perform move_run(p_run, 'drafting');
    end if;
    update run set trouble = null where id = p_run;
    perform ask_look(p_run);
  else
    perform tell(p_run);
  end if;
  return done(jsonb_build_object('version', v_next, 'subjectDigest', v_digest));
end
$$;

-- Names in an event come from a closed alphabet, whatever a drafter says of itself.
create function safe_name(p_name text) returns text
language sql immutable as $$
  select case when p_name ~ '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$' then p_name end
$$;

-- A drafter's version, one per run and round. Where a person has begun in this round it stands beside as an alternative
-- and moves nothing.
create function put_drafter_draft(p_run uuid, p_round int, p_payload text, p_manifest text, p_drafter jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_run run;
  v_draft draft;
  v_next int;
  v_flaw text;
  v_late boolean;
  v_digest text;
begin
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  select * into v_draft from draft where run_id = p_run and round = p_round and author_id is null;
  if found then
    return done(jsonb_build_object('version', v_draft.version, 'alternative', v_draft.alternative,
      'subjectDigest', (newest_subject(p_run, v_draft.version)).digest));
  end if;
  if p_round is distinct from v_run.round or v_run.state not in ('drafting', 'in-review') then
    return refuse('wrong_state', jsonb_build_object('state', v_run.state, 'round', v_run.round));
  end if;
  v_next := next_version(p_run);
  if (p_manifest::jsonb ->> 'draftVersion')::int is distinct from v_next then
    return refuse('edited_meanwhile', jsonb_build_object('next', v_next));
  end if;
  v_flaw := subject_flaw(v_run, v_next, p_manifest);
  if v_flaw is not null or p_payload is null or jsonb_typeof(p_payload::jsonb) <> 'object' or safe_name(p_drafter ->> 'drafter') is null then
    return refuse('invalid_request', jsonb_build_object('flaw', v_flaw));
  end if;
  -- A review of this round exists only where there already is a version of it: fulfilled and claimed imply that one.
  v_late := v_run.state = 'in-review'
    or exists (select from draft where run_id = p_run and round = p_round)
    or exists (select from review where run_id = p_run and round = p_round);
  insert into draft (run_id, version, round, payload, drafter, alternative, created_at)
  values (p_run, v_next, p_round, p_payload, p_drafter, v_late, clock_timestamp());
  v_digest := store_subject(v_run, v_next, p_manifest);
  perform append_event('run:' || p_run, 'drafter:' || safe_name(p_drafter ->> 'drafter'),
    case when v_late then 'draft-alternative' else 'draft-written' end,
    jsonb_build_object('version', v_next, 'round', p_round, 'subjectDigest', v_digest,
      'model', safe_name(p_drafter ->> 'model'), 'promptVersion', safe_name(p_drafter ->> 'promptVersion')));
  update run set trouble = null, checked_at = null where id = p_run;
  perform tell(p_run);
  return done(jsonb_build_object('version', v_next, 'alternative', v_late, 'subjectDigest', v_digest));
end
$$;

create function mark_screened(p_run uuid, p_kept jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_run run;
  v_kept jsonb := nullif(p_kept, 'null');
begin
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  if v_run.screened_at is not null or v_run.state <> 'received' then
    return done(jsonb_build_object('state', v_run.state));
  end if;
  if v_kept is not null and safe_name(v_kept ->> 'rule') is null then return refuse('invalid_request'); end if;
  update run set screened_at = clock_timestamp(), kept = v_kept where id = p_run;
  perform move_run(p_run, case when v_kept is null then 'drafting' else 'kept-human' end);
  if v_kept is null then
    perform append_event('run:' || p_run, 'worker', 'run-screened', '{}');
  else
    perform append_event('run:' || p_run, 'rule:' || (v_kept ->> 'rule'), 'run-kept-human',
      jsonb_build_object('rule', v_kept ->> 'rule'));
  end if;
  perform tell(p_run);
  return done(jsonb_build_object('state', case when v_kept is null then 'drafting' else 'kept-human' end));
end
$$;

-- Drafting waits (it will be tried again) or has failed for good. The event is written when that changes, not at each try.
create function drafting_trouble(p_run uuid, p_code text, p_words text, p_final boolean) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_run run;
begin
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  if safe_name(p_code) is null then return refuse('invalid_request'); end if;
  if v_run.state <> 'drafting' then return done(jsonb_build_object('state', v_run.state)); end if;
  update run set trouble = jsonb_build_object('code', p_code, 'words', p_words,
      'since', coalesce(v_run.trouble ->> 'since', time_text(clock_timestamp())),
      'attempts', coalesce((v_run.trouble ->> 'attempts')::int, 0) + 1)
   where id = p_run;
  if p_final then
    perform move_run(p_run, 'failed');
    perform append_event('run:' || p_run, 'worker', 'drafting-failed', jsonb_build_object('code', p_code));
  elsif v_run.trouble ->> 'code' is distinct from p_code then
    perform append_event('run:' || p_run, 'worker', 'drafting-waits', jsonb_build_object('code', p_code));
  end if;
  perform tell(p_run);
  return done(jsonb_build_object('state', case when p_final then 'failed' else 'drafting' end));
end
$$;
