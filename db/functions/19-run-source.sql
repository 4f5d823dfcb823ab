-- A screenshot given after the start. It stands among the run's sources for a person to place, and for the next round of
-- drafting; no draft, no subject and no review changes by it.
create function add_run_source(p_token text, p_run uuid, p_source uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_run run;
  v_source source;
  v_most constant int := 60;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found', '{"what": "run"}'); end if;
  -- A second press is answered and not written again.
  if exists (select from run_source where run_id = p_run and source_id = p_source) then return done(); end if;
  if v_run.state not in ('received', 'kept-human', 'drafting', 'in-review', 'failed')
     or (approval_of(p_run)).id is not null then
    return refuse('wrong_state', jsonb_build_object('state',
      case when (approval_of(p_run)).id is null or v_run.state = 'published' then v_run.state else 'approved' end));
  end if;
  -- Share-locked, so that erasing it comes before or after, never between.
  select * into v_source from source where id = p_source and erased_at is null for share;
  if not found then return refuse('not_found', '{"what": "source"}'); end if;
  if v_source.kind <> 'screenshot' then
    return refuse('unsupported_media', jsonb_build_object('kind', v_source.kind));
  end if;
  if (select count(*) from run_source where run_id = p_run) >= v_most then
    return refuse('too_large', jsonb_build_object('most', v_most));
  end if;
  insert into run_source (run_id, source_id, ordinal)
  values (p_run, p_source, (select coalesce(max(ordinal), 0) + 1 from run_source where run_id = p_run));
  perform append_event('run:' || p_run, 'person:' || v_actor.person, 'run-source-added',
    jsonb_build_object('source', p_source, 'kind', v_source.kind));
  perform tell(p_run);
  return done();
end
$$;
