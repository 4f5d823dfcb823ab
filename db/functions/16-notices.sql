-- Notices: a fixed template and values; one per person and moment.
create function make_notice(p_id uuid, p_template text, p_user uuid, p_run uuid, p_once_key text, p_values jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if safe_name(p_template) is null or no_words(p_once_key) then return refuse('invalid_request'); end if;
  if not exists (select from member where user_id = p_user and active) then return done('{"inserted": false}'); end if;
  insert into notice (id, template, user_id, run_id, once_key, "values", created_at)
  values (p_id, p_template, p_user, p_run, p_once_key, coalesce(p_values, '{}'), clock_timestamp())
  on conflict (user_id, once_key) do nothing;
  if not found then return done('{"inserted": false}'); end if;
  perform append_event(coalesce('run:' || p_run, 'people'), 'system', 'notice-sent',
    jsonb_build_object('notice', p_id, 'template', p_template, 'person', p_user));
  -- The reader's page counts it.
  if p_run is not null then perform tell(p_run); end if;
  return done('{"inserted": true}');
end
$$;

-- Before a mail is sent: one sender takes it, however many look at once. Until it is marked it says what the sender does
-- not know.
create function take_mail(p_id uuid, p_trouble text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if no_words(p_trouble) then return refuse('invalid_request'); end if;
  update notice set mail_trouble = p_trouble where id = p_id and mailed_at is null and mail_trouble is null;
  return done(jsonb_build_object('taken', found));
end
$$;

create function mark_mailed(p_id uuid, p_trouble text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update notice set mailed_at = case when p_trouble is null then clock_timestamp() else mailed_at end, mail_trouble = p_trouble
   where id = p_id;
  if not found then return refuse('not_found'); end if;
  return done();
end
$$;

create function read_notice(p_token text, p_id uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  select * into v_actor from find_person(p_token, 'viewer');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  update notice set read_at = coalesce(read_at, clock_timestamp()) where id = p_id and user_id = v_actor.person;
  if not found then return refuse('not_found'); end if;
  return done();
end
$$;
