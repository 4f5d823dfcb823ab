-- A run-through: one person runs the steps live, on a recording, and ticks each as it went.

create function start_run_through(p_token text, p_run uuid, p_id uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_review review;
  v_id uuid;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  perform 1 from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  v_review := open_review_of(p_run);
  if v_review.id is null then return refuse('wrong_state'); end if;
  select id into v_id from run_through
   where run_id = p_run and person = v_actor.person and finished_at is null order by started_at limit 1;
  if found then return done(jsonb_build_object('id', v_id, 'resumed', true)); end if;
  insert into run_through (id, run_id, draft_version, person, started_at)
  values (p_id, p_run, v_review.draft_version, v_actor.person, clock_timestamp());
  perform append_event('run:' || p_run, 'person:' || v_actor.person, 'run-through-started',
    jsonb_build_object('runThroughId', p_id, 'version', v_review.draft_version));
  perform tell(p_run);
  return done(jsonb_build_object('id', p_id, 'resumed', false));
end
$$;

-- One's own unfinished run-through, with its run locked first and a review open.
create function lock_run_through(p_token text, p_id uuid, out person uuid, out rt run_through, out review review, out refusal jsonb)
language plpgsql as $$
declare
  v_actor record;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then
    refusal := v_actor.refusal;
    return;
  end if;
  person := v_actor.person;
  perform 1 from run where id = (select x.run_id from run_through x where x.id = p_id) for no key update;
  if not found then
    refusal := refuse('not_found');
    return;
  end if;
  select * into rt from run_through x where x.id = p_id for update;
  review := open_review_of(rt.run_id);
  if rt.person <> person then
    refusal := refuse('not_permitted');
  elsif rt.finished_at is not null or review.id is null then
    refusal := refuse('wrong_state', jsonb_build_object('finished', rt.finished_at is not null));
  end if;
end
$$;

-- What did not go as written is kept as an observation, also where the same step is done as written afterwards.
create function tick_step(p_token text, p_id uuid, p_step text, p_step_digest text, p_result text, p_note text,
                          p_came_up text, p_observation uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
  v_digest text;
begin
  select * into v from lock_run_through(p_token, p_id);
  if v.refusal is not null then return v.refusal; end if;
  if p_result is null or p_result not in ('as-written', 'differed', 'exception') then return refuse('invalid_request'); end if;
  select q.value_digest into v_digest from requirement q
   where q.subject_digest = (v.review).subject_digest and q.key = 'run-through:' || p_step and q.kind = 'run-through';
  if not found then return refuse('not_a_requirement'); end if;
  if v_digest is distinct from p_step_digest then
    return refuse('stale_subject', jsonb_build_object('stepDigest', v_digest, 'subjectDigest', (v.review).subject_digest));
  end if;
  if p_result <> 'as-written' and no_words(p_note) then return refuse('reason_required'); end if;
  insert into tick (run_through_id, step, step_digest, result, note, at)
  values (p_id, p_step, p_step_digest, p_result, coalesce(p_note, ''), clock_timestamp())
  on conflict (run_through_id, step) do update
    set step_digest = excluded.step_digest, result = excluded.result, note = excluded.note, at = excluded.at;
  if p_result <> 'as-written' then
    insert into observation (id, run_through_id, step, result, draft_version, came_up, note, at)
    values (p_observation, p_id, p_step, p_result, (v.review).draft_version, coalesce(p_came_up, ''), p_note, clock_timestamp())
    on conflict (run_through_id, step, result) do update
      set draft_version = excluded.draft_version, came_up = excluded.came_up, note = excluded.note, at = excluded.at;
  end if;
  perform append_event('run:' || (v.rt).run_id, 'person:' || v.person, 'step-ticked',
    jsonb_build_object('runThroughId', p_id, 'step', safe_name(p_step), 'stepDigest', p_step_digest, 'result', p_result));
  perform tell((v.rt).run_id);
  return done();
end
$$;

-- Ties a source to one's own unfinished run-through as its next part: a file is a part like any other.
create function tie_recording(p_rt run_through, p_person uuid, p_part int, p_source uuid) returns jsonb
language plpgsql as $$
declare
  v_source source;
begin
  select * into v_source from source where id = p_source for share;
  if not found or v_source.erased_at is not null or v_source.added_by is distinct from p_person then
    return refuse('not_found');
  end if;
  if v_source.kind <> 'recording' or v_source.bytes = 0 then return refuse('unsupported_media'); end if;
  -- One recording shows one run-through.
  if exists (select from run_through x where x.recording_id = p_source)
     or exists (select from run_through_recording x where x.source_id = p_source) then
    return refuse('already_used');
  end if;
  if p_part > 50 then return refuse('too_large', jsonb_build_object('parts', 50)); end if;
  insert into run_through_recording (run_through_id, part, source_id, at)
  values (p_rt.id, p_part, p_source, clock_timestamp());
  update run_through set recording_id = coalesce(recording_id, p_source) where id = p_rt.id;
  perform append_event('run:' || p_rt.run_id, 'person:' || p_person, 'recording-attached',
    jsonb_build_object('runThroughId', p_rt.id, 'source', p_source, 'part', p_part));
  perform tell(p_rt.run_id);
  return done(jsonb_build_object('part', p_part));
end
$$;

-- The number of the part that comes next. A run-through of before there were parts may have its one recording only.
create function next_recording_part(p_rt run_through) returns int
language sql stable as $$
  select coalesce((select max(part) from run_through_recording where run_through_id = p_rt.id),
                  case when p_rt.recording_id is null then 0 else 1 end) + 1
$$;

create function attach_recording(p_token text, p_id uuid, p_source uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
begin
  select * into v from lock_run_through(p_token, p_id);
  if v.refusal is not null then return v.refusal; end if;
  if (v.rt).recording_id = p_source
     or exists (select from run_through_recording where run_through_id = p_id and source_id = p_source) then
    return done();
  end if;
  return tie_recording(v.rt, v.person, next_recording_part(v.rt), p_source);
end
$$;

-- What a browser recorded becomes part N, in order and once; a repeated call with the same bytes changes nothing.
create function seal_recording(p_token text, p_id uuid, p_part int, p_source uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
  v_next int;
begin
  select * into v from lock_run_through(p_token, p_id);
  if v.refusal is not null then return v.refusal; end if;
  v_next := next_recording_part(v.rt);
  if exists (select from run_through_recording x
               join source a on a.id = x.source_id
               join source b on b.id = p_source and b.sha256 = a.sha256
              where x.run_through_id = p_id and x.part = p_part) then
    return done();
  end if;
  if p_part is distinct from v_next then return refuse('wrong_state', jsonb_build_object('part', v_next)); end if;
  return tie_recording(v.rt, v.person, v_next, p_source);
end
$$;

-- Meets the requirement of each step that went as written and is still written so. Who ran it is part of what is published:
-- the caller renders the page with it, from `p_base`, and the review moves to that subject in the same statement.
create function finish_run_through(p_token text, p_id uuid, p_finished_at text default null, p_base text default null,
                                   p_manifest text default null) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
  v_key text;
  v_digest text;
  v_met jsonb := '[]';
  v_run run;
  v_version int;
  v_finished_at timestamptz;
  v_subject text;
begin
  select * into v from lock_run_through(p_token, p_id);
  v_subject := (v.review).subject_digest;
  if v.refusal is not null and not ((v.rt).finished_at is not null and (v.rt).person = v.person) then return v.refusal; end if;
  if (v.rt).finished_at is null then
    if not exists (select from source s where s.erased_at is null and (s.id = (v.rt).recording_id
         or s.id in (select x.source_id from run_through_recording x where x.run_through_id = p_id))) then
      return refuse('recording_required');
    end if;
    if not exists (select from tick where run_through_id = p_id) then return refuse('steps_unticked'); end if;
    if p_manifest is not null and p_base is distinct from v_subject then
      return refuse('stale_subject', jsonb_build_object('subjectDigest', v_subject));
    end if;
    if p_finished_at !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$' then return refuse('invalid_request'); end if;
    v_finished_at := coalesce(p_finished_at::timestamptz, clock_timestamp());
    if abs(extract(epoch from clock_timestamp() - v_finished_at)) > 30 then return refuse('clock_skew'); end if;
    update run_through set finished_at = v_finished_at where id = p_id;
    for v_key, v_digest in
      select q.key, q.value_digest from tick t
        join requirement q on q.subject_digest = (v.review).subject_digest and q.kind = 'run-through'
         and q.key = 'run-through:' || t.step and q.value_digest = t.step_digest
       where t.run_through_id = p_id and t.result = 'as-written' order by q.ordinal
    loop
      perform meet((v.rt).run_id, v_key, v_digest, v.person, p_id, null);
    end loop;
    if p_manifest is not null then
      select * into v_run from run where id = (v.rt).run_id;
      v_version := (v.review).draft_version;
      if subject_flaw(v_run, v_version, p_manifest) is not null then
        raise exception 'The page with the run-through is no subject of version %.', v_version;
      end if;
      v_subject := store_subject(v_run, v_version, p_manifest);
      update review set subject_digest = v_subject where id = (v.review).id;
    end if;
    perform append_event('run:' || (v.rt).run_id, 'person:' || v.person, 'run-through-finished',
      jsonb_build_object('runThroughId', p_id, 'subjectDigest', v_subject));
    perform tell((v.rt).run_id);
  end if;
  select coalesce(jsonb_agg(q.key order by q.ordinal), '[]') into v_met from tick t
    join requirement q on q.subject_digest = v_subject and q.kind = 'run-through'
     and q.key = 'run-through:' || t.step and q.value_digest = t.step_digest
   where t.run_through_id = p_id and t.result = 'as-written';
  return done(jsonb_build_object('met', v_met,
    'open', coalesce(missing_list((v.rt).run_id, v_subject), '[]')));
end
$$;
