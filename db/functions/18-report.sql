-- Words from whoever reads a published page. They open its repair where the reader may; where not, they wait for
-- somebody who may. Neither publishes or approves anything.
create function report_problem(p_token text, p_publication uuid, p_report uuid, p_words text, p_about text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_run run;
  v_version int;
  v_opened jsonb;
begin
  select * into v_actor from find_person(p_token, 'viewer');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select r.* into v_run from run r join publication p on p.run_id = r.id
   where p.id = p_publication and p.state = 'published' for no key update of r;
  if not found then return refuse('not_found'); end if;
  -- A second press brings the same report: it is answered and not written again.
  if exists (select from event where stream = 'run:' || v_run.id and kind = 'problem-reported'
                and body::jsonb ->> 'report' = p_report::text) then
    return done(jsonb_build_object('state', v_run.state, 'opened', false, 'repeated', true, 'run', v_run.id));
  end if;
  if p_report is null or char_length(p_words) > 1200 or p_about !~ '^[a-z]-[0-9a-f]{8}$' then
    return refuse('invalid_request');
  end if;
  if no_words(p_words) then return refuse('reason_required'); end if;
  if (select count(*) from event where stream = 'run:' || v_run.id and kind = 'problem-reported'
         and actor = 'person:' || v_actor.person
         and at > to_char((clock_timestamp() - interval '1 hour') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) >= 20
  then return refuse('rate_limited'); end if;
  select s.draft_version into v_version from publication p join subject s on s.digest = p.subject_digest
   where p.id = p_publication;
  perform append_with_reason('run:' || v_run.id, 'person:' || v_actor.person, 'problem-reported',
    jsonb_build_object('report', p_report, 'publicationId', p_publication, 'version', v_version)
      || case when p_about is null then '{}'::jsonb else jsonb_build_object('about', p_about) end, p_words);
  if v_run.state = 'published' and role_rank(v_actor.role) >= role_rank('operator') then
    v_opened := open_repair(p_token, v_run.id, p_words);
    if not (v_opened ->> 'ok')::boolean then return v_opened; end if;
    update run set feedback_about = case when p_about is null then null else jsonb_build_array(p_about) end
     where id = v_run.id;
    return done(jsonb_build_object('state', 'drafting', 'opened', true, 'repeated', false, 'run', v_run.id));
  end if;
  perform tell(v_run.id);
  return done(jsonb_build_object('state', v_run.state, 'opened', false, 'repeated', false, 'run', v_run.id));
end
$$;
