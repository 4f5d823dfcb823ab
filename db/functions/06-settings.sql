create function put_setting(p_token text, p_key text, p_value jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  select * into v_actor from find_person(p_token, 'admin');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if coalesce(p_key !~ '^[a-z][a-z0-9:-]{0,80}$', true) or p_value is null then return refuse('invalid_request'); end if;
  insert into setting (key, value, changed_by, changed_at) values (p_key, p_value, v_actor.person, clock_timestamp())
  on conflict (key) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at;
  -- A policy holds numbers and enumerations only; other values may hold words and stay out of the event.
  perform append_event('settings', 'person:' || v_actor.person, 'setting-changed',
    jsonb_build_object('key', p_key) || case when p_key like 'policy:%' then jsonb_build_object('value', p_value) else '{}' end);
  return done();
end
$$;

create function put_target(p_token text, p_target jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_id uuid := (p_target ->> 'id')::uuid;
  v_was target;
begin
  select * into v_actor from find_person(p_token, 'admin');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if v_id is null or coalesce(p_target ->> 'kind' not in ('folder', 'git'), true) or no_words(p_target ->> 'name')
     or no_words(p_target ->> 'address')
     or not exists (select from track_rule where track = p_target ->> 'track') then return refuse('invalid_request'); end if;
  select * into v_was from target where id = v_id for update;
  -- An approval names an address, and means it in the words of one kind.
  if v_was.kind <> p_target ->> 'kind' then return refuse('invalid_request'); end if;
  insert into target (id, kind, name, address, track, active, changed_at)
  values (v_id, p_target ->> 'kind', p_target ->> 'name', p_target ->> 'address', p_target ->> 'track',
          coalesce((p_target ->> 'active')::boolean, true), clock_timestamp())
  on conflict (id) do update set kind = excluded.kind, name = excluded.name, address = excluded.address,
    track = excluded.track, active = excluded.active, changed_at = excluded.changed_at;
  perform append_event('settings', 'person:' || v_actor.person, 'target-changed',
    jsonb_build_object('target', v_id, 'track', p_target ->> 'track',
                       'active', coalesce((p_target ->> 'active')::boolean, true),
                       'addressChanged', v_was.address is distinct from p_target ->> 'address'));
  return done(jsonb_build_object('id', v_id));
end
$$;

-- The team's format for SOPs. A version is added, never changed; two people at once cannot overwrite each other.
create function put_sop_template(p_token text, p_base int, p_sections jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_now int;
begin
  select * into v_actor from find_person(p_token, 'admin');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if p_base is null or coalesce(jsonb_typeof(p_sections) <> 'array', true) or jsonb_array_length(p_sections) not between 1 and 30
  then return refuse('invalid_request'); end if;
  lock table sop_template in share row exclusive mode;
  select coalesce(max(version), 0) into v_now from sop_template;
  if p_base <> v_now then return refuse('edited_meanwhile', jsonb_build_object('version', v_now)); end if;
  insert into sop_template (version, sections, made_by, made_at)
  values (v_now + 1, p_sections, v_actor.person, clock_timestamp());
  perform append_event('settings', 'person:' || v_actor.person, 'setting-changed',
    jsonb_build_object('key', 'sop-format', 'version', v_now + 1));
  return done(jsonb_build_object('version', v_now + 1));
end
$$;
