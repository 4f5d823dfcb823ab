-- The register of contracts: reminders that went out, and people's secret calendar links.

-- Once for each entry, term and threshold, whatever comes between.
create function remind_contract(p_run uuid, p_term int, p_threshold int, p_last_safe_day text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if coalesce(p_term not between 0 and 1200 or p_threshold not in (60, 30, 14, 7, 1, -1)
              or p_last_safe_day !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', true) then
    return refuse('invalid_request');
  end if;
  if not exists (select from run r join publication p on p.run_id = r.id and p.state = 'published'
                  where r.id = p_run and r.track = 'contract-summary') then
    return refuse('not_found');
  end if;
  insert into contract_reminder (run_id, term, threshold, last_safe_day, sent_at)
  values (p_run, p_term, p_threshold, p_last_safe_day, clock_timestamp())
  on conflict (run_id, term, threshold) do nothing;
  if not found then return done('{"inserted": false}'); end if;
  perform append_event('run:' || p_run, 'system', 'contract-reminder-sent',
    jsonb_build_object('term', p_term, 'threshold', p_threshold, 'lastSafeDay', p_last_safe_day));
  perform tell(p_run);
  return done('{"inserted": true}');
end
$$;

-- A person has one link that works: a new one takes the place of the one before.
create function make_calendar_link(p_token text, p_id uuid, p_token_digest text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  perform lock_people();
  select * into v_actor from find_person(p_token, 'viewer');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if p_id is null or not is_digest(p_token_digest) then return refuse('invalid_request'); end if;
  perform end_calendar_links(v_actor.person);
  insert into calendar_link (id, person, token_digest, created_at)
  values (p_id, v_actor.person, p_token_digest, clock_timestamp());
  perform append_event('people', 'person:' || v_actor.person, 'calendar-link-made', jsonb_build_object('calendarLink', p_id));
  return done(jsonb_build_object('id', p_id));
end
$$;

create function revoke_calendar_link(p_token text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  perform lock_people();
  select * into v_actor from find_person(p_token, 'viewer');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  perform end_calendar_links(v_actor.person);
  return done();
end
$$;

create function end_calendar_links(p_person uuid) returns void
language plpgsql as $$
declare
  v_link uuid;
begin
  for v_link in update calendar_link set revoked_at = clock_timestamp()
                 where person = p_person and revoked_at is null returning id loop
    perform append_event('people', 'person:' || p_person, 'calendar-link-revoked', jsonb_build_object('calendarLink', v_link));
  end loop;
end
$$;
