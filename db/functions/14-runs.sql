-- What people do to a whole run. Each takes a reason, or says who asked for which drafter.

create function withdraw_run(p_token text, p_run uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_run run;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  if v_run.state = 'withdrawn' then return done('{"state": "withdrawn"}'); end if;
  if no_words(p_reason) then return refuse('reason_required'); end if;
  -- Once a delivery is reserved something may have left the house; then it is resolved, not withdrawn.
  if v_run.state not in ('received', 'kept-human', 'drafting', 'in-review', 'approved', 'failed')
     or exists (select from publication where decision_id = (approval_of(p_run)).id) then
    return refuse('wrong_state', jsonb_build_object('state', v_run.state));
  end if;
  update review set state = 'withdrawn', closed_at = clock_timestamp(), claimed_by = null, claim_expires_at = null
   where run_id = p_run and (state = 'open' or id = (approval_of(p_run)).review_id);
  perform move_run(p_run, 'withdrawn');
  perform append_with_reason('run:' || p_run, 'person:' || v_actor.person, 'run-withdrawn',
    jsonb_build_object('was', v_run.state), p_reason);
  perform ask_look(p_run);
  return done('{"state": "withdrawn"}');
end
$$;

create function release_run(p_token text, p_run uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_run run;
begin
  select * into v_actor from find_person(p_token, 'approver');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  if no_words(p_reason) then return refuse('reason_required'); end if;
  if v_run.state <> 'kept-human' then return refuse('wrong_state', jsonb_build_object('state', v_run.state)); end if;
  update run set released_at = clock_timestamp() where id = p_run;
  perform move_run(p_run, 'drafting');
  perform append_with_reason('run:' || p_run, 'person:' || v_actor.person, 'run-released',
    jsonb_build_object('rule', v_run.kept ->> 'rule'), p_reason);
  perform ask_look(p_run);
  return done('{"state": "drafting"}');
end
$$;

create function retry_run(p_token text, p_run uuid, p_drafter text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_run run;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if not is_drafter(p_drafter) then return refuse('invalid_request'); end if;
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  if not (v_run.state = 'failed' or (v_run.state = 'drafting' and v_run.trouble is not null))
     or (approval_of(p_run)).id is not null then
    return refuse('wrong_state', jsonb_build_object('state', v_run.state));
  end if;
  update run set drafter = p_drafter, trouble = null where id = p_run;
  perform move_run(p_run, 'drafting');
  perform append_event('run:' || p_run, 'person:' || v_actor.person, 'run-retried', jsonb_build_object('drafter', p_drafter));
  perform ask_look(p_run);
  return done('{"state": "drafting"}');
end
$$;

-- Work after publication: a new round of the same run, through the same gate.
create function open_repair(p_token text, p_run uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_run run;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  if no_words(p_reason) then return refuse('reason_required'); end if;
  if v_run.state <> 'published' then return refuse('wrong_state', jsonb_build_object('state', v_run.state)); end if;
  -- The approval has been carried out: it is spent, and stands under no later version.
  update review set state = 'superseded' where run_id = p_run and id = (approval_of(p_run)).review_id;
  update run set round = v_run.round + 1, feedback = p_reason, feedback_about = null, trouble = null
   where id = p_run;
  perform move_run(p_run, 'drafting');
  perform append_with_reason('run:' || p_run, 'person:' || v_actor.person, 'run-repair-opened',
    jsonb_build_object('round', v_run.round + 1), p_reason);
  perform ask_look(p_run);
  return done(jsonb_build_object('state', 'drafting', 'round', v_run.round + 1));
end
$$;
