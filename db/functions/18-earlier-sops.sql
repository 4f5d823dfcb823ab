-- SOPs from before, with the times that people state for them. A title is words and stays out of the event.

create function add_earlier_sop(p_token text, p_id uuid, p_title text, p_elapsed int, p_active int, p_note text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if p_id is null or no_words(p_title) or char_length(p_title) > 200 or char_length(coalesce(p_note, '')) > 500
     or coalesce(p_elapsed not between 1 and 5256000, true) or p_active not between 1 and p_elapsed then
    return refuse('invalid_request');
  end if;
  insert into earlier_sop (id, title, elapsed_minutes, active_minutes, note, entered_by, entered_at)
  values (p_id, p_title, p_elapsed, p_active, coalesce(p_note, ''), v_actor.person, clock_timestamp())
  on conflict (id) do nothing;
  -- The same id again is the same entry, sent twice.
  if found then
    perform append_event('settings', 'person:' || v_actor.person, 'earlier-sop-entered',
      jsonb_build_object('earlierSop', p_id, 'elapsedMinutes', p_elapsed, 'activeMinutes', p_active));
  end if;
  return done(jsonb_build_object('id', p_id));
end
$$;

create function remove_earlier_sop(p_token text, p_id uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if not exists (select from earlier_sop where id = p_id) then return refuse('not_found'); end if;
  update earlier_sop set removed_at = clock_timestamp(), removed_by = v_actor.person
   where id = p_id and removed_at is null;
  if found then
    perform append_event('settings', 'person:' || v_actor.person, 'earlier-sop-removed',
      jsonb_build_object('earlierSop', p_id));
  end if;
  return done();
end
$$;
